// Shows the total of the matrix while it is typed.
const cells = document.querySelectorAll(".lt-cell");
const output = document.querySelector("[data-total]");

function total() {
  let sum = 0;
  for (const cell of cells) sum += Number.parseInt(cell.value, 10) || 0;
  output.querySelector("strong").textContent = sum;
  output.hidden = false;
}
for (const cell of cells) cell.addEventListener("input", total);
if (output) total();
