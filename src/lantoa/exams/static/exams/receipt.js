// After submission: the receipt, kept and to be taken along, and the result when it is out.

import { at, facts, isShown, show, write } from "./screen.js";
import { ask } from "./server.js";
import { moment, number, say } from "./words.js";

export class Receipt {
  constructor({ base, about, store }) {
    Object.assign(this, { base, about, store });
    at("[data-receipt-save]").addEventListener("click", () => this.save());
    at("[data-receipt-print]").addEventListener("click", () => window.print());
    at("[data-result-again]").addEventListener("click", () => this.again());
  }

  show(told) {
    this.told = told;
    this.store.note("receipt", told).catch(() => {});
    facts("[data-receipt]", this.pairs());
    write("[data-head]", told.head);
    this.drawResult(told.result);
    const own = this.about.entry === "account";
    write("[data-later]", own ? say("laterAccount") : say("laterCode", { at: moment(this.about.closes + 86400000) }));
    at("[data-own-result]").hidden = !own;
    at("[data-own-result]").href = `/exams/attempts/${told.attempt}/result/`;
    show("submitted");
  }

  pairs() {
    const { told, about } = this;
    return [
      ["exam", about.title],
      ["candidate", about.candidate],
      ["candidateNumber", about.number],
      ["submittedAt", moment(told.at, { seconds: true })],
      ["submittedHow", say(`cause_${told.cause}`)],
      ["savesCount", number(told.saves)],
      ["attemptCode", told.attempt],
    ];
  }

  drawResult(result) {
    const heading = !result ? say("submittedHeading")
      : say(result.passed ? "passed" : "failed", { score: "score" in result ? ` ${result.score}%` : "" });
    write("[data-submitted-heading]", heading);
    write("[data-result-words]", this.words(result));
    at("[data-result-again]").hidden = Boolean(result);
    for (const name of ["parts", "topics"]) drawTallies(name, (result && result[name]) || []);
  }

  words(result) {
    if (!result) return say(this.about.release === "council" ? "resultCouncil" : "resultLater");
    if (!("points" in result)) return say("resultNoScore");
    return say("resultPoints", { points: number(result.points), possible: number(result.points_possible) });
  }

  async again() {
    const { status, told } = await ask("GET", `${this.base}result`);
    if (status === 200) this.drawResult(told.result);
    if (status !== 200 || !told.result) write("[data-result-words]", status ? this.words(null) : say("resultOffline"));
  }

  // What came after the end and is kept apart: said here too.
  note(text) {
    const box = write("[data-receipt-note]", text);
    box.hidden = !text;
  }

  save() {
    const lines = [say("receiptTitle"), ""];
    for (const [name, value] of this.pairs()) if (value) lines.push(`${say(name)}: ${value}`);
    lines.push(`${say("receiptCode")}: ${this.told.head}`);
    const link = document.createElement("a");
    // With a mark for old editors, which would take it for something else than UTF-8.
    link.href = URL.createObjectURL(new Blob([`\uFEFF${lines.join("\r\n")}\r\n`], { type: "text/plain" }));
    link.download = `${say("receiptFile")}-${this.about.number || this.told.attempt.slice(0, 8)}.txt`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  get isShown() {
    return isShown("submitted");
  }
}

function drawTallies(name, tallies) {
  const section = at(`[data-tallies="${name}"]`);
  section.hidden = tallies.length < 2;
  const box = section.querySelector("ul");
  box.textContent = "";
  for (const { title, points, possible } of tallies) {
    const row = document.createElement("li");
    row.textContent = say("tally", { title: title || say("common"), points: number(points), possible: number(possible) });
    box.append(row);
  }
}
