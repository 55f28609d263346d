// Sends answers one by one, in their order, until the server has confirmed each. Every answer is in
// the store before it is sent and leaves it only when confirmed.

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15000;
const PATIENCE = 20000;

export class Sender {
  // states: "idle", "sending", "offline", "signed_out", "closed" (submitted or time over)
  state = "idle";

  constructor({ url, token, store, next, onChange, onTime }) {
    Object.assign(this, { url, token, store, next, onChange, onTime });
    this.queue = [];
    this.wait = FIRST_WAIT;
    addEventListener("online", () => this.hurry());
    addEventListener("visibilitychange", () => document.hidden || this.hurry());
  }

  get pending() {
    return this.queue.length;
  }

  // Takes up what an earlier page could not send; `isCurrent(entry)` tells whether it still counts.
  async restore(isCurrent) {
    const kept = await this.store.all();
    for (const entry of kept) {
      if (isCurrent(entry)) this.queue.push(entry);
      else await this.store.remove(entry.sequence);
      this.next = Math.max(this.next, entry.sequence + 1);
    }
    this.run();
    return [...this.queue];
  }

  async add(slot, response) {
    const entry = { sequence: this.next++, slot, response };
    this.queue.push(entry);
    try {
      await this.store.put(entry);
    } finally {
      this.onChange();
      this.run();
    }
  }

  hurry() {
    clearTimeout(this.timer);
    this.wait = FIRST_WAIT;
    this.timer = null;
    this.run();
  }

  async run() {
    if (this.busy || this.timer || this.state === "closed") return;
    this.busy = true;
    while (this.queue.length && (await this.send(this.queue[0])));
    this.busy = false;
    if (!this.queue.length && this.state !== "closed") this.become("idle");
  }

  become(state) {
    this.state = state;
    this.onChange();
  }

  later(state) {
    this.become(state);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.run();
    }, this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    return false;
  }

  async send(entry) {
    if (this.state === "idle") this.become("sending");
    let answer = null;
    let status = 0;
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const { sequence, slot, response } = entry;
      const got = await fetch(this.url, {
        method: "POST",
        credentials: "same-origin",
        redirect: "manual",
        signal: stop.signal,
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify({ sequence, slot, response }),
      });
      status = got.type === "opaqueredirect" ? 401 : got.status;
      answer = await got.json();
    } catch {
      // No network, or a page that is not ours (a portal): both are "not saved".
    }
    clearTimeout(timer);
    return this.judge(entry, status, answer);
  }

  async judge(entry, status, answer) {
    if (status === 200 && answer && answer.saved === entry.sequence) {
      this.wait = FIRST_WAIT;
      this.onTime(answer);
      return this.drop(entry);
    }
    if (status === 409 && answer && answer.error === "sequence_taken") return this.renumber(entry, answer.next);
    if (status === 409 || status === 410) {
      this.become("closed");
      return false;
    }
    if (status === 400) {
      this.refused = true;
      return this.drop(entry);
    }
    if ([401, 403, 404].includes(status)) return this.later("signed_out");
    return this.later("offline");
  }

  async drop(entry) {
    this.queue = this.queue.filter((other) => other !== entry);
    await this.store.remove(entry.sequence).catch(() => {});
    this.onChange();
    return true;
  }

  // Another page used the number: take the next free ones for all that waits.
  async renumber(entry, next) {
    let number = Math.max(next, entry.sequence + 1);
    for (const waiting of this.queue) {
      const before = waiting.sequence;
      waiting.sequence = number++;
      await this.store.put({ ...waiting }).catch(() => {});
      if (!this.queue.some((other) => other.sequence === before)) await this.store.remove(before).catch(() => {});
    }
    this.next = Math.max(this.next, number);
    return true;
  }
}
