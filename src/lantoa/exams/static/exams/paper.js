// The candidate's paper: one question at a time, each answer kept here first and sent at once.
// Without this script the same page is one long form with a save button.

import { Clock, words as clockWords } from "./clock.js";
import { Sender } from "./sender.js";
import { openStore } from "./store.js";

const form = document.getElementById("paper");
const data = form.dataset;
const slots = [...form.querySelectorAll("[data-slot]")];
const links = [...form.querySelectorAll("[data-go]")];
const status = document.querySelector("[data-status]");
const trouble = document.querySelector("[data-trouble]");
const announce = document.querySelector("[data-announce]");
const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
const clock = new Clock(Number(data.now), Number(data.deadline));
const notes = `lantoa.exam.${data.attempt}.notes`;
const warned = new Set();
let current = 0;
let over = false;
let wantsToSubmit = false;
let sender;

const say = (name, values = {}) =>
  data[name].replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));

// ---- answers on the page ----

function inputsOf(section) {
  return [...section.querySelectorAll('input[name^="slot-"]')];
}

function responseOf(section) {
  const inputs = inputsOf(section);
  const chosen = inputs.filter((input) => input.checked).map((input) => Number(input.value));
  if (inputs[0].type === "checkbox") return chosen.sort((a, b) => a - b);
  return chosen.length ? chosen[0] : null;
}

function show(section, response) {
  const chosen = Array.isArray(response) ? response : [response];
  for (const input of inputsOf(section)) input.checked = chosen.includes(Number(input.value));
}

const isTouched = (section) => inputsOf(section).some((input) => input.checked !== input.defaultChecked);
const isAnswered = (section) => inputsOf(section).some((input) => input.checked);

// ---- one question at a time, the map, the flags ----

function go(slot, { focus = true } = {}) {
  current = Math.max(0, Math.min(slots.length - 1, slot));
  slots.forEach((section, index) => { section.hidden = index !== current; });
  for (const link of links) {
    if (Number(link.dataset.go) === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  form.querySelector('[data-step="-1"]').disabled = current === 0;
  form.querySelector('[data-step="1"]').disabled = current === slots.length - 1;
  history.replaceState(null, "", `#q-${current + 1}`);
  if (focus) slots[current].focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

function readNotes() {
  try {
    return JSON.parse(localStorage.getItem(notes)) || {};
  } catch {
    return {};
  }
}

function keep(change) {
  try {
    localStorage.setItem(notes, JSON.stringify({ ...readNotes(), ...change }));
  } catch {
    // Flags and text size are a comfort only.
  }
}

function drawMap() {
  const said = form.querySelector("[data-said-done]").dataset;
  for (const link of links) {
    const section = slots[Number(link.dataset.go)];
    const done = isAnswered(section);
    const flagged = section.querySelector("[data-flag]").checked;
    link.toggleAttribute("data-done", done);
    link.toggleAttribute("data-flagged", flagged);
    const word = done ? said.saidDone : said.saidOpen;
    link.querySelector("[data-said]").textContent = ` ${word}${flagged ? `, ${said.saidFlag}` : ""}`;
  }
}

function setUpFlags() {
  const flags = new Set(readNotes().flags || []);
  slots.forEach((section, index) => {
    const box = section.querySelector("[data-flag]");
    box.closest(".lt-flag").hidden = false;
    box.checked = flags.has(index);
    box.addEventListener("change", () => {
      if (box.checked) flags.add(index);
      else flags.delete(index);
      keep({ flags: [...flags] });
      drawMap();
    });
  });
  for (const key of form.querySelectorAll("[data-flag-key]")) key.hidden = false;
}

function setUpSizes() {
  const box = form.querySelector("[data-sizes]");
  const choose = (size) => {
    document.body.dataset.text = size;
    for (const button of box.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.dataset.sizeTo === size));
    }
    keep({ size });
  };
  box.hidden = false;
  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-size-to]");
    if (button) choose(button.dataset.sizeTo);
  });
  choose(readNotes().size || "s");
}

// ---- what is saved, in words ----

function drawStatus() {
  const waiting = new Set(sender.queue.map((entry) => entry.slot));
  const saved = slots.filter((section) => isAnswered(section) && !waiting.has(Number(section.dataset.slot))).length;
  const stuck = sender.state === "offline" || sender.state === "signed_out";
  if (stuck) status.textContent = say("wordsWaiting", { n: waiting.size });
  else if (sender.pending) status.textContent = say("wordsSaving");
  else status.textContent = say("wordsSaved", { n: saved, all: slots.length });
  status.toggleAttribute("data-waiting", stuck);
  if (!sender.pending) wantsToSubmit = false;
  const text =
    (wantsToSubmit && stuck && say("wordsSubmitWaits", { n: waiting.size })) ||
    (sender.state === "offline" && say("wordsOffline")) ||
    (sender.state === "signed_out" && say("wordsSignedOut")) ||
    (sender.refused && say("wordsRefused")) ||
    (!sender.store.durable && say("wordsMemory")) || "";
  if (!over) showTrouble(text, sender.state === "signed_out");
  if (sender.state === "closed" && !over) finish();
}

