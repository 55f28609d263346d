// Files of file tasks: sent when chosen; the answer names what has arrived.

import { say } from "./words.js";

function send(attempt, slot, file) {
  const body = new FormData();
  body.append("file", file);
  return fetch(`/exams/attempts/${attempt}/upload/${slot}/`, {
    method: "POST",
    credentials: "same-origin",
    redirect: "manual",
    headers: { Accept: "application/json", "X-Lantoa": "sit" },
    body,
  });
}

export function takeFiles(box, attempt) {
  box.addEventListener("lt:upload", async (event) => {
    event.preventDefault();
    const { file, done, failed } = event.detail;
    const { slot } = event.target.closest("[data-slot]").dataset;
    try {
      const got = await send(attempt, slot, file);
      const told = got.status === 413 ? { sentence: say("fileTooLarge") } : await got.json();
      if (got.ok) done(told);
      else failed(told.sentence);
    } catch {
      failed(say("fileOffline"));
    }
  });
}
