// One tab at a time works on an attempt: the one that was opened last, or where "here" was pressed.
// The others step back, having put what was typed there into the store, and say that they did.

export class Tabs {
  mine = false;
  newest = 0;

  constructor(attempt, { taken, left }) {
    Object.assign(this, { taken, left, name: `lantoa.exam.tab.${attempt}` });
    if ("BroadcastChannel" in window) {
      this.channel = new BroadcastChannel(this.name);
      this.channel.onmessage = (event) => this.hear(event.data);
    } else {
      addEventListener("storage", (event) => {
        if (event.key === this.name && event.newValue) this.hear(JSON.parse(event.newValue));
      });
    }
  }

  say(word) {
    const said = { word, at: this.at };
    if (this.channel) return this.channel.postMessage(said);
    try {
      localStorage.setItem(this.name, JSON.stringify(said));
    } catch {
      // Without storage the server's order of arrival is all there is.
    }
  }

  claim() {
    this.at = Math.max(Date.now(), this.newest + 1) + Math.random();
    this.mine = true;
    this.say("mine");
  }

  async hear({ word, at }) {
    this.newest = Math.max(this.newest, at);
    if (word === "left") {
      if (this.mine) this.left();
    } else if (!this.mine) {
      return;
    } else if (at > this.at) {
      this.mine = false;
      await this.taken();
      this.say("left");
    } else {
      this.say("mine"); // two were opened at once, and the other is the older
    }
  }
}
