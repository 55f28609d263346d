// The invigilator's console: asks every 2,5 seconds for what changed and touches only those rows, so
// that a thousand candidates stay smooth. Times are counted by the server's clock.

const EVERY = 2500;
const box = document.querySelector("[data-console]");
const words = JSON.parse(document.getElementById("watch-words").textContent);
const colours = JSON.parse(document.getElementById("watch-colours").textContent);
const rows = new Map();
const fresh = box.querySelector("[data-fresh]");
const none = box.querySelector("[data-none]");
let now = Number(box.dataset.now);
let heardAt = performance.now();
let since = now;
let state = "";
let search = "";

const say = (name, values) => box.dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
const serverNow = () => now + performance.now() - heardAt;
// As the server folds: no accents, đ as d.
const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/đ/g, "d");

for (const element of box.querySelectorAll("tr[data-id]")) {
  rows.set(Number(element.dataset.id), {
    element,
    find: fold(element.dataset.find),
    state: element.dataset.is,
    seen: Number(element.dataset.seen) || null,
    deadline: Number(element.dataset.deadline) || null,
    tag: element.querySelector("[data-tag]"),
    heard: element.querySelector("[data-heard]"),
    left: element.querySelector("[data-left]"),
  });
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function draw(row) {
  write(row.tag, words[row.state]);
  row.tag.dataset.color = colours[row.state];
  row.element.dataset.is = row.state;
}

function ago(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  return seconds < 120 ? say("wordsSeen", { n: seconds }) : say("wordsMinutes", { n: Math.round(seconds / 60) });
}

function tick() {
  const at = serverNow();
  for (const row of rows.values()) {
    if (row.element.hidden) continue;
    write(row.heard, row.seen && row.state !== "submitted" ? ago(at - row.seen) : "");
    const runs = row.deadline && row.state !== "submitted" && row.state !== "paused";
    write(row.left, runs ? say("wordsLeft", { n: Math.max(0, Math.ceil((row.deadline - at) / 60000)) }) : "");
  }
}

function filter() {
  const asked = fold(search).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows.values()) {
    const fits = (!state || row.state === state) && asked.every((word) => row.find.includes(word));
    if (row.element.hidden === fits) row.element.hidden = !fits;
    if (fits) shown += 1;
  }
  if (none) {
    none.hidden = shown > 0;
    write(none, shown ? "" : box.dataset.wordsNone);
  }
}

function take(told) {
  now = told.now;
  heardAt = performance.now();
  // What was under way while the server answered is asked for again.
  since = told.now - 5000;
  let gone = false;
  for (const one of told.rows) {
    const row = rows.get(one.id);
    if (!row) {
      gone = true;
      continue;
    }
    Object.assign(row, { seen: one.seen, deadline: one.deadline });
    write(row.element.querySelector("[data-answered]"), String(one.answered));
    write(row.element.querySelector("[data-added]"), one.added_minutes ? ` +${one.added_minutes}′` : "");
    if (row.state !== one.state) {
      row.state = one.state;
      draw(row);
    }
  }
  for (const [name, count] of Object.entries(told.counts)) {
    write(box.querySelector(`[data-count="${name}"]`), String(count));
  }
  document.querySelector("[data-paused]").hidden = !told.paused;
  if (gone) location.reload(); // somebody was added to the sitting
  filter();
}

async function ask() {
  try {
    const got = await fetch(`${box.dataset.feed}?since=${since}`, { headers: { Accept: "application/json" } });
    if (!got.ok) throw new Error(String(got.status));
    take(await got.json());
    fresh.parentElement.removeAttribute("data-stale");
    write(fresh, "");
  } catch {
    fresh.parentElement.setAttribute("data-stale", "");
    const time = new Date(Date.now() - (performance.now() - heardAt)).toLocaleTimeString("vi-VN");
    write(fresh, say("wordsStale", { time }));
  }
  tick();
}

box.addEventListener("click", (event) => {
  const button = event.target.closest("[data-state]");
  if (!button) return;
  state = button.dataset.state;
  for (const other of box.querySelectorAll("[data-state]")) other.setAttribute("aria-pressed", String(other === button));
  filter();
  tick();
});
box.querySelector("[data-search]").addEventListener("input", (event) => {
  search = event.target.value;
  filter();
  tick();
});

for (const row of rows.values()) draw(row);
filter();
tick();
setInterval(tick, 1000);
(async () => {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, EVERY));
    if (!document.hidden) await ask();
  }
})();
document.addEventListener("visibilitychange", () => document.hidden || ask());
