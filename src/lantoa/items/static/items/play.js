// Answering items on a page: `await player(kind)` gives {bind, read, write} for the element that
// holds one rendered item. A kind with behaviour of its own has a module in ./kinds/, fetched only
// when the page has that kind.
//
// bind(section, changed)     makes the item usable; calls changed() when the answer changed
// read(section)              the response as JSON; null, [] or "" when there is none
// write(section, response)   shows a response

function fields(section, selector) {
  return Array.from(section.querySelectorAll(selector));
}

function listen(section, changed) {
  section.addEventListener("change", changed);
  section.addEventListener("input", (event) => {
    if (event.target.matches("textarea, input[type=text]")) changed();
  });
}

const one = {
  bind: listen,
  read(section) {
    const chosen = section.querySelector("input[type=radio]:checked");
    return chosen ? Number(chosen.value) : null;
  },
  write(section, response) {
    for (const field of fields(section, "input[type=radio]")) {
      field.checked = response !== null && Number(field.value) === response;
    }
  },
};

const many = {
  bind: listen,
  read(section) {
    const chosen = fields(section, "input[type=checkbox]:checked").map((field) => Number(field.value));
    return chosen.sort((a, b) => a - b);
  },
  write(section, response) {
    for (const field of fields(section, "input[type=checkbox]")) {
      field.checked = (response || []).includes(Number(field.value));
    }
  },
};

// A list with a place for each part; nothing at all when every place is empty.
function listed(values) {
  return values.some((value) => value !== null) ? values : null;
}

const trueFalse = {
  bind: listen,
  read(section) {
    return listed(fields(section, "[data-part]").map((part) => {
      const chosen = part.querySelector("input:checked");
      return chosen ? chosen.value === "1" : null;
    }));
  },
  write(section, response) {
    fields(section, "[data-part]").forEach((part, place) => {
      const said = response ? response[place] : null;
      for (const field of fields(part, "input[type=radio]")) {
        field.checked = said !== null && (field.value === "1") === said;
      }
    });
  },
};

const matching = {
  bind: listen,
  read(section) {
    return listed(fields(section, "select").map((field) => {
      const chosen = field.value.split(":")[1];
      return chosen ? Number(chosen) : null;
    }));
  },
  write(section, response) {
    fields(section, "select").forEach((field, place) => {
      const said = response ? response[place] : null;
      field.value = `${place}:${said === null ? "" : said}`;
    });
  },
};

const blank = {
  bind: listen,
  read: (section) => section.querySelector("input[type=text], textarea").value.trim(),
  write(section, response) {
    section.querySelector("input[type=text], textarea").value = response || "";
  },
};

const cloze = {
  bind: listen,
  read(section) {
    return listed(fields(section, "[data-gap]").map((field) => {
      const value = field.value.trim();
      if (!value) return null;
      return field.tagName === "SELECT" ? Number(value) : value;
    }));
  },
  write(section, response) {
    fields(section, "[data-gap]").forEach((field, place) => {
      const said = response ? response[place] : null;
      field.value = said === null ? "" : String(said);
    });
  },
};

const PLAIN = {
  single_choice: one, multiple_response: many, true_false: trueFalse, matching, blank, cloze,
};

const OWN = {
  ordering: () => import("./kinds/ordering.js"),
  hotspot: () => import("./kinds/hotspot.js"),
  scenario: () => import("./kinds/scenario.js"),
  essay: () => import("./kinds/essay.js"),
  file_task: () => import("./kinds/file_task.js"),
};

export async function player(kind) {
  if (PLAIN[kind]) return PLAIN[kind];
  if (!OWN[kind]) throw new Error(`no player for items of kind ${kind}`);
  return (await OWN[kind]()).default;
}
