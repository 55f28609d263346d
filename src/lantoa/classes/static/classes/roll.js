// The roll of a meeting: a tick is kept on the phone before it is sent.
import { Queue, newKey } from "./queue.js";

const form = document.querySelector("[data-roll]");

function fold(text) {
  const plain = text.toLowerCase().replace(/đ/g, "d").normalize("NFD");
  return plain.replace(/[\u0300-\u036f]/g, "").trim();
}

function search() {
  const box = form.querySelector("[data-roll-search]");
  const field = box.querySelector("input");
  box.hidden = false;
  field.addEventListener("input", () => {
    const words = fold(field.value).split(" ").filter(Boolean);
    for (const row of form.querySelectorAll("[data-name]")) {
      row.hidden = !words.every((word) => row.dataset.name.includes(word));
    }
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

function restore(queue) {
  for (const mark of queue.read()) {
    const radio = form.querySelector(`[data-member="${mark.member}"][value="${mark.standing}"]`);
    if (radio) radio.checked = true;
  }
}

function start() {
  const counted = document.querySelector("[data-here]");
  const queue = new Queue({
    name: `lantoa-roll-${form.dataset.roll}`,
    list: "marks",
    address: form.dataset.post,
    token: form.querySelector("[name=csrfmiddlewaretoken]").value,
    said: form.querySelector("[data-roll-state]"),
    onKept: (told) => { if (counted) counted.textContent = told.here; },
  });
  restore(queue);
  search();
  form.addEventListener("change", (event) => {
    const { member } = event.target.dataset;
    if (!member) return;
    const mark = {
      key: newKey(),
      member: Number(member),
      standing: event.target.value,
      made_ms: Date.now(),
      offline: !navigator.onLine,
    };
    // Only the last word about somebody is still worth sending.
    queue.add(mark, (one) => one.member === mark.member);
  });
  form.addEventListener("submit", (event) => {
    const sheet = form.querySelector("[name=sheet]");
    if (sheet && sheet.files.length) return;
    event.preventDefault();
    if (queue.read().length) queue.send();
    else queue.tell(queue.said.dataset.saved, false);
  });
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(form.dataset.worker);
}

if (form) start();
