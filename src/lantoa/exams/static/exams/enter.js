// Entering with a candidate number and an access code, and going on where this device was.

import { setUpDisplay } from "./display.js";
import { forget, remembered } from "./remember.js";
import { ask, passing, patience, pause, ready } from "./server.js";
import { say } from "./words.js";

const form = document.querySelector("[data-enter]");
const state = form.querySelector("[data-state]");
const problem = document.querySelector("[data-problem]");
const box = document.querySelector("[data-here]");

const plain = (text) => text.replace(/[\s\-–.]+/g, "").toUpperCase();

function blame(field, sentence) {
  const told = document.getElementById(`${field.id}-error`);
  told.textContent = sentence;
  told.hidden = !sentence;
  if (sentence) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

function tell(sentence, { toInvigilator = false } = {}) {
  problem.querySelector("[data-problem-words]").textContent = sentence;
  problem.querySelector("[data-problem-ask]").hidden = !toInvigilator;
  problem.hidden = !sentence;
  if (sentence) problem.focus();
}

function complete({ number, code }) {
  blame(number, number.value.trim() ? "" : say("numberMissing"));
  blame(code, code.value.trim() ? "" : say("codeMissing"));
  const first = [number, code].find((field) => field.hasAttribute("aria-invalid"));
  if (first) first.focus();
  return !first;
}

async function enter() {
  const { number, code } = form.elements;
  tell("");
  if (!complete({ number, code })) return;
  for (let tries = 0; ; tries++) {
    state.textContent = say("entering");
    const answer = await ask("POST", "/sit/enter", { number: number.value, code: code.value });
    if (answer.status === 200) return location.assign(`/sit/${answer.told.attempt}/`);
    if (!passing(answer.status)) return refused(answer.told, number.value);
    state.textContent = say(answer.status ? "enterCrowd" : "enterOffline");
    await pause(patience(tries, answer.told, 8000));
  }
}

// The code was right, but another device has the attempt: perhaps it is this one.
async function refused(told, number) {
  const here = remembered().find((one) => one.number && plain(one.number) === plain(number));
  if (told.error === "ask_invigilator" && here) {
    const { status } = await ask("GET", `/sit/${here.attempt}/clock`);
    if (status === 200) return location.assign(`/sit/${here.attempt}/`);
  }
  state.textContent = "";
  tell(told.sentence || say("tryAgain"), {
    toInvigilator: ["ask_invigilator", "locked", "not_prepared", "wrong_network"].includes(told.error),
  });
}

function offer() {
  const list = box.querySelector("ul");
  list.textContent = "";
  for (const { attempt, number, title } of remembered()) {
    const row = document.getElementById("here").content.cloneNode(true).firstElementChild;
    const link = row.querySelector("a");
    link.href = `/sit/${attempt}/`;
    row.querySelector("[data-title]").textContent = number ? say("onThisDevice", { title, number }) : title;
    row.querySelector("button").addEventListener("click", () => { forget(attempt); offer(); });
    list.append(row);
  }
  box.hidden = !list.children.length;
}

async function begin() {
  setUpDisplay();
  offer();
  await ready();
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    form.querySelector("[type=submit]").setAttribute("aria-busy", "true");
    await enter();
    busy = false;
    form.querySelector("[type=submit]").removeAttribute("aria-busy");
  });
  addEventListener("pageshow", (event) => event.persisted && offer());
}

begin();
