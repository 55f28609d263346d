// What every page has: one send per form, a warning before losing what was typed,
// menus that close, focus on what went wrong. Pages work without it.

const busy = new WeakSet();

// Tells the browser not to submit the same form twice while the first is under way.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || form.hasAttribute("hx-post")) return;
  if (form.method === "get" || form.hasAttribute("data-again")) return;
  if (busy.has(form)) return event.preventDefault();
  busy.add(form);
  form.removeAttribute("data-dirty");
  const button = event.submitter;
  if (button) button.setAttribute("aria-busy", "true");
});

// Coming back by the Back button must not leave the form locked.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.forms) busy.delete(form);
  for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
});

// <form data-guard> asks before leaving with unsaved changes.
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form) form.setAttribute("data-dirty", "");
});
window.addEventListener("beforeunload", (event) => {
  if (!document.querySelector("form[data-dirty]")) return;
  event.preventDefault();
  event.returnValue = "";
});

// One open menu at a time; a click or the focus elsewhere closes it, and so does Escape.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) menu.removeAttribute("open");
  }
}
document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
document.addEventListener("focusin", (event) => closeMenus(event.target.closest("details[data-menu]")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-menu][open]");
  if (!menu) return;
  closeMenus(null);
  menu.querySelector("summary").focus();
});

// <select data-submit>, <input data-submit>: a filter applies itself. Not while somebody goes through
// the choices with the arrow keys: each step is a change, and the page would go from under them.
let steps = false;
document.addEventListener("keydown", (event) => { steps = event.key !== "Enter"; }, true);
document.addEventListener("pointerdown", () => { steps = false; }, true);
document.addEventListener("change", (event) => {
  if (steps) return;
  const field = event.target.closest("[data-submit]");
  if (field && field.form) field.form.submit();
});

// .lt-drop shows that it will take what hovers over it.
for (const drop of document.querySelectorAll(".lt-drop")) {
  drop.addEventListener("dragover", () => drop.setAttribute("data-over", ""));
  for (const end of ["dragleave", "drop"]) drop.addEventListener(end, () => drop.removeAttribute("data-over"));
}

// .lt-option shows which one is chosen where the browser has no :has().
if (!CSS.supports("selector(:has(*))")) {
  const mark = () => {
    for (const option of document.querySelectorAll(".lt-option")) {
      option.toggleAttribute("data-chosen", option.querySelector("input").checked);
    }
  };
  document.addEventListener("change", mark);
  mark();
}

// <button data-print hidden>: only useful with script, so script shows it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// An error summary is read first.
const first = document.querySelector("[data-focus]");
if (first) first.focus();

// Signing out leaves no page of names behind that was kept for use without network.
document.addEventListener("submit", (event) => {
  if ("caches" in window && event.target.matches("[data-forget]")) caches.delete("lantoa-rolls");
});
