// Checking in where the network doesn't reach: the code and the moment wait on the phone, and go out
// by themselves. Without script the form is sent as it is.
import { Queue } from "./queue.js";

const form = document.querySelector("[data-here-form]");
const field = form && form.querySelector("[name=code]");

class Single extends Queue {
  // One thing at a time, in the form's own words; what the server answers is a page to go to.
  async send() {
    const [kept] = this.read();
    if (this.sending || !kept) return;
    this.sending = true;
    try {
      const body = new FormData(form);
      body.set("code", kept.code);
      body.set("scanned_ms", String(kept.scanned_ms));
      // Not followed here, or what it says would be read by nobody.
      const answer = await fetch(this.address, { method: "POST", body, redirect: "manual" });
      this.write([]);
      if (answer.type === "opaqueredirect") window.location.assign(form.dataset.done);
      else this.refused(kept.code);
    } catch {
      this.tellWaiting();
    } finally {
      this.sending = false;
    }
  }

  // Sent as it would be without script, so that the page says what is wrong.
  refused(code) {
    field.value = code;
    form.submit();
  }
}

function start() {
  if (!field.value) field.value = new URLSearchParams(window.location.search).get("c") || "";
  const queue = new Single({
    name: `lantoa-here-${form.dataset.hereForm}`,
    list: "codes",
    address: window.location.pathname,
    token: "",
    said: form.querySelector("[data-here-state]"),
    onKept: () => {},
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    queue.write([{ code: field.value, scanned_ms: Date.now() }]);
    queue.send();
  });
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(form.dataset.worker);
}

if (form) start();
