// Rolls open without network too: the last ones that were open on this phone, for a day. Everything
// else goes to the network as if this weren't here.
const PAGES = "lantoa-rolls";
const FILES = "lantoa-roll-files";
const ROLL = /^\/classes\/(meetings|points)\/\d+\/(at\/\d+\/|here\/)?$/;
const DAY_MS = 24 * 3600 * 1000;

async function page(request) {
  const pages = await caches.open(PAGES);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await pages.put(request, answer.clone());
    else await pages.delete(request);
    return answer;
  } catch (problem) {
    const old = await pages.match(request, { ignoreSearch: true });
    const age = old ? Date.now() - Date.parse(old.headers.get("Date") || 0) : Infinity;
    if (age < DAY_MS) return old;
    if (old) await pages.delete(request);
    throw problem;
  }
}

async function file(request) {
  const files = await caches.open(FILES);
  try {
    const answer = await fetch(request);
    if (answer.ok) await files.put(request, answer.clone());
    return answer;
  } catch (problem) {
    const old = await files.match(request);
    if (old) return old;
    throw problem;
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && ROLL.test(url.pathname)) {
    event.respondWith(page(event.request));
  } else if (url.pathname.startsWith("/static/")) {
    event.respondWith(file(event.request));
  }
});
