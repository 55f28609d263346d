// A bridge's point on its keeper's phone: each button is a report that is kept until the centre has it.
import { Queue, newKey } from "./queue.js";

const box = document.querySelector("[data-point]");

function show({ open, link_up: linkUp }) {
  box.dataset.open = open ? "1" : "";
  if (linkUp !== null && linkUp !== undefined) box.dataset.link = linkUp ? "up" : "down";
  press("open", Boolean(box.dataset.open));
  press("link_up", box.dataset.link === "up");
  press("link_down", box.dataset.link === "down");
}

function press(kind, on) {
  box.querySelector(`[data-report="${kind}"]`).setAttribute("aria-pressed", String(on));
}

function start() {
  const queue = new Queue({
    name: `lantoa-point-${box.dataset.point}`,
    list: "reports",
    address: box.dataset.post,
    token: box.querySelector("[name=csrfmiddlewaretoken]").value,
    said: box.querySelector("[data-point-state]"),
    onKept: show,
  });
  const report = (kind, more = {}) => queue.add({ key: newKey(), kind, made_ms: Date.now(), ...more });
  show({ open: box.dataset.open, link_up: box.dataset.link ? box.dataset.link === "up" : null });
  for (const button of box.querySelectorAll("[data-report]")) {
    button.addEventListener("click", () => report(button.dataset.report));
  }
  for (const form of box.querySelectorAll("[data-report-form]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const field = form.querySelector("input");
      const said = field.name === "number" ? { number: Number(field.value) } : { note: field.value };
      report(form.dataset.reportForm, said);
      if (field.name === "note") field.value = "";
    });
  }
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(box.dataset.worker);
}

if (box) start();
