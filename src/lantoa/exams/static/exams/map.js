// Going from question to question, the map of what is answered, the flags.

import { say } from "./words.js";

export class QuestionMap {
  current = 0;

  constructor({ attempt, questions, all }) {
    Object.assign(this, { questions, all, key: `lantoa.exam.${attempt}.flags` });
    this.list = document.querySelector("[data-map]");
    this.steps = document.querySelector("[data-steps]");
    this.flags = new Set(this.readFlags());
    this.links = questions.slots.map((slot) => this.link(slot));
    this.list.append(...this.links.map((link) => {
      const item = document.createElement("li");
      item.append(link);
      return item;
    }));
    this.steps.hidden = all;
    this.listen();
    this.go(this.fromAddress(), { focus: false });
    this.draw();
  }

  link(slot) {
    const made = document.createElement("a");
    made.href = `#q-${slot + 1}`;
    made.append(String(slot + 1));
    const said = document.createElement("span");
    said.className = "lt-hide";
    made.append(said);
    return made;
  }

  listen() {
    document.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#q-"]');
      const step = event.target.closest("[data-step]");
      if (!link && !step) return;
      event.preventDefault();
      this.go(link ? this.slotOf(link.hash) : this.current + Number(step.dataset.step));
    });
    addEventListener("hashchange", () => this.go(this.fromAddress(), { focus: false }));
    for (const slot of this.questions.slots) this.setUpFlag(slot);
  }

  slotOf(hash) {
    const found = /^#q-(\d+)$/.exec(hash);
    return found ? Number(found[1]) - 1 : 0;
  }

  fromAddress() {
    return this.slotOf(location.hash);
  }

  go(slot, { focus = true } = {}) {
    const { sections } = this.questions;
    this.questions.flush();
    this.current = Math.max(0, Math.min(sections.length - 1, slot));
    const section = sections[this.current];
    if (!this.all) {
      sections.forEach((one, at) => { one.hidden = at !== this.current; });
      this.questions.look(this.current);
      this.steps.querySelector('[data-step="-1"]').disabled = this.current === 0;
      this.steps.querySelector('[data-step="1"]').disabled = this.current === sections.length - 1;
    }
    history.replaceState(null, "", `#${section.id}`);
    if (focus) section.focus({ preventScroll: true });
    if (this.all && focus) section.scrollIntoView();
    else if (!this.all) window.scrollTo(0, 0);
    this.mark();
  }

  // Which one is open. All on one page: none is.
  mark() {
    this.links.forEach((link, slot) => {
      if (!this.all && slot === this.current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }

  draw() {
    this.links.forEach((link, slot) => {
      const done = this.questions.isAnswered(slot);
      const flagged = this.flags.has(slot);
      link.toggleAttribute("data-done", done);
      link.toggleAttribute("data-flagged", flagged);
      link.querySelector("span").textContent =
        ` ${say(done ? "done" : "open")}${flagged ? `, ${say("flagged")}` : ""}`;
    });
  }

  get unanswered() {
    return this.questions.slots.filter((slot) => !this.questions.isAnswered(slot));
  }

  setUpFlag(slot) {
    const box = this.questions.sections[slot].querySelector("[data-flag]");
    box.checked = this.flags.has(slot);
    box.addEventListener("change", () => {
      if (box.checked) this.flags.add(slot);
      else this.flags.delete(slot);
      this.keepFlags();
      this.draw();
    });
  }

  readFlags() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) || [];
    } catch {
      return [];
    }
  }

  keepFlags() {
    try {
      localStorage.setItem(this.key, JSON.stringify(Array.from(this.flags)));
    } catch {
      // A comfort only.
    }
  }
}
