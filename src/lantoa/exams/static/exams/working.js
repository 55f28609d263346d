// While the candidate works: the questions, what is saved in words, the time left.

import { announce, at, write } from "./screen.js";
import { QuestionMap } from "./map.js";
import { Questions, isAnswered } from "./questions.js";
import { takeFiles } from "./upload.js";
import { named, say, span } from "./words.js";

const SOON = 5 * 60 * 1000;
const WARNED_AT = [10, 5, 1];

export class Working {
  refused = new Set();
  aside = [];
  kept = { late: new Set(), fenced: new Set() };
  lost = false;

  constructor({ attempt, about, clock, sender, store, back }) {
    Object.assign(this, { attempt, about, clock, sender, store, back });
    this.all = about.layout === "all";
  }

  async draw(slots, answers) {
    write("[data-working-title]", this.about.title);
    this.box = at("[data-questions]");
    this.box.toggleAttribute("data-all", this.all);
    this.questions = new Questions(this.box, {
      all: this.all,
      key: `lantoa.exam.${this.attempt}.spent`,
      answered: (slot, response, spent) => this.answered(slot, response, spent),
    });
    takeFiles(this.box, this.attempt);
    await this.questions.draw(slots);
    this.server = new Map(answers);
    for (const [slot, response] of answers) this.questions.write(slot, response);
    await this.restore();
    this.map = new QuestionMap({ attempt: this.attempt, questions: this.questions, all: this.all });
    this.drawStatus();
    this.tick();
    this.ticking = setInterval(() => this.tick(), 500);
  }

  // What was kept on this device and not confirmed: shown, and sent again.
  async restore() {
    const found = await this.sender.restore((entry) => {
      const there = this.server.get(entry.slot);
      return isAnswered(there) && JSON.stringify(there) !== JSON.stringify(entry.response);
    });
    for (const { slot, response } of found) if (this.questions.sections[slot]) this.questions.write(slot, response);
    if (this.map) this.map.draw();
  }

  answered(slot, response, spent) {
    this.refused.delete(slot);
    this.sender.add(slot, response, spent);
    this.map.draw();
  }

  lock(locked) {
    this.questions.lock(locked);
  }

  // ---- what is saved ----

  note(what, { slot, slots, reason }) {
    if (what === "refused") this.refused.add(slot);
    if (what === "kept") this.kept[reason].add(slot);
    if (what === "aside") {
      // The server's answers stand; the page shows them again.
      this.aside.push(...slots);
      for (const one of slots) this.questions.write(one, this.server.get(one));
      this.map.draw();
    }
    this.drawStatus();
  }

  drawStatus() {
    if (!this.map) return;
    const { state, queue } = this.sender;
    const waiting = new Set(queue.map((entry) => entry.slot));
    const saved = this.questions.slots.filter(
      (slot) => this.questions.isAnswered(slot) && !waiting.has(slot) && !this.refused.has(slot),
    ).length;
    const stuck = state === "offline" || state === "no_token";
    const box = write("[data-status]",
      stuck ? say("waiting", { n: waiting.size })
        : queue.length ? say("saving")
          : say("saved", { n: saved, all: this.questions.sections.length }));
    box.toggleAttribute("data-waiting", stuck);
    this.drawTrouble(state);
  }

  drawTrouble(state) {
    const sentences = [
      state === "no_token" && say("noToken"),
      state === "offline" && say("offline"),
      state !== "offline" && this.lost && say("lost"),
      this.refused.size && say("refused", { names: named(Array.from(this.refused)) }),
      this.aside.length && say("aside", { names: named(this.aside) }),
      !this.store.durable && say("memory"),
    ].filter(Boolean);
    const box = at("[data-trouble]");
    write("[data-trouble-words]", sentences.join(" "));
    at("[data-trouble-link]").hidden = state !== "no_token";
    at("[data-trouble-link]").href = this.back;
    box.hidden = !sentences.length;
  }

  // What the server keeps apart, in words; "" where there is nothing.
  get keptWords() {
    return ["late", "fenced"]
      .filter((reason) => this.kept[reason].size)
      .map((reason) => say(`kept_${reason}`, { names: named(Array.from(this.kept[reason])) }))
      .join(" ");
  }

  // ---- the time ----

  tick() {
    const { left } = this.clock;
    write("[data-left]", span(left));
    at("[data-clock]").toggleAttribute("data-soon", left <= SOON);
    const minutes = WARNED_AT.find((one) => left <= one * 60000 && left > one * 60000 - 1500);
    if (minutes && minutes !== this.warned) {
      this.warned = minutes;
      announce(say("minutesLeft", { n: minutes }));
    }
  }
}
