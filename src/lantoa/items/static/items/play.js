// Answering items on a page: `await player(kind)` gives {bind, read, write} for the element that
// holds one rendered item.

const FIELDS = "input, select, textarea";

function fields(section) {
  return Array.from(section.querySelectorAll(FIELDS));
}

const generic = {
  bind(section, changed) {
    section.addEventListener("change", changed);
    section.addEventListener("input", changed);
  },

  read(section) {
    const all = fields(section);
    const chosen = all.filter((field) => field.checked).map((field) => Number(field.value));
    if (all.some((field) => field.type === "checkbox")) return chosen.sort((a, b) => a - b);
    if (all.some((field) => field.type === "radio")) return chosen.length ? chosen[0] : null;
    return all.length ? all[0].value.trim() : null;
  },

  write(section, response) {
    const chosen = Array.isArray(response) ? response : [response];
    for (const field of fields(section)) {
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = chosen.includes(Number(field.value));
      } else {
        field.value = response === null ? "" : response;
      }
    }
  },
};

export async function player() {
  return generic;
}
