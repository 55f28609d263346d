// The attempts of this device: where to go on when the page was closed. No names and no tokens: a
// hall's machine is used by others afterwards.

const KEY = "lantoa.exam.here";
const DAY = 24 * 3600 * 1000;

export function remembered() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY)) || [];
    return kept.filter((one) => Date.now() - one.at < DAY);
  } catch {
    return [];
  }
}

function write(list) {
  try {
    localStorage.setItem(KEY, JSON.stringify(list.slice(0, 5)));
  } catch {
    // A comfort only: the code opens the attempt again.
  }
}

export function remember({ attempt, number, title }) {
  write([{ attempt, number, title, at: Date.now() }, ...remembered().filter((one) => one.attempt !== attempt)]);
}

export function forget(attempt) {
  write(remembered().filter((one) => one.attempt !== attempt));
}
