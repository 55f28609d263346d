// The candidate's page: loads where the attempt stands and shows what belongs to it, until there is a
// receipt. The server's word decides every step; the page only asks, shows and keeps.

import { Clock } from "./clock.js";
import { setUpDisplay } from "./display.js";
import { Receipt } from "./receipt.js";
import { forget, remember } from "./remember.js";
import { announce, at, isShown, show, stop, write } from "./screen.js";
import { Sender } from "./sender.js";
import { ask, passing, patience, pause, ready } from "./server.js";
import { openStore } from "./store.js";
import { Submitting } from "./submitting.js";
import { Tabs } from "./tabs.js";
import { Waiting } from "./waiting.js";
import { say } from "./words.js";
import { Working } from "./working.js";

const attempt = location.pathname.split("/")[2];
const base = `/sit/${attempt}/`;
const BEATS = { waiting: 25000, working: 20000, paused: 10000 };
// A confirmed save tells as much as a heartbeat does.
const FRESH = 15000;

class Page {
  clock = new Clock();
  state = "loading";
  about = {};
  heardAt = 0;

  async begin() {
    at('[data-view="loading"]').hidden = false; // without script it would wait for ever
    setUpDisplay();
    await ready();
    this.store = await openStore(attempt);
    this.about = (await this.store.noted("about").catch(() => null)) || {};
    this.sender = new Sender({
      url: `${base}answers`, store: this.store, clock: this.clock, next: 1,
      tell: (what, detail) => this.hear(what, detail || {}),
    });
    this.tabs = new Tabs(attempt, { taken: () => this.taken(), left: () => this.working && this.working.restore() });
    this.tabs.claim();
    this.waiting = new Waiting({
      url: `${base}start`, clock: this.clock,
      started: () => this.load(),
      stopped: (status, told) => this.stopped(status, told),
    });
    this.listen();
    await this.load();
    this.beat();
    setInterval(() => this.tick(), 500);
  }

  listen() {
    const look = () => document.hidden || this.isStill || this.look();
    addEventListener("visibilitychange", look);
    addEventListener("online", look);
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    addEventListener("beforeunload", (event) => {
      const risky = this.sender.state === "offline" || !this.store.durable;
      if (!this.sender.queue.length || !risky) return;
      event.preventDefault();
      event.returnValue = "";
    });
  }

  // Nothing more is asked of the server.
  get isStill() {
    return ["loading", "stopped", "moved", "tab", "submitted"].includes(this.state);
  }

  get back() {
    return this.about.entry === "account" ? `/exams/attempts/${attempt}/` : "/sit/";
  }

  // ---- loading ----

  async load() {
    for (let tries = 0; ; tries++) {
      const { status, told, ...timing } = await ask("GET", `${base}paper`);
      if (status === 200) return this.open(told, timing);
      if (!passing(status)) return this.stopped(status, told);
      write("[data-loading]", say(status ? "loadCrowd" : "loadOffline"));
      await pause(patience(tries, told, 8000));
    }
  }

  async open({ standing, about, paper, answers }, timing) {
    this.about = about;
    this.store.note("about", about).catch(() => {});
    document.title = `${about.title} · Lan Tỏa`;
    this.sender.last = standing.last_sequence;
    this.sender.next = Math.max(this.sender.next, standing.last_sequence + 1);
    if (standing.state !== "submitted") remember({ attempt, number: about.number, title: about.title });
    this.clock.hear(standing, timing);
    if (paper && standing.state !== "submitted" && !this.working) await this.prepare(paper, answers);
    else if (standing.state === "submitted") await this.sender.restore(() => false);
    if (this.state !== "tab") this.stands(standing, timing);
  }

  async prepare(paper, answers) {
    const { about, clock, sender, store, back } = this;
    const working = new Working({ attempt, about, clock, sender, store, back });
    this.working = working;
    await working.draw(paper.slots, answers);
    this.submitting = new Submitting({
      url: `${base}submit`, map: working.map, sender, clock,
      submitted: (told) => this.submitted(told),
      refused: ({ status, told }) => this.stopped(status, told),
    });
  }

  // ---- what the server says ----

  stands(standing, timing) {
    this.clock.hear(standing, timing);
    this.heardAt = performance.now();
    this.found(true);
    if (this.isOver) return;
    const before = this.state;
    this.state = standing.state;
    if (standing.state === "waiting") this.waiting.tell(standing, this.about);
    else if (standing.state === "paused") this.paused(standing);
    else if (standing.state === "working") this.work(before);
    else this.finish();
  }

  get isOver() {
    return this.finishing || this.state === "submitted";
  }

  work(before) {
    if (!this.working) return this.load();
    if (this.clock.left <= 0) return; // `tick` ends it
    this.working.lock(false);
    this.working.drawStatus();
    show("working");
    if (before === "paused") announce(say("resumed"));
  }

  paused(standing) {
    this.working.questions.flush();
    this.submitting.close();
    write("[data-paused-why]", say(standing.paused_for === "sitting" ? "pausedForAll" : "pausedForYou"));
    this.working.tick();
    write("[data-paused-left]", document.querySelector("[data-left]").textContent);
    show("paused");
  }

