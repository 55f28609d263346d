// When the work behind the page has ended, show its result; without script a button does it.
const work = document.querySelector("[data-until-done]");
if (work) {
  const ended = () => !work.querySelector("progress") && !work.querySelector("[role=alert]");
  work.addEventListener("htmx:afterSettle", () => {
    if (ended()) window.location.reload();
  });
  if (ended()) window.setTimeout(() => window.location.reload(), 2000);
}
