// The page's sentences, in the reader's language: say("waiting", { n: 2 }).

const words = JSON.parse(document.getElementById("words").textContent);
const locale = document.documentElement.lang || "vi";

export function say(name, values = {}) {
  const found = words[name];
  const text = (Array.isArray(found) ? found[values.n === 1 ? 0 : 1] : found) || "";
  return text.replace(/%\((\w+)\)s/g, (whole, key) => (key in values ? values[key] : whole));
}

export function number(value) {
  return value.toLocaleString(locale);
}

const two = (value) => String(value).padStart(2, "0");

// 47:12, or 1:02:03.
export function span(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

// In Vietnam's time, wherever the device is: "08:00 ngày 06/05/2026".
export function moment(milliseconds, { seconds = false } = {}) {
  const at = new Date(milliseconds + 7 * 3600 * 1000);
  const time = [at.getUTCHours(), at.getUTCMinutes(), ...(seconds ? [at.getUTCSeconds()] : [])];
  return say("moment", {
    time: time.map(two).join(":"),
    day: `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`,
  });
}

// "câu 3, câu 5 và 12 câu nữa"
export function named(slots) {
  const shown = slots.slice(0, 12).map((slot) => slot + 1).join(", ");
  const more = slots.length - 12;
  return more > 0 ? say("andMore", { shown, n: more }) : shown;
}
