// Essay: counts words while they are written.

const NEAR_THE_END = 500;

function count(section) {
  const at = section.matches("[data-item]") ? section : section.querySelector("[data-item]");
  const text = section.querySelector("textarea");
  const words = text.value.trim() ? text.value.trim().split(/\s+/).length : 0;
  const left = text.maxLength - text.value.length;
  const near = left < NEAR_THE_END ? ` · ${at.dataset.signs.replace("{n}", String(left))}` : "";
  section.querySelector("[data-count]").textContent = at.dataset.words.replace("{n}", String(words)) + near;
}

export default {
  bind(section, changed) {
    section.querySelector("textarea").addEventListener("input", () => { count(section); changed(); });
    count(section);
  },
  read(section) {
    const { value } = section.querySelector("textarea");
    return value.trim() ? value : "";
  },
  write(section, response) {
    section.querySelector("textarea").value = response || "";
    count(section);
  },
};
