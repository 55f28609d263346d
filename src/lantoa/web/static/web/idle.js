// Locks the page after a while without anyone touching it, in every open tab alike.
// <body data-idle-seconds="900" data-idle-url="/…" data-alive-url="/…">; the server ends the session
// by itself as well, so somebody who types for long without a request says they are there.

const KEY = "lantoa.touched";
const limit = Number(document.body.dataset.idleSeconds) * 1000;
const url = document.body.dataset.idleUrl;
const alive = document.body.dataset.aliveUrl;
const MINUTE = 60000;
let noted = 0;
let told = Date.now();

function touched() {
  const now = Date.now();
  if (now - noted < 5000) return;
  noted = now;
  try {
    localStorage.setItem(KEY, String(now));
  } catch {
    // Private windows may refuse storage; this tab then counts alone.
  }
}

function lastTouch() {
  try {
    return Math.max(noted, Number(localStorage.getItem(KEY)) || 0);
  } catch {
    return noted;
  }
}

function tell() {
  if (!alive || noted <= told || Date.now() - told < MINUTE) return;
  told = Date.now();
  const headers = JSON.parse(document.body.getAttribute("hx-headers") || "{}");
  fetch(alive, { method: "POST", headers, credentials: "same-origin" }).catch(() => {
    told = 0; // no network: try again at the next look
  });
}

function check() {
  if (Date.now() - lastTouch() < limit) return tell();
  for (const form of document.querySelectorAll("form[data-dirty]")) form.removeAttribute("data-dirty");
  location.assign(url);
}

if (limit > 0 && url) {
  touched();
  for (const event of ["pointerdown", "keydown", "scroll", "visibilitychange"]) {
    document.addEventListener(event, touched, { passive: true, capture: true });
  }
  setInterval(check, 5000);
  document.addEventListener("visibilitychange", check);
}
