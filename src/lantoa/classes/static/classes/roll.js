// The roll of a meeting. A tick is kept on the phone before it is sent, and sent again until the
// server says that it has it: no network loses nothing, and nothing counts twice (each has a key).
const form = document.querySelector("[data-roll]");
const RETRY_MS = 5000;

const kept = {
  name: form && `lantoa-roll-${form.dataset.roll}`,
  read() {
    try { return JSON.parse(localStorage.getItem(this.name)) || []; } catch { return []; }
  },
  write(marks) {
    if (marks.length) localStorage.setItem(this.name, JSON.stringify(marks));
    else localStorage.removeItem(this.name);
  },
};

const said = form && form.querySelector("[data-roll-state]");
let sending = false;

function tell(words, waits) {
  said.hidden = false;
  said.textContent = words;
  said.toggleAttribute("data-waits", waits);
}

function tellWaiting() {
  tell(said.dataset.waiting.replace("%s", String(kept.read().length)), true);
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function keep(radio) {
  const mark = {
    key: newKey(),
    member: Number(radio.dataset.member),
    standing: radio.value,
    made_ms: Date.now(),
    offline: !navigator.onLine,
  };
  // Only the last word about somebody is still worth sending.
  kept.write([...kept.read().filter((one) => one.member !== mark.member), mark]);
}

function post(marks) {
  return fetch(form.dataset.post, {
    method: "POST",
    credentials: "same-origin",
    redirect: "error",
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value,
    },
    body: JSON.stringify({ marks }),
  });
}

async function send() {
  const marks = kept.read();
  if (sending || !marks.length) return;
  sending = true;
  try {
    const answer = await post(marks);
    const told = await answer.json();
    if (answer.ok) {
      kept.write(kept.read().filter((one) => !told.kept.includes(one.key)));
      document.querySelector("[data-here]").textContent = told.here;
      if (kept.read().length) tellWaiting();
      else tell(said.dataset.saved, false);
    } else {
      tell(`${said.dataset.refused} ${told.error || answer.status}`, true);
    }
  } catch {
    kept.write(kept.read().map((one) => ({ ...one, offline: true })));
    tellWaiting();
  } finally {
    sending = false;
  }
}

function restore() {
  for (const mark of kept.read()) {
    const radio = form.querySelector(`[data-member="${mark.member}"][value="${mark.standing}"]`);
    if (radio) radio.checked = true;
  }
}

function search() {
  const box = form.querySelector("[data-roll-search]");
  const field = box.querySelector("input");
  box.hidden = false;
  field.addEventListener("input", () => {
    const words = fold(field.value).split(" ").filter(Boolean);
    for (const row of form.querySelectorAll("[data-name]")) {
      row.hidden = !words.every((word) => row.dataset.name.includes(word));
    }
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

function fold(text) {
  const plain = text.toLowerCase().replace(/đ/g, "d").normalize("NFD");
  return plain.replace(/[\u0300-\u036f]/g, "").trim();
}

if (form) {
  restore();
  search();
  send();
  form.addEventListener("change", (event) => {
    if (!event.target.dataset.member) return;
    keep(event.target);
    send();
  });
  form.addEventListener("submit", (event) => {
    const sheet = form.querySelector("[name=sheet]");
    if (sheet && sheet.files.length) return;
    event.preventDefault();
    if (kept.read().length) send();
    else tell(said.dataset.saved, false);
  });
  window.addEventListener("online", send);
  setInterval(send, RETRY_MS);
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(form.dataset.worker);
}
