// The one clock: the audio element. Between its own updates the time runs on by performance.now().

const SNAP = 0.045; // s: an error larger than this is a seek or a stall, and is taken over at once
const PULL = 0.25; // share of a smaller error that is taken over at each update
const SETTLE = 250; // ms after a start or seek in which browsers correct themselves: their time is taken as it is
const ALONE = 120; // ms without news after which the media is thought to stand still

/** Reads a media element as a clock without steps. `now` is in milliseconds. */
export class Clock {
  constructor(media) {
    this.media = media;
    this.anchor = 0; // s of the song
    this.since = 0; // ms of performance.now() at the anchor
    this.seen = -1; // last currentTime that was read
    this.started = null; // ms when it began to run; null while it does not
  }

  /** Whether it runs, and evenly. */
  steady(now) {
    return this.started !== null && now - this.started >= SETTLE;
  }

  /** Seconds into the song at the moment `now`. */
  time(now = performance.now()) {
    const media = this.media, read = media.currentTime;
    const runs = !media.paused && !media.ended && !media.seeking && media.readyState >= 2;
    if (!runs) this.started = null;
    else this.started ??= now;
    if (!runs || now - this.started < SETTLE) {
      this.anchor = this.seen = read;
      this.since = now;
      return read;
    }
    const ahead = this.anchor + ((now - this.since) / 1000) * media.playbackRate;
    if (read === this.seen) return now - this.since > ALONE ? read : ahead;
    this.seen = read;
    const error = read - ahead;
    this.anchor = Math.abs(error) > SNAP ? read : ahead + PULL * error;
    this.since = now;
    return this.anchor;
  }
}
