// Which of the page's views is shown, and what it announces.

import { say } from "./words.js";

export const at = (selector) => document.querySelector(selector);

let shown = "loading";

// A heading is focused when the view changes, so that it is read.
export function show(name) {
  if (name === shown) return;
  shown = name;
  for (const view of document.querySelectorAll("[data-view]")) {
    view.hidden = view.getAttribute("data-view") !== name;
  }
  const heading = at(`[data-view="${name}"] h1`);
  heading.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

export const isShown = (name) => name === shown;

export function write(selector, text) {
  const found = at(selector);
  if (found && found.textContent !== text) found.textContent = text;
  return found;
}

// Said once by a screen reader, without being shown.
export function announce(text) {
  write("[data-announce]", text);
}

// Why nothing can be done here, in words, and what can.
export function stop({ heading, text, actions = [] }) {
  write("[data-stop-heading]", heading);
  write("[data-stop-text]", text);
  const box = at("[data-stop-actions]");
  box.textContent = "";
  actions.forEach((action, place) => box.append(button(action, place)));
  show("stop");
}

function button({ label, url, press }, place) {
  const made = document.createElement(url ? "a" : "button");
  made.className = "ds-button";
  if (place) made.setAttribute("data-variant", "secondary");
  made.textContent = label;
  if (url) made.href = url;
  else made.type = "button";
  if (press) made.addEventListener("click", press);
  return made;
}

export function facts(selector, pairs) {
  const box = at(selector);
  box.textContent = "";
  for (const [name, value] of pairs) {
    if (value === "" || value === null || value === undefined) continue;
    const row = document.createElement("div");
    const term = document.createElement("dt");
    const told = document.createElement("dd");
    term.textContent = say(name);
    told.textContent = value;
    row.append(term, told);
    box.append(row);
  }
}

export function list(selector, sentences) {
  const box = at(selector);
  box.textContent = "";
  for (const sentence of sentences.filter(Boolean)) {
    const item = document.createElement("li");
    item.textContent = sentence;
    box.append(item);
  }
}
