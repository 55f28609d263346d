// Sends answers one by one, in their order, until the server has confirmed each. Every answer is in
// the store before it is sent and leaves it only when the server has it.

import { ask, passing, patience, pause } from "./server.js";

const record = ({ sequence, slot, response, spent, at }) => ({ sequence, slot, response, spent, at });

export class Sender {
  // "idle": the server has everything; "sending"; "offline": it isn't reached; "no_token": it doesn't
  // know this device any more; "halted": another tab works.
  state = "idle";
  queue = [];
  tries = 0;
  last = 0; // the server's highest number when the page was loaded
  gone = new Set();

  // tell(what, detail): "changed"; "saved" {told, timing}; "kept" {reason, slot}; "refused" {slot};
  // "aside" {slots}; "submitted" {slots}; "moved".
  constructor({ url, store, clock, next, tell }) {
    Object.assign(this, { url, store, clock, next, tell });
    addEventListener("online", () => this.hurry());
    addEventListener("visibilitychange", () => document.hidden || this.hurry());
  }

  // Takes up what an earlier page or another tab could not send. `differs(entry)`: the server has
  // another answer there.
  async restore(differs) {
    this.differs = differs;
    const here = new Set(this.queue.map((entry) => entry.id));
    const found = (await this.store.all()).filter(({ id }) => !here.has(id) && !this.gone.has(id));
    for (const entry of found) {
      const taken = this.queue.some((other) => other.sequence === entry.sequence);
      if (taken) entry.sequence = this.next;
      this.next = Math.max(this.next, entry.sequence + 1);
      this.queue.push(Object.assign(entry, { stored: Promise.resolve(), restored: true }));
    }
    this.run();
    return found;
  }

  add(slot, response, spent) {
    const entry = { sequence: this.next++, slot, response, spent, at: this.clock.now };
    const older = this.queue.find((other) => other.slot === slot && other !== this.flying);
    this.queue = this.queue.filter((other) => other !== older);
    this.queue.push(entry);
    this.keep(entry).then(() => {
      if (older) this.forget(older);
      this.run();
    });
    this.tell("changed");
  }

  // On the disk first. Where it cannot be, it is sent all the same, and the page says so.
  keep(entry) {
    const told = entry.id ? { ...record(entry), id: entry.id } : record(entry);
    entry.stored = this.store.put(told).then(
      (id) => { entry.id = id; },
      () => { this.store.durable = false; this.tell("changed"); },
    );
    return entry.stored;
  }

  async forget(entry) {
    await entry.stored;
    if (!entry.id) return;
    this.gone.add(entry.id);
    await this.store.remove(entry.id).catch(() => {});
  }

  hurry() {
    clearTimeout(this.timer);
    this.timer = null;
    this.tries = 0;
    this.run();
  }

  halt() {
    this.become("halted");
  }

  resume() {
    this.state = "idle";
    this.hurry();
  }

  // Whether everything has arrived within this time.
  async drained(milliseconds) {
    const until = performance.now() + milliseconds;
    this.hurry();
    while (this.queue.length && performance.now() < until) await pause(50);
    return !this.queue.length;
  }

  async run() {
    if (this.busy || this.timer || this.state === "halted") return;
    this.busy = true;
    while (this.queue.length && this.state !== "halted") {
      const entry = this.queue[0];
      await entry.stored;
      if (this.queue[0] === entry && !(await this.send(entry))) break;
    }
    this.busy = false;
    if (!this.queue.length && this.state !== "halted") this.become("idle");
  }

  become(state) {
    this.state = state;
    this.tell("changed");
  }

  later(state, told) {
    this.become(state);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.run();
    }, patience(this.tries++, told));
    return false;
  }

  async send(entry) {
    if (this.state === "idle") this.become("sending");
    this.flying = entry;
    const { status, told, ...timing } = await ask("POST", this.url, record(entry));
    this.flying = null;
    if (this.state === "halted") return false;
    return this.judge(entry, status, told, timing);
  }

  judge(entry, status, told, timing) {
    if ((status === 200 || status === 202) && told.saved === entry.sequence) {
      this.tries = 0;
      // It had arrived before, unconfirmed, and another device has answered since.
      if (entry.restored && entry.sequence <= this.last && this.differs(entry)) this.giveWay([entry]);
      else this.drop(entry);
      if (told.kept) this.tell("kept", { reason: told.kept, slot: entry.slot });
      else this.tell("saved", { told, timing });
      return true;
    }
    if (told.error === "sequence_taken") return this.renumber(entry, told.next);
    if (told.error === "submitted") return this.dropAll();
    if (status === 400 || status === 413) {
      this.drop(entry);
      this.tell("refused", { slot: entry.slot });
      return true;
    }
    if (told.error === "moved") this.tell("moved");
    if (status === 401) return this.later("no_token");
    return this.later(passing(status) ? "offline" : "sending", told);
  }

  drop(entry) {
    this.queue = this.queue.filter((other) => other !== entry);
    this.forget(entry);
    this.tell("changed");
  }

  // The server's answers stand, except where another was given here meanwhile.
  giveWay(old) {
    for (const one of old) this.drop(one);
    const slots = old.map((one) => one.slot).filter((slot) => !this.queue.some((one) => one.slot === slot));
    if (slots.length) this.tell("aside", { slots });
  }

  // Submitted by the candidate or by an invigilator: nothing more is taken.
  dropAll() {
    const slots = this.queue.map((entry) => entry.slot);
    for (const entry of this.queue) this.forget(entry);
    this.queue = [];
    this.tell("submitted", { slots });
    return true;
  }

  // The number is taken: the next free ones for all that waits. What an earlier page left behind and
  // another device has answered since gives way to that.
  renumber(entry, next) {
    if (entry.restored) this.giveWay(this.queue.filter((one) => one.restored && this.differs(one)));
    let number = next;
    for (const waiting of this.queue) {
      Object.assign(waiting, { sequence: number++, restored: false });
      this.keep(waiting);
    }
    this.next = Math.max(this.next, number);
    return true;
  }
}
