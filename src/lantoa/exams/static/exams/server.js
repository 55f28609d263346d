// Asks the hot path (docs/exam-protocol.md) and says what became of it: {status, told}. Status 0: no
// answer, or one that isn't ours (the page of a Wi-Fi portal); told is {} then.

const PATIENCE = 20000;

// Safe Exam Browser's proof for this page, where we run in it.
function proof() {
  const seb = window.SafeExamBrowser && window.SafeExamBrowser.security;
  if (!seb) return {};
  const headers = {};
  if (seb.configKey) headers["X-SafeExamBrowser-ConfigKeyHash"] = seb.configKey;
  if (seb.browserExamKey) headers["X-SafeExamBrowser-RequestHash"] = seb.browserExamKey;
  return headers;
}

// Its keys are there only after it was asked for them.
export function ready() {
  const seb = window.SafeExamBrowser && window.SafeExamBrowser.security;
  if (!seb || !seb.updateKeys) return Promise.resolve();
  return new Promise((resolve) => {
    setTimeout(resolve, 3000);
    seb.updateKeys(resolve);
  });
}

export async function ask(method, url, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  const sent = performance.now();
  try {
    const got = await fetch(url, {
      method,
      credentials: "same-origin",
      redirect: "manual",
      cache: "no-store",
      signal: stop.signal,
      headers: { Accept: "application/json", "Content-Type": "application/json", ...proof() },
      body: method === "POST" ? JSON.stringify(body || {}) : undefined,
    });
    const told = await got.json();
    return { status: got.status, told, sent, heard: performance.now() };
  } catch {
    return { status: 0, told: {} };
  } finally {
    clearTimeout(timer);
  }
}

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// How long to wait before the next try: as long as the server asks for, else longer each time; never
// all at the same moment.
export function patience(tries, told = {}, longest = 15000) {
  const asked = Number(told.retry_after) * 1000 || 0;
  const grown = Math.min(1000 * 2 ** Math.min(tries, 6), longest);
  return Math.max(asked, grown) * (0.75 + Math.random() / 2);
}

// Whether trying again later may help.
export const passing = (status) => status === 0 || status === 429 || status >= 500;
