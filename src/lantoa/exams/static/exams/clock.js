// The server's time: its word, and how long ago that was by a clock that the person cannot set.

export class Clock {
  deadline = null;
  paused = null;

  // `sent` and `heard`: when the request left and its answer came, by performance.now().
  hear({ now, deadline = this.deadline, paused = null }, { sent, heard }) {
    const way = heard - sent;
    // A slow answer doesn't make a good clock worse, but an old one isn't kept for ever.
    if (this.way === undefined || way <= this.way * 2 || heard - this.at > 60000) {
      this.offset = now - (sent + heard) / 2;
      this.way = way;
      this.at = heard;
    }
    this.deadline = deadline;
    this.paused = paused;
  }

  get now() {
    return Math.round(performance.now() + this.offset);
  }

  // Of the time for working; it stands while the sitting is paused.
  get left() {
    if (this.deadline === null) return Infinity;
    return Math.max(0, this.deadline - (this.paused === null ? this.now : this.paused));
  }
}
