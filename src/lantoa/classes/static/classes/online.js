// A member's page of a meeting online: counts down to the door, and once a minute says that it is
// still open. What the server doesn't hear doesn't count; time is its own.
const PULSE_MS = 60000;
const WAIT_MS = 15000;
const door = document.querySelector("[data-door]");

function clock(seconds) {
  const two = (n) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return `${hours ? `${hours}:` : ""}${two(minutes)}:${two(seconds % 60)}`;
}

// By the server's clock: the phone's may be off.
function countDown() {
  const line = door.querySelector("[data-count]");
  const until = Number(door.dataset.until || door.dataset.begins);
  if (!line || !until) return;
  const ahead = Number(door.dataset.now) * 1000 - Date.now();
  const tick = () => {
    const left = Math.ceil(until - (Date.now() + ahead) / 1000);
    line.hidden = left <= 0;
    line.textContent = line.dataset.words.replace("%s", clock(Math.max(left, 0)));
    if (left <= 0) {
      clearInterval(timer);
      if (door.dataset.until) setTimeout(() => window.location.reload(), 1000 * Math.random());
    }
  };
  const timer = setInterval(tick, 1000);
  tick();
}

// Who listens touches nothing for hours: this site's other tabs must not lock the session meanwhile
// (idle.js). Where this page locks too, for administrators, nothing is held open.
function listens() {
  if (document.body.dataset.idleSeconds) return;
  try {
    localStorage.setItem("lantoa.touched", String(Date.now()));
  } catch {
    // Private windows may refuse storage; other tabs then count alone.
  }
}

function pulsing() {
  const said = door.querySelector("[data-said]");
  const form = door.querySelector("[data-go]");
  if (!form) return;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  let over = false;
  const tell = (words, waits) => {
    said.hidden = !words;
    said.textContent = words;
    said.toggleAttribute("data-waits", waits);
  };
  const pulse = async () => {
    if (over) return;
    try {
      const answer = await fetch(door.dataset.pulse, {
        method: "POST",
        credentials: "same-origin",
        redirect: "error",
        headers: { "X-CSRFToken": token },
      });
      const told = await answer.json();
      if (answer.ok) {
        if (told.in) listens();
        return tell(told.said, false);
      }
      if (answer.status === 429) return;
      over = true;
      tell(told.error, true);
    } catch {
      if (!said.hidden) tell(said.dataset.waiting, true);
    }
  };
  pulse();
  setInterval(pulse, PULSE_MS);
  // A tab that slept says so as soon as it wakes; the time between is lost, and only that.
  document.addEventListener("visibilitychange", () => { if (!document.hidden) pulse(); });
  window.addEventListener("online", pulse);
  form.addEventListener("submit", () => setTimeout(pulse, 3000));
}

if (door) {
  countDown();
  if (door.querySelector("[data-wait]")) setTimeout(() => window.location.reload(), WAIT_MS);
  if (door.dataset.pulse) pulsing();
}
