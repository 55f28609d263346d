// Points typed one below the other: Enter and the arrows go up and down, and send nothing by mistake.
const form = document.querySelector("[data-points]");

function move(event) {
  const back = event.key === "ArrowUp" || (event.key === "Enter" && event.shiftKey);
  if (!back && event.key !== "Enter" && event.key !== "ArrowDown") return;
  const fields = [...form.querySelectorAll("input[id^=p]")];
  const at = fields.indexOf(event.target);
  if (at < 0) return;
  event.preventDefault();
  const next = fields[at + (back ? -1 : 1)];
  if (next) {
    next.focus();
    next.select();
  } else if (!back && event.key === "Enter") {
    form.querySelector("button[type=submit]").focus();
  }
}

if (form) form.addEventListener("keydown", move);
