// Ordering: the selects, which work without script, give way to a list whose parts move by buttons
// or by Alt and the arrow keys. The selects keep the places, so that a form posts them.

function list(section) {
  return section.querySelector(".lt-ordering");
}

function root(section) {
  return section.matches("[data-item]") ? section : section.querySelector("[data-item]");
}

function parts(section) {
  return Array.from(list(section).children);
}

function order(section) {
  return parts(section).map((part) => Number(part.dataset.part));
}

// Writes the order shown into the selects, or empties them while nothing is answered.
function keep(section, answered) {
  const at = root(section);
  at.dataset.answered = answered ? "yes" : "";
  parts(section).forEach((part, place) => {
    part.querySelector("select").value = `${part.dataset.part}:${answered ? place + 1 : ""}`;
  });
  const told = section.querySelector("[data-state]");
  if (told) {
    told.firstChild.textContent = answered ? at.dataset.done : at.dataset.untouched;
    told.querySelector("button").hidden = answered;
  }
  frame(section);
}

// The first has nowhere up, the last nowhere down. Not `disabled`: the focus would be lost.
function frame(section) {
  const all = parts(section);
  all.forEach((part, place) => {
    const [up, down] = part.querySelectorAll("button");
    if (!up) return;
    up.setAttribute("aria-disabled", String(place === 0));
    down.setAttribute("aria-disabled", String(place === all.length - 1));
  });
}

function say(section, part) {
  const at = root(section);
  const all = parts(section);
  section.querySelector("[role=status]").textContent = at.dataset.moved
    .replace("{text}", part.querySelector(".lt-ordering-text").textContent.trim())
    .replace("{place}", String(all.indexOf(part) + 1))
    .replace("{all}", String(all.length));
}

function move(section, part, by, changed) {
  const beside = by < 0 ? part.previousElementSibling : part.nextElementSibling;
  if (!beside) return;
  const focused = document.activeElement;
  if (by < 0) beside.before(part);
  else beside.after(part);
  if (part.contains(focused)) focused.focus();
  keep(section, true);
  say(section, part);
  changed();
}

function button(word, label) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "ds-button";
  made.dataset.variant = "secondary";
  made.dataset.size = "sm";
  made.textContent = word;
  if (label) made.setAttribute("aria-label", `${word}: ${label}`);
  return made;
}

function addMoves(section, part, changed) {
  const at = root(section);
  const text = part.querySelector(".lt-ordering-text").textContent.trim();
  const moves = document.createElement("span");
  moves.className = "lt-ordering-moves";
  const up = button(at.dataset.up, text);
  const down = button(at.dataset.down, text);
  up.addEventListener("click", () => move(section, part, -1, changed));
  down.addEventListener("click", () => move(section, part, 1, changed));
  moves.append(up, down);
  part.append(moves);
  part.addEventListener("keydown", (event) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    move(section, part, event.key === "ArrowUp" ? -1 : 1, changed);
  });
}

function addState(section, changed) {
  const at = root(section);
  const told = document.createElement("p");
  told.className = "lt-muted lt-row";
  told.dataset.state = "";
  const asIs = button(at.dataset.keep);
  asIs.addEventListener("click", () => { keep(section, true); changed(); });
  told.append(document.createElement("span"), asIs);
  list(section).after(told);
}

export default {
  bind(section, changed) {
    if (list(section).hasAttribute("data-live")) return;
    const saved = chosen(section);
    if (section.querySelector("select").disabled) return;
    list(section).setAttribute("data-live", "");
    section.querySelector("[data-hint]").textContent = root(section).dataset.help;
    for (const part of parts(section)) addMoves(section, part, changed);
    addState(section, changed);
    this.write(section, saved);
  },
  read: (section) => (root(section).dataset.answered ? order(section) : null),
  write(section, response) {
    const known = new Map(parts(section).map((part) => [Number(part.dataset.part), part]));
    for (const value of response || []) list(section).append(known.get(value));
    keep(section, Boolean(response && response.length));
  },
};

// What the page came with: an order, once every select has a place of its own.
function chosen(section) {
  const places = parts(section).map((part) => [
    Number(part.dataset.part), Number(part.querySelector("select").value.split(":")[1]),
  ]);
  if (!places.every(([, place]) => place)) return null;
  return places.sort((a, b) => a[1] - b[1]).map(([part]) => part);
}
