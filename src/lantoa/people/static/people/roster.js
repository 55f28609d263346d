// When the work behind the page has ended, show its result; without script a button does it.
const work = document.querySelector("[data-until-done]");
if (work) {
  work.addEventListener("htmx:afterSettle", () => {
    if (!work.querySelector("progress") && !work.querySelector("[role=alert]")) window.location.reload();
  });
  if (!work.querySelector("progress") && !work.querySelector("[role=alert]")) {
    window.setTimeout(() => window.location.reload(), 2000);
  }
}