function showTrouble(text, withLink = false) {
  const box = trouble.querySelector("[data-trouble-words]");
  if (box.textContent !== text) box.textContent = text;
  trouble.querySelector("[data-trouble-link]").hidden = !withLink;
  trouble.hidden = !text;
}

// ---- time, and the end ----

function tick() {
  const left = clock.left;
  document.querySelector("[data-left]").textContent = clockWords(left);
  document.querySelector("[data-clock]").toggleAttribute("data-soon", left <= 300000);
  for (const minutes of [10, 5, 1]) {
    if (left <= minutes * 60000 && left > minutes * 60000 - 5000 && !warned.has(minutes)) {
      warned.add(minutes);
      announce.textContent = say("wordsMinutes", { n: minutes });
    }
  }
  if (left <= 0 && !over) timeIsUp();
}

// Our clock says the time is over; the server's word is asked before anything is closed.
async function timeIsUp() {
  over = true;
  await clock.ask(data.clockUrl);
  if (clock.left > 1500) {
    over = false;
    return;
  }
  await finish();
}

async function finish() {
  over = true;
  for (const section of slots) for (const input of inputsOf(section)) input.disabled = true;
  showTrouble(say("wordsOver"));
  for (let tries = 0; ; tries++) {
    const until = performance.now() + 3000;
    sender.hurry();
    while (sender.pending && sender.state === "sending" && performance.now() < until) await pause(100);
    const result = await submit();
    if (result) return location.assign(result);
    showTrouble(say("wordsOverOffline"));
    await pause(Math.min(30000, 3000 * (tries + 1)));
  }
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function submit() {
  try {
    const got = await fetch(data.submitUrl, {
      method: "POST",
      credentials: "same-origin",
      headers: { Accept: "application/json", "X-CSRFToken": token },
    });
    return got.ok ? (await got.json()).result : null;
  } catch {
    return null;
  }
}

// "Nộp bài": first everything must be with the server; then its page asks and names what is missing.
async function askToSubmit() {
  sender.hurry();
  for (let tries = 0; sender.pending && tries < 30 && sender.state !== "closed"; tries++) {
    if (sender.state === "offline" && tries > 10) break;
    await pause(100);
  }
  if (sender.pending) {
    wantsToSubmit = true;
    drawStatus();
    trouble.scrollIntoView({ block: "center" });
    return;
  }
  location.assign(data.submitUrl);
}

// ---- begin ----

async function begin() {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    askToSubmit();
  });
  form.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go]");
    const step = event.target.closest("[data-step]");
    if (!link && !step) return;
    event.preventDefault();
    go(link ? Number(link.dataset.go) : current + Number(step.dataset.step));
  });
  addEventListener("hashchange", () => go(fromAddress(), { focus: false }));
  form.querySelector("[data-steps]").hidden = false;
  for (const plain of document.querySelectorAll("[data-plain]")) plain.hidden = true;
  setUpFlags();
  setUpSizes();
  go(fromAddress(), { focus: false });

  // What was chosen before this script ran, or while the store is opening, waits for its number.
  const early = new Set(slots.filter(isTouched).map((section) => Number(section.dataset.slot)));
  let ready = false;
  form.addEventListener("change", (event) => {
    const section = event.target.closest("[data-slot]");
    if (!section || !event.target.name || over) return;
    const slot = Number(section.dataset.slot);
    if (ready) sender.add(slot, responseOf(section));
    else early.add(slot);
    drawMap();
  });
  const store = await openStore(data.attempt);
  sender = new Sender({
    url: data.saveUrl,
    token,
    store,
    next: Number(data.next),
    onChange: drawStatus,
    onTime: (times) => clock.hear(times),
  });
  const kept = await sender.restore((entry) => entry.sequence > Number(slots[entry.slot].dataset.sequence));
  for (const entry of kept) if (!early.has(entry.slot)) show(slots[entry.slot], entry.response);
  ready = true;
  for (const slot of early) sender.add(slot, responseOf(slots[slot]));
  drawMap();
  drawStatus();
  tick();
  setInterval(tick, 500);
  const look = () => document.hidden || clock.ask(data.clockUrl).then((answer) => answer && answer.submitted && finish());
  addEventListener("visibilitychange", look);
  addEventListener("online", look);
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}

function fromAddress() {
  const found = /^#q-(\d+)$/.exec(location.hash);
  return found ? Number(found[1]) - 1 : 0;
}

begin();
