// Before the start: who sits, the rules in words, the time until it opens by the server's clock.

import { announce, at, facts, isShown, list, show, write } from "./screen.js";
import { ask, passing, patience, pause } from "./server.js";
import { moment, say, span } from "./words.js";

// A hall presses at once when it opens: each waits a moment of its own.
const RUSH = 60000;
const SPREAD = 2000;

export class Waiting {
  // started(told, timing); stopped(status, told): what the page can't mend by waiting.
  constructor({ url, clock, started, stopped }) {
    Object.assign(this, { url, clock, started, stopped });
    this.button = at("[data-start]");
    this.button.addEventListener("click", () => this.start());
    setInterval(() => this.tick(), 500);
  }

  tell(standing, about) {
    this.opens = standing.opens;
    if (about) this.tellRules(standing, about);
    // An invigilator paused it before anybody began.
    this.paused = standing.paused_for === "sitting";
    show("waiting");
    this.tick();
  }

  tellRules(standing, about) {
    write("[data-waiting-title]", about.title);
    facts("[data-who]", [
      ["candidate", about.candidate],
      ["candidateNumber", about.number],
      ["room", about.room],
      ["seat", about.seat],
    ]);
    list("[data-rules]", rules(standing, about));
    const box = write("[data-instructions]", about.instructions);
    box.hidden = !about.instructions;
  }

  tick() {
    if (!isShown("waiting") || this.opens === undefined) return;
    const left = this.opens - this.clock.now;
    const open = left <= 0 && !this.paused;
    if (open && !this.wasOpen && this.wasOpen !== undefined) announce(say("isOpen"));
    this.wasOpen = open;
    at("[data-until]").hidden = left <= 0;
    write("[data-until-time]", span(Math.max(0, left)));
    write("[data-opens-at]", say("opensAt", { at: moment(this.opens) }));
    if (!this.busy) {
      this.button.setAttribute("aria-disabled", String(!open));
      write("[data-ready]", say(this.paused ? "pausedBefore" : open ? "readyOpen" : "readyWaiting"));
    }
  }

  async start() {
    if (this.busy || this.button.getAttribute("aria-disabled") === "true") return;
    this.busy = true;
    this.button.setAttribute("aria-busy", "true");
    write("[data-ready]", say("starting"));
    if (this.clock.now - this.opens < RUSH) await pause(Math.random() * SPREAD);
    const { status, told, ...timing } = await this.press();
    this.busy = false;
    this.button.removeAttribute("aria-busy");
    if (status === 200) return this.started(told, timing);
    if (told.error === "not_open") this.clock.hear({ now: told.now }, timing);
    else if (told.error !== "paused") return this.stopped(status, told);
    this.paused = told.error === "paused";
    this.tick();
  }

  // Again and again while it is only the crowd or the network.
  async press() {
    for (let tries = 0; ; tries++) {
      const answer = await ask("POST", this.url);
      if (!passing(answer.status)) return answer;
      write("[data-ready]", say(answer.status ? "startCrowd" : "startOffline"));
      await pause(patience(tries, answer.told, 8000));
    }
  }
}

function rules(standing, about) {
  const extra = about.extra_minutes ? ` ${say("ruleExtra", { n: about.extra_minutes })}` : "";
  return [
    say("ruleTime", { n: standing.slots, minutes: about.minutes }) + extra,
    say("ruleCloses", { at: moment(about.closes) }),
    about.last_start && say("ruleLastStart", { at: moment(about.last_start) }),
    about.pass_mark && say("rulePass", { mark: `${about.pass_mark}%` }),
    say("ruleSaved"),
    say(about.moves === "free" ? "ruleMoveFree" : "ruleMoveAsk"),
    about.late === "grace"
      ? say("ruleLateGrace", { n: about.grace_seconds })
      : say("ruleLateCouncil"),
    say("ruleEnd"),
    say(about.release === "immediate" ? "ruleResultNow" : "ruleResultCouncil"),
  ];
}
