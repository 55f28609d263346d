// Scenario: each part is an item of its own kind within the situation.

import { player } from "../play.js";

const players = new WeakMap(); // part -> its player

function parts(section) {
  return Array.from(section.querySelectorAll("[data-part][data-kind]"));
}

// Parts whose player has not come yet keep what was written, and are written then.
const waiting = new WeakMap();

function isEmpty(response) {
  return response === null || response === undefined || response.length === 0;
}

export default {
  async bind(section, changed) {
    for (const part of parts(section)) {
      const found = await player(part.dataset.kind);
      players.set(part, found);
      await found.bind(part, changed);
      if (waiting.has(part)) found.write(part, waiting.get(part));
      waiting.delete(part);
    }
  },
  read(section) {
    const said = parts(section).map((part) => {
      const found = players.get(part);
      const response = found ? found.read(part) : waiting.get(part);
      return isEmpty(response) ? null : response;
    });
    return said.some((each) => each !== null) ? said : null;
  },
  write(section, response) {
    parts(section).forEach((part, place) => {
      const said = response ? response[place] : null;
      const found = players.get(part);
      if (found) found.write(part, said);
      else waiting.set(part, said);
    });
  },
};
