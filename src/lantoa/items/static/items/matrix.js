// Shows the totals of the matrix while it is typed, and points per cell only where they are wanted.
const output = document.querySelector("[data-total]");
const whole = (field) => Number.parseInt(field && field.value, 10) || 0;

function total() {
  let items = 0;
  let points = 0;
  for (const cell of document.querySelectorAll(".lt-cell")) {
    const worth = cell.parentElement.querySelector(".lt-points");
    items += whole(cell);
    points += whole(cell) * (worth ? whole(worth) : 1);
  }
  for (const row of document.querySelectorAll(".lt-cellrow")) {
    const count = whole(row.querySelector("[name$='-count']"));
    items += count;
    points += count * whole(row.querySelector("[name$='-points']"));
  }
  output.querySelector("strong").textContent = items;
  output.querySelector("b").textContent = points;
  output.hidden = false;
}
document.addEventListener("input", total);
if (output) total();

const toggle = document.querySelector("[data-points]");
if (toggle) {
  const show = () => {
    for (const part of document.querySelectorAll(".lt-worth")) part.hidden = !toggle.checked;
  };
  toggle.closest("label").hidden = false;
  toggle.addEventListener("change", show);
  show();
}

const rows = document.querySelector("[data-rows]");
const more = document.querySelector("[data-more]");
if (rows && more) {
  more.hidden = false;
  more.addEventListener("click", () => {
    const last = rows.lastElementChild;
    const next = last.cloneNode(true);
    const number = rows.children.length;
    for (const field of next.querySelectorAll("[name]")) {
      field.name = field.name.replace(/row-\d+/, `row-${number}`);
      field.value = field.name.endsWith("points") ? "1" : "";
    }
    rows.append(next);
    next.querySelector("select").focus();
  });
}
