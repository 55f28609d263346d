// One box ticks the whole page, and the number ticked is said; without script people tick one by one.
const all = document.querySelector("[data-tick-all]");
const boxes = [...document.querySelectorAll("input[name=item]")];
const told = document.querySelector("[data-ticked]");

function count() {
  const ticked = boxes.filter((box) => box.checked).length;
  told.textContent = `(${ticked})`;
  told.hidden = ticked === 0;
}

if (all && told) {
  all.hidden = false;
  all.querySelector("input").addEventListener("change", (event) => {
    for (const box of boxes) box.checked = event.target.checked;
    count();
  });
  for (const box of boxes) box.addEventListener("change", count);
  count();
}
