// The one clock: the audio element. Between its own updates the time runs on by performance.now().

const SNAP = 0.045; // s: an error larger than this is a seek or a stall, and is taken over at once
const PULL = 0.25; // share of a smaller error that is taken over at each update

/** Reads a media element as a clock without steps. `now` is in milliseconds. */
export class Clock {
  constructor(media) {
    this.media = media;
    this.anchor = 0; // s of the song
    this.since = 0; // ms of performance.now() at the anchor
    this.seen = -1; // last currentTime that was read
    this.running = false;
    this.moved = false; // whether it has been seen to move since it was started: sound comes a little later
  }

  /** Seconds into the song at the moment `now`. */
  time(now = performance.now()) {
    const media = this.media, read = media.currentTime;
    const runs = !media.paused && !media.ended && !media.seeking && media.readyState >= 2;
    if (!runs || !this.running) {
      this._set(read, now);
      this.running = runs;
      this.moved = false;
      return read;
    }
    const ahead = this.anchor + ((now - this.since) / 1000) * media.playbackRate;
    if (read === this.seen) {
      if (!this.moved) {
        this.since = now;
        return read;
      }
      // no news: run on, but not for ever (a stalled download does not always fire an event)
      return now - this.since > 300 ? read : ahead;
    }
    this.seen = read;
    const error = read - ahead;
    this.anchor = !this.moved || Math.abs(error) > SNAP ? read : ahead + PULL * error;
    this.moved = true;
    this.since = now;
    return this.anchor;
  }

  _set(read, now) {
    this.anchor = this.seen = read;
    this.since = now;
  }
}
