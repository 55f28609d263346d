// File task: the page sends the file. It hears "lt:upload" with {file, done, failed}, answers by
// preventDefault() that it will, and calls done({upload, name, size}) or failed(words).

const MIB = 1024 * 1024;

function root(section) {
  return section.matches("[data-item]") ? section : section.querySelector("[data-item]");
}

function told(section, words) {
  section.querySelector("[data-told]").textContent = words;
}

function hidden(section) {
  return section.querySelector("input[type=hidden]");
}

function sized(octets) {
  const number = octets < MIB ? octets / 1024 : octets / MIB;
  const shown = number.toLocaleString(document.documentElement.lang || "vi", { maximumFractionDigits: 1 });
  return `${shown} ${octets < MIB ? "KB" : "MB"}`;
}

function show(section) {
  const said = read(section);
  told(section, said
    ? root(section).dataset.sent.replace("{name}", said.name).replace("{size}", sized(said.size))
    : "");
}

function read(section) {
  const { value } = hidden(section);
  return value ? JSON.parse(value) : null;
}

function send(section, field, changed) {
  const file = field.files[0];
  if (!file) return;
  const { dataset } = root(section);
  const done = ({ upload, name, size }) => {
    hidden(section).value = JSON.stringify({ upload, name, size });
    field.value = "";
    show(section);
    changed();
  };
  const failed = (words) => {
    field.value = "";
    told(section, words || dataset.failed);
  };
  const asked = new CustomEvent("lt:upload", { detail: { file, done, failed }, bubbles: true, cancelable: true });
  told(section, dataset.sending.replace("{name}", file.name));
  if (section.dispatchEvent(asked) && !section.closest("[data-uploads]")) told(section, dataset.nobody);
}

export default {
  bind(section, changed) {
    const field = section.querySelector("[data-file]");
    section.querySelector("[data-needs-script]").hidden = true;
    field.addEventListener("change", (event) => {
      event.stopPropagation(); // the answer changes only when the file has arrived
      send(section, field, changed);
    });
    show(section);
  },
  read,
  write(section, response) {
    hidden(section).value = response ? JSON.stringify(response) : "";
    show(section);
  },
};
