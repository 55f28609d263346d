// What was said without network waits on the phone, and is sent again until the server says that it
// has it. Each thing has a key, so that nothing counts twice.
const RETRY_MS = 5000;

export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Queue {
  // `list`: the name of the list in what is sent; `said`: the line that tells how it stands.
  constructor({ name, list, address, token, said, onKept }) {
    Object.assign(this, { name, list, address, token, said, onKept, sending: false });
    window.addEventListener("online", () => this.send());
    setInterval(() => this.send(), RETRY_MS);
    this.send();
  }

  read() {
    try { return JSON.parse(localStorage.getItem(this.name)) || []; } catch { return []; }
  }

  write(rows) {
    if (rows.length) localStorage.setItem(this.name, JSON.stringify(rows));
    else localStorage.removeItem(this.name);
  }

  add(row, replaces = () => false) {
    this.write([...this.read().filter((one) => !replaces(one)), row]);
    return this.send();
  }

  tell(words, waits) {
    this.said.hidden = false;
    this.said.textContent = words;
    this.said.toggleAttribute("data-waits", waits);
  }

  tellWaiting() {
    this.tell(this.said.dataset.waiting.replace("%s", String(this.read().length)), true);
  }

  async send() {
    const rows = this.read();
    if (this.sending || !rows.length) return;
    this.sending = true;
    try {
      const answer = await fetch(this.address, {
        method: "POST",
        credentials: "same-origin",
        redirect: "error",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify({ [this.list]: rows }),
      });
      const told = await answer.json();
      if (!answer.ok) throw new Refused(told.error || answer.status);
      this.write(this.read().filter((one) => !told.kept.includes(one.key)));
      this.onKept(told);
      if (this.read().length) this.tellWaiting();
      else this.tell(this.said.dataset.saved, false);
    } catch (problem) {
      if (problem instanceof Refused) this.tell(`${this.said.dataset.refused} ${problem.message}`, true);
      else this.wait();
    } finally {
      this.sending = false;
    }
  }

  wait() {
    this.write(this.read().map((one) => ("offline" in one ? { ...one, offline: true } : one)));
    this.tellWaiting();
  }
}

class Refused extends Error {}
