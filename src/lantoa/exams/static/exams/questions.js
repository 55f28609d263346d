// The questions on the page: drawn once from the paper, read and written by the players of their
// kinds, and timed.

import { player } from "../items/play.js";

const TYPING_PAUSE = 700;
const TYPING_MOST = 5000;
// Nobody looks at one question for longer without a break.
const LONGEST_LOOK = 10 * 60 * 1000;

export const isAnswered = (response) =>
  response !== null && response !== undefined && response !== "" &&
  !(typeof response === "object" && Object.keys(response).length === 0);

const isTyped = (element) =>
  element.matches("textarea, input:not([type=radio]):not([type=checkbox]):not([type=file])");

export class Questions {
  players = [];
  sections = [];
  known = new Map(); // slot -> the response as JSON that was last taken or written
  typing = new Map(); // slot -> {timer, since}
  spent = []; // slot -> milliseconds on it so far

  // answered(slot, response, spent): an answer was given or changed. `key`: where the times are kept.
  constructor(box, { answered, all, key }) {
    Object.assign(this, { box, answered, all, key, looking: 0, since: performance.now() });
    addEventListener("visibilitychange", () => {
      if (document.hidden) this.flush();
      this.look(this.looking);
      if (document.hidden) this.keepTimes();
    });
    addEventListener("pagehide", () => { this.flush(); this.look(this.looking); this.keepTimes(); });
  }

  keepTimes() {
    try {
      localStorage.setItem(this.key, JSON.stringify(this.spent));
    } catch {
      // Then the times begin anew after a reload.
    }
  }

  readTimes(slots) {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key));
      return slots.map((slot, at) => Number(kept[at]) || 0);
    } catch {
      return slots.map(() => 0);
    }
  }

  async draw(slots) {
    const bare = document.getElementById("slot").content;
    this.spent = this.readTimes(slots);
    for (const { slot, html } of slots) {
      const section = bare.cloneNode(true).firstElementChild;
      section.id = `q-${slot + 1}`;
      section.dataset.slot = slot;
      const heading = section.querySelector("h2");
      heading.id = `${section.id}-number`;
      heading.querySelector("[data-n]").textContent = slot + 1;
      heading.querySelector("[data-all]").textContent = slots.length;
      section.setAttribute("aria-labelledby", heading.id);
      section.hidden = !this.all && slot > 0;
      section.querySelector("[data-item-here]").append(itemOf(html));
      this.sections.push(section);
      this.box.append(section);
    }
    await Promise.all(slots.map(({ slot, kind }) => this.bind(slot, kind)));
    warm(this.box);
  }

  async bind(slot, kind) {
    const found = await player(kind);
    this.players[slot] = found;
    await found.bind(this.itemAt(slot), () => this.changed(slot));
    this.known.set(slot, JSON.stringify(this.read(slot)));
  }

  itemAt(slot) {
    return this.sections[slot].querySelector("[data-item-here]");
  }

  read(slot) {
    return this.players[slot].read(this.itemAt(slot));
  }

  isAnswered(slot) {
    return isAnswered(this.read(slot));
  }

  write(slot, response) {
    this.players[slot].write(this.itemAt(slot), response);
    this.known.set(slot, JSON.stringify(this.read(slot)));
    // Where the browser has no :has(), web/page.js marks what is chosen when it hears of a change.
    this.box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  get slots() {
    return this.sections.map((section, slot) => slot);
  }

  get locked() {
    return this.box.disabled;
  }

  lock(locked) {
    this.flush();
    this.box.disabled = locked;
  }

  changed(slot) {
    if (this.locked || !this.players[slot]) return;
    const at = document.activeElement;
    if (!at || !isTyped(at) || !this.itemAt(slot).contains(at)) return this.take(slot);
    const { timer, since = performance.now() } = this.typing.get(slot) || {};
    clearTimeout(timer);
    const wait = Math.max(0, Math.min(TYPING_PAUSE, since + TYPING_MOST - performance.now()));
    this.typing.set(slot, { since, timer: setTimeout(() => this.take(slot), wait) });
  }

  take(slot) {
    clearTimeout((this.typing.get(slot) || {}).timer);
    this.typing.delete(slot);
    const response = this.read(slot);
    const text = JSON.stringify(response);
    if (text === this.known.get(slot)) return;
    this.known.set(slot, text);
    // All on one page: the time since the answer before is this one's.
    this.look(this.all ? slot : this.looking);
    this.answered(slot, response, Math.round(this.spent[slot]));
  }

  // What is being typed is taken now.
  flush() {
    for (const slot of Array.from(this.typing.keys())) this.take(slot);
  }

  // The time since the last look counts for the question that was looked at (or is answered now).
  look(slot) {
    const now = performance.now();
    const counted = this.all ? slot : this.looking;
    if (!this.away && !this.locked && counted in this.spent) {
      this.spent[counted] += Math.min(now - this.since, LONGEST_LOOK);
    }
    Object.assign(this, { since: now, looking: slot, away: document.hidden });
  }
}

// Parsed apart, so that no image is fetched before its time.
function itemOf(html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  for (const image of made.content.querySelectorAll("img")) image.loading = "lazy";
  return made.content;
}

// Images of questions not yet seen are fetched one after another when the page is at rest: the
// network may be gone when they are reached.
async function warm(box) {
  const images = new Set(Array.from(box.querySelectorAll("img"), (image) => image.src));
  await new Promise((resolve) => setTimeout(resolve, 2000));
  for (const address of images) {
    await new Promise((resolve) => {
      const image = new Image();
      image.onload = image.onerror = resolve;
      image.src = address;
    });
  }
}
