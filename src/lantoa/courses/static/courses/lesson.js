// A lesson on a bad line: the chosen answer stays and is sent again; the video's place is kept.
// Without script every form still works by itself.

const notice = document.getElementById("network");
const EVERY_MS = 15000;
const FIRST_RETRY_MS = 3000;
const LONGEST_RETRY_MS = 30000;

function tell(reason) {
  if (!notice) return;
  notice.hidden = !reason;
  if (reason) notice.querySelector("p").textContent = notice.dataset[reason];
}

// ---- answers ----
const waiting = new Map(); // form -> {delay, timer}

function again(form) {
  const known = waiting.get(form) || { delay: FIRST_RETRY_MS };
  clearTimeout(known.timer);
  known.timer = setTimeout(() => resend(form), known.delay);
  known.delay = Math.min(known.delay * 2, LONGEST_RETRY_MS);
  waiting.set(form, known);
  tell("waiting");
}

function resend(form) {
  if (form.isConnected) form.requestSubmit ? form.requestSubmit() : form.querySelector("button").click();
  else settled(form);
}

function settled(form) {
  const known = waiting.get(form);
  if (known) clearTimeout(known.timer);
  waiting.delete(form);
  if (!waiting.size) tell(null);
}

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const form = event.target.closest("form[data-keep]");
    if (form) again(form);
  });
}
document.addEventListener("htmx:responseError", (event) => {
  const form = event.target.closest("form[data-keep]");
  if (!form) return;
  if (event.detail.xhr.status >= 500) again(form);
  else tell("expired");
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const form = event.detail.requestConfig && event.detail.requestConfig.elt;
  if (!form || !form.matches || !form.matches("form[data-keep]")) return;
  // Signed out meanwhile: the sign-in page must not be put where the question stood.
  if (!event.detail.serverResponse.includes("data-question")) {
    event.detail.shouldSwap = false;
    tell("expired");
  } else settled(form);
});
window.addEventListener("online", () => { for (const form of waiting.keys()) resend(form); });

// ---- videos ----
function token() {
  const field = document.querySelector("[name=csrfmiddlewaretoken]");
  return field ? field.value : "";
}

function watch(video) {
  const url = video.dataset.positionUrl;
  let saved = Number(video.dataset.start || 0);
  let last = Date.now();
  let sending = false;

  function body() {
    const form = new FormData();
    form.append("csrfmiddlewaretoken", token());
    form.append("position", video.currentTime.toFixed(1));
    form.append("length", (Number.isFinite(video.duration) ? video.duration : 0).toFixed(1));
    return form;
  }

  async function save() {
    if (sending || Math.abs(video.currentTime - saved) < 1) return;
    const at = video.currentTime;
    last = Date.now();
    sending = true;
    try {
      const answer = await fetch(url, { method: "POST", body: body(), redirect: "error" });
      if (answer.ok) saved = at;
      if (answer.status === 200) show(await answer.text());
    } catch {
      // The next tick, pause or "online" sends it again.
    } finally {
      sending = false;
    }
  }

  function show(html) {
    const foot = document.getElementById("lesson-status");
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("lesson-status");
    if (foot && fresh) foot.replaceWith(fresh);
    for (const form of video.parentElement.querySelectorAll("[data-unplayable]")) form.hidden = true;
  }

  function resume() {
    const start = Number(video.dataset.start || 0);
    if (start > 3 && start < video.duration - 3) video.currentTime = start;
  }
  // The browser may know the video before this script runs.
  if (video.readyState >= HTMLMediaElement.HAVE_METADATA) resume();
  else video.addEventListener("loadedmetadata", resume, { once: true });
  video.addEventListener("timeupdate", () => { if (Date.now() - last >= EVERY_MS) save(); });
  for (const name of ["pause", "ended"]) video.addEventListener(name, save);
  window.addEventListener("online", save);
  window.addEventListener("pagehide", () => {
    if (navigator.sendBeacon && Math.abs(video.currentTime - saved) >= 1) navigator.sendBeacon(url, body());
  });
  video.addEventListener("error", () => {
    tell("video");
    for (const form of video.parentElement.querySelectorAll("[data-unplayable]")) form.hidden = false;
  });
  // What plays needs no button for "seen".
  if (video.canPlayType("video/mp4") || video.canPlayType("video/webm")) {
    for (const form of video.parentElement.querySelectorAll("[data-unplayable]")) form.hidden = true;
  }
}

for (const video of document.querySelectorAll("video[data-position-url]")) watch(video);
