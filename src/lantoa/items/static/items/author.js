// The author's form of a hotspot: dragging over the image writes a rectangle into the list of areas.
// Without script the numbers are typed.

const SVG = "http://www.w3.org/2000/svg";

function at(stage, event) {
  const box = stage.querySelector("img").getBoundingClientRect();
  const place = (part, length, pixels) => Math.round(Math.max(0, Math.min(1, part / length)) * pixels);
  return {
    x: place(event.clientX - box.left, box.width, Number(stage.dataset.width)),
    y: place(event.clientY - box.top, box.height, Number(stage.dataset.height)),
  };
}

function rectangle(one, other) {
  return [
    Math.min(one.x, other.x), Math.min(one.y, other.y),
    Math.abs(one.x - other.x), Math.abs(one.y - other.y),
  ];
}

function draw(shape, numbers) {
  ["x", "y", "width", "height"].forEach((name, place) => shape.setAttribute(name, String(numbers[place])));
}

for (const stage of document.querySelectorAll("[data-draw]")) {
  const areas = document.getElementById(stage.dataset.target);
  let from = null;
  let shape = null;
  stage.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    from = at(stage, event);
    shape = document.createElementNS(SVG, "rect");
    shape.setAttribute("class", "lt-area");
    stage.querySelector("svg").append(shape);
  });
  stage.addEventListener("pointermove", (event) => {
    if (from) draw(shape, rectangle(from, at(stage, event)));
  });
  stage.addEventListener("pointerup", (event) => {
    if (!from) return;
    const numbers = rectangle(from, at(stage, event));
    from = null;
    if (numbers[2] < 3 || numbers[3] < 3) {
      shape.remove();
      return;
    }
    const lines = areas.value.trim();
    areas.value = `${lines}${lines ? "\n" : ""}${stage.dataset.word} ${numbers.join(" ")}`;
    areas.dispatchEvent(new Event("input", { bubbles: true }));
  });
  stage.addEventListener("pointercancel", () => {
    from = null;
    if (shape) shape.remove();
  });
}
