// Time left by the server's clock: its time at the last word from it, and how long ago that was by a
// clock that the person cannot set.

export class Clock {
  constructor(now, deadline) {
    this.hear({ now, deadline });
  }

  hear({ now, deadline }) {
    this.now = now;
    this.deadline = deadline;
    this.at = performance.now();
  }

  get left() {
    return Math.max(0, this.deadline - this.now - (performance.now() - this.at));
  }

  // Asks the server; false when it cannot be reached.
  async ask(url) {
    try {
      const got = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } });
      if (!got.ok) return null;
      const answer = await got.json();
      this.hear(answer);
      return answer;
    } catch {
      return null;
    }
  }
}

export function words(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}
