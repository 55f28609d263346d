// One box ticks everybody on the page; without script people tick one by one.
const all = document.querySelector("[data-tick-all]");
if (all) {
  all.hidden = false;
  all.querySelector("input").addEventListener("change", (event) => {
    for (const box of document.querySelectorAll("input[name=person]")) box.checked = event.target.checked;
  });
}