  hear(what, detail) {
    if (what === "moved") this.moved();
    if (what === "saved") this.saved(detail);
    if (what === "submitted") this.cutOff(detail.slots);
    if (this.working && this.working.questions) this.working.note(what, detail);
    if (what === "kept" && detail.reason === "fenced") this.moved();
    if (what === "kept" && detail.reason === "late" && !this.isOver) this.look();
    if (this.submitting) this.submitting.drawWaiting();
    this.drawEnd();
  }

  saved({ told, timing }) {
    this.heardAt = performance.now();
    this.found(true);
    // How long it is paused the save doesn't say.
    if (told.paused !== (this.state === "paused")) this.look();
    else if (!told.paused) this.clock.hear({ now: told.now, deadline: told.deadline }, timing);
  }

  cutOff(slots) {
    if (slots.length) this.note = say("notTaken", { n: slots.length });
    if (!this.isOver) this.look();
  }

  found(there) {
    if (!this.working) return;
    this.working.lost = !there;
    this.working.drawStatus();
    if (there && this.sender.state === "offline") this.sender.hurry();
  }

  async look() {
    const { status, told, ...timing } = await ask("GET", `${base}clock`);
    if (this.state === "tab") return true;
    if (status === 200) this.stands(told.standing, timing);
    else if (told.error === "moved") this.moved();
    else if (status === 401) this.noToken();
    else this.found(false);
    return status === 200;
  }

  noToken() {
    if (!this.working) return this.stopped(401, {});
    this.sender.become("no_token");
  }

  async beat() {
    for (;;) {
      await pause((BEATS[this.state] || 20000) * (0.8 + Math.random() * 0.4));
      const isFresh = this.state === "working" && performance.now() - this.heardAt < FRESH;
      if (!this.isStill && !isFresh) await this.look();
    }
  }

  // ---- the end ----

  tick() {
    if (this.state === "working" && this.clock.left <= 0) this.timeIsUp();
    if (this.submitting && this.submitting.isOpen) this.submitting.drawWaiting();
  }

  // Our clock says so; the server's word is asked before anything is closed.
  async timeIsUp() {
    if (this.asking || this.isOver) return;
    this.asking = true;
    this.working.lock(true);
    this.submitting.close();
    show("ending");
    this.drawEnd();
    for (let tries = 0; !(await this.look()) && !this.isStill; tries++) {
      this.endOffline = true;
      this.drawEnd();
      await pause(patience(tries, {}, 8000));
    }
    this.endOffline = false;
    this.asking = false;
    if (this.state === "working" && this.clock.left <= 0) this.finish();
  }

  drawEnd() {
    const n = this.sender.queue.length;
    const kept = (this.working && this.working.keptWords) || "";
    if (isShown("ending")) {
      const words = this.endOffline ? (n ? say("endOffline", { n }) : say("endOfflineNone")) : say("ending");
      write("[data-ending]", `${words} ${kept}`.trim());
    }
    if (this.state === "moved") this.tellMoved();
    if (this.receipt) this.receipt.note([this.note, n ? say("stillSending", { n }) : "", kept].filter(Boolean).join(" "));
  }

  async finish() {
    if (this.finishing) return;
    this.finishing = true;
    if (this.working) this.working.lock(true);
    if (this.submitting) this.submitting.close();
    show("ending");
    for (let tries = 0; ; tries++) {
      this.drawEnd();
      await this.sender.drained(3000);
      const { status, told } = await ask("POST", `${base}submit`);
      if (status === 200) return this.submitted(told);
      if (!passing(status)) return this.stopped(status, told);
      this.endOffline = true;
      this.drawEnd();
      await pause(patience(tries, told, 15000));
    }
  }

  submitted(told) {
    this.state = "submitted";
    this.endOffline = false;
    if (this.working) this.working.lock(true);
    forget(attempt);
    this.receipt = this.receipt || new Receipt({ base, about: this.about, store: this.store });
    this.receipt.show(told);
    this.drawEnd();
  }

  // ---- where nothing can be done here ----

  moved() {
    if (this.state === "moved") return;
    this.state = "moved";
    if (this.working) this.working.lock(true);
    if (this.submitting) this.submitting.close();
    // What waits here is sent all the same: the server keeps it apart.
    if (!this.working) this.sender.restore(() => false);
    this.tellMoved();
  }

  tellMoved() {
    const n = this.sender.queue.length;
    const kept = (this.working && this.working.keptWords) || "";
    stop({
      heading: say("movedHeading"),
      text: [say("movedText"), n ? say("movedWaiting", { n }) : "", kept].filter(Boolean).join(" "),
      actions: [{ label: say("workHere"), url: this.back }],
    });
  }

  async taken() {
    if (this.working) this.working.lock(true);
    await Promise.all(this.sender.queue.map((entry) => entry.stored));
    this.sender.halt();
    this.state = "tab";
    stop({
      heading: say("tabHeading"), text: say("tabText"),
      actions: [{ label: say("tabHere"), press: () => location.reload() }],
    });
  }

  stopped(status, told) {
    if (told.error === "moved") return this.moved();
    this.state = "stopped";
    const again = { label: say("tryAgain"), press: () => location.reload() };
    const inAgain = { label: say("enterAgain"), url: this.back };
    const heading = say(`stop_${told.error || "no_token"}`);
    stop({
      heading: heading || say("stop_other"),
      text: told.sentence || say("noToken"),
      actions: status === 401 ? [inAgain] : [again, inAgain],
    });
  }
}

new Page().begin();
