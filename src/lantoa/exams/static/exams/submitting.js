// "Nộp bài": asks first, naming what is unanswered and what still waits; then everything is sent, and
// only then it is submitted.

import { at, write } from "./screen.js";
import { ask, passing, patience, pause } from "./server.js";
import { named, say, span } from "./words.js";

export class Submitting {
  // submitted(told); refused(told): the server's no.
  constructor({ url, map, sender, clock, submitted, refused }) {
    Object.assign(this, { url, map, sender, clock, submitted, refused });
    this.dialog = at("[data-submit-dialog]");
    this.opener = at("[data-submit]");
    this.opener.addEventListener("click", () => this.open());
    at("[data-submit-yes]").addEventListener("click", () => this.go());
    for (const back of this.dialog.querySelectorAll("[data-submit-no]")) {
      back.addEventListener("click", () => this.close());
    }
    this.dialog.addEventListener("cancel", () => { this.wanted = false; });
    this.dialog.addEventListener("close", () => this.opener.focus());
    this.dialog.addEventListener("click", (event) => {
      if (event.target.closest('a[href^="#q-"]')) this.close();
    });
  }

  get isOpen() {
    return this.dialog.hasAttribute("open");
  }

  open() {
    this.map.questions.flush();
    this.sender.hurry();
    this.draw();
    if (this.dialog.showModal) this.dialog.showModal();
    else this.dialog.setAttribute("open", "");
  }

  close() {
    this.wanted = false;
    if (!this.isOpen) return;
    if (this.dialog.close) this.dialog.close();
    else this.dialog.removeAttribute("open");
  }

  draw() {
    const open = this.map.unanswered;
    write("[data-submit-heading]", open.length ? say("leftOpen", { n: open.length }) : say("allAnswered"));
    // One primary action: what is wise now.
    at("[data-submit-yes]").dataset.variant = open.length ? "secondary" : "primary";
    this.dialog.querySelector("[data-submit-no]").dataset.variant = open.length ? "primary" : "secondary";
    const links = at("[data-submit-open]");
    links.hidden = !open.length;
    links.querySelector("[data-links]").textContent = "";
    links.querySelector("[data-links]").append(...open.map(linkTo));
    const flagged = Array.from(this.map.flags).sort((a, b) => a - b);
    write("[data-submit-flagged]", flagged.length ? say("flaggedLeft", { names: named(flagged) }) : "");
    this.drawWaiting();
  }

  // Told again while it changes.
  drawWaiting() {
    if (!this.isOpen && !this.wanted) return;
    const waiting = this.sender.queue.length;
    const text = !waiting ? say("nothingWaits")
      : say(this.sender.state === "offline" ? "waitsOffline" : "waits", { n: waiting });
    write("[data-submit-waiting]", text);
    write("[data-submit-left]", say("submitLeft", { left: span(this.clock.left) }));
  }

  async go() {
    if (this.wanted) return;
    this.wanted = true;
    at("[data-submit-yes]").setAttribute("aria-busy", "true");
    for (let tries = 0; this.wanted; tries++) {
      write("[data-submit-state]", say(this.sender.queue.length ? "sendingRest" : "submitting"));
      const answer = (await this.sender.drained(4000)) && this.wanted ? await ask("POST", this.url) : null;
      if (answer && answer.status === 200) return this.end(() => this.submitted(answer.told));
      if (answer && !passing(answer.status)) return this.end(() => this.refused(answer));
      write("[data-submit-state]", say("submitLater"));
      await pause(patience(tries, answer ? answer.told : {}, 8000));
    }
    at("[data-submit-yes]").removeAttribute("aria-busy");
    write("[data-submit-state]", "");
  }

  end(then) {
    at("[data-submit-yes]").removeAttribute("aria-busy");
    write("[data-submit-state]", "");
    this.close();
    then();
  }
}

function linkTo(slot) {
  const made = document.createElement("a");
  made.href = `#q-${slot + 1}`;
  made.className = "ds-link";
  made.textContent = say("question", { n: slot + 1 });
  return made;
}
