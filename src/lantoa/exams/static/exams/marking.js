// Marking by keyboard: arrows change points by a quarter, Ctrl+Enter finishes, Ctrl+S keeps a draft.
const form = document.querySelector("[data-marking]");
const fields = form ? [...form.querySelectorAll("[data-points]")] : [];
const STEP = 0.25;

const shown = (number) => String(Math.round(number * 100) / 100).replace(".", ",");

function typed(field) {
  const text = field.value.trim().replace(",", ".");
  return text === "" || Number.isNaN(Number(text)) ? null : Number(text);
}

function total() {
  const given = fields.map(typed);
  const output = form.querySelector("[data-total]");
  output.textContent = given.some((each) => each === null)
    ? "–"
    : shown(given.reduce((sum, each) => sum + each, 0));
}

function step(field, by) {
  const most = Number(field.dataset.points);
  const next = Math.min(most, Math.max(0, (typed(field) ?? (by > 0 ? -STEP : most + STEP)) + by));
  field.value = shown(next);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function keys(event) {
  if (event.ctrlKey && event.key === "Enter") {
    event.preventDefault();
    form.querySelector("[name=finish]").click();
  } else if (event.ctrlKey && event.key.toLowerCase() === "s") {
    event.preventDefault();
    form.querySelector("[name=save]")?.click();
  } else if (fields.includes(event.target) && ["ArrowUp", "ArrowDown"].includes(event.key)) {
    event.preventDefault();
    step(event.target, event.key === "ArrowUp" ? STEP : -STEP);
  }
}

if (form) {
  form.addEventListener("input", total);
  document.addEventListener("keydown", keys);
  total();
  // On a phone the answer is read first, above.
  if (window.matchMedia("(pointer: fine)").matches) {
    (fields.find((field) => field.value === "") || fields[0])?.focus({ preventScroll: true });
  }
}
