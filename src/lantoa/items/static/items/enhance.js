// Items in a plain form (a lesson, a preview): makes those usable that need script, wherever the page
// brings them. The fields themselves are posted by the form.

import { player } from "./play.js";

async function enhance(within) {
  for (const item of within.querySelectorAll("[data-item]")) {
    if (item.hasAttribute("data-bound") || item.closest("[data-bound]")) continue;
    item.setAttribute("data-bound", "");
    const found = await player(item.dataset.item);
    await found.bind(item, () => {});
  }
}

enhance(document);
document.addEventListener("htmx:load", (event) => enhance(event.target.parentElement || document));
