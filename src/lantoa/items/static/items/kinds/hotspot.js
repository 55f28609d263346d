// Hotspot: a cross-hair set by a tap or moved by the arrow keys. The point is kept, in the image's
// own pixels, in the hidden field.

const STEPS = 50;
const SVG = "http://www.w3.org/2000/svg";

function root(section) {
  return section.matches("[data-item]") ? section : section.querySelector("[data-item]");
}

function size(section) {
  const { width, height } = root(section).dataset;
  return { width: Number(width), height: Number(height) };
}

function field(section) {
  return section.querySelector("input[type=hidden]");
}

function point(section) {
  const { value } = field(section);
  return value ? JSON.parse(value) : null;
}

function within(number, most) {
  return Math.max(0, Math.min(most, Math.round(number)));
}

function show(section) {
  const at = point(section);
  const { width, height } = size(section);
  const cross = section.querySelector("[data-cross]");
  const told = section.querySelector("[data-told]");
  if (!at) {
    cross.setAttribute("hidden", "");
    told.textContent = root(section).dataset.none;
    return;
  }
  cross.removeAttribute("hidden");
  cross.setAttribute("transform", `translate(${at.x} ${at.y}) scale(${Math.max(width, height) / 30})`);
  told.textContent = root(section).dataset.at
    .replace("{x}", `${Math.round((100 * at.x) / width)}%`)
    .replace("{y}", `${Math.round((100 * at.y) / height)}%`);
}

function set(section, at, changed) {
  field(section).value = at ? JSON.stringify(at) : "";
  show(section);
  changed();
}

function drawCross(section) {
  const cross = section.querySelector("[data-cross]");
  for (const name of ["lt-cross-edge", ""]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", "M-1 0H-.25M.25 0H1M0-1V-.25M0 .25V1");
    if (name) path.setAttribute("class", name);
    cross.append(path);
  }
}

function onKey(section, event, changed) {
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    set(section, null, changed);
  } else if (way) {
    event.preventDefault();
    const { width, height } = size(section);
    const step = event.shiftKey ? 1 : Math.max(1, Math.round(Math.max(width, height) / STEPS));
    const from = point(section);
    const to = from
      ? { x: within(from.x + way[0] * step, width), y: within(from.y + way[1] * step, height) }
      : { x: within(width / 2, width), y: within(height / 2, height) };
    set(section, to, changed);
  }
}

export default {
  bind(section, changed) {
    const stage = section.querySelector("[data-stage]");
    if (stage.hasAttribute("data-live")) return;
    stage.setAttribute("data-live", "");
    section.querySelector("[data-needs-script]").hidden = true;
    drawCross(section);
    show(section);
    if (!stage.hasAttribute("tabindex")) return;
    stage.addEventListener("click", (event) => {
      const box = stage.querySelector("img").getBoundingClientRect();
      const { width, height } = size(section);
      set(section, {
        x: within(((event.clientX - box.left) / box.width) * width, width),
        y: within(((event.clientY - box.top) / box.height) * height, height),
      }, changed);
    });
    stage.addEventListener("keydown", (event) => onKey(section, event, changed));
  },
  read: point,
  write(section, response) {
    field(section).value = response ? JSON.stringify(response) : "";
    show(section);
  },
};
