// Size of the text and contrast, as the reader likes them; kept on the device.

const KEY = "lantoa.exam.display";

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) || {};
  } catch {
    return {};
  }
}

function show(chosen) {
  for (const name of ["text", "contrast"]) {
    const value = chosen[name] || "";
    document.body.setAttribute(`data-${name}`, value);
    for (const button of document.querySelectorAll(`[data-choose-${name}]`)) {
      button.setAttribute("aria-pressed", String(button.getAttribute(`data-choose-${name}`) === value));
    }
  }
}

export function setUpDisplay() {
  let chosen = read();
  show(chosen);
  document.addEventListener("click", (event) => {
    for (const name of ["text", "contrast"]) {
      const button = event.target.closest(`[data-choose-${name}]`);
      if (!button) continue;
      chosen = { ...chosen, [name]: button.getAttribute(`data-choose-${name}`) };
      show(chosen);
      try {
        localStorage.setItem(KEY, JSON.stringify(chosen));
      } catch {
        // For this page only, then.
      }
    }
  });
}
