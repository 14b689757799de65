// The one clock: the audio element, without its steps. Some browsers tell the time of the music as it is at the
// moment of asking; others (Firefox) only note it every 40 ms, so that what they tell is 0 to 40 ms old. Which kind it
// is shows in the readings; the moment of a note lies between the two askings before and after it.

const SNAP = 0.045; // s of real time: an error larger than this is a seek or a stall, and is taken over at once
const PULL = 0.25; // share of a smaller error that is taken over at each news
const SETTLE = 250; // ms after a start or seek in which browsers correct themselves: only the last news count
const ALONE = 120; // ms without news after which the media is thought to stand still
const KEPT = 1000; // ms of news from whose middle the time is told
const RAGGED = 6; // ms by which the music and the time between two askings differ where the browser notes it in steps
const ASKED = 40; // askings that are remembered to tell the kinds apart

/** Reads a media element as a clock without steps. `now` is in milliseconds of performance.now(). */
export class Clock {
  constructor(media) {
    this.media = media;
    this.anchor = 0; // s of the song
    this.since = 0; // ms at the anchor
    this.seen = -1; // last currentTime that was read
    this.changed = 0; // ms when it was first seen
    this.asked = 0; // ms of the last asking
    this.rate = 1;
    this.started = null; // ms when it began to run; null while it does not
    this.moved = false; // there was news since then
    this.ragged = []; // of the last askings: whether music and time differed
    this.steps = []; // ms of music between the last news
    this.news = []; // [ms, s]: the song's time less the time that ran
  }

  /** Whether it runs, and evenly. */
  steady(now) {
    return this.started !== null && now - this.started >= SETTLE;
  }

  /** Whether the browser notes the time in steps. */
  get stepping() {
    const { ragged } = this;
    return ragged.length > 8 && ragged.filter(Boolean).length > ragged.length / 3;
  }

  /** Seconds into the song at the moment `now`; asked once for each picture. */
  time(now = performance.now()) {
    const read = this.media.currentTime;
    if (!this._runs(now)) {
      this.anchor = this.seen = read;
      this.since = this.changed = this.asked = now;
      return read;
    }
    const rate = this.rate / 1000, age = this._listen(read, now); // ms
    if (age === null) {
      if (now - this.changed > ALONE || !this.moved) {
        this.anchor = read;
        this.since = now;
      }
      return this.anchor + (now - this.since) * rate;
    }
    const ahead = this.anchor + (now - this.since) * rate, fresh = read + age * rate;
    this.since = now;
    if (!this.steady(now) || Math.abs(fresh - ahead) > SNAP * this.rate) this.news.length = 0;
    this.news.push([now, fresh - now * rate]);
    while (now - this.news[0][0] > KEPT) this.news.shift();
    const middle = quantile(this.news.map((n) => n[1]), 0.5) + now * rate;
    return (this.anchor = this.news.length < 3 ? middle : ahead + PULL * (middle - ahead));
  }

  /** The same without asking the media for news: for those who watch the clock. */
  peek(now = performance.now()) {
    const { media } = this;
    if (this.started === null || media.paused || media.seeking) return media.currentTime;
    return this.anchor + ((now - this.since) / 1000) * this.rate;
  }

  /** Whether the media runs; all that was learned about its place is forgotten when it stops or runs at another rate. */
  _runs(now) {
    const { media } = this;
    const runs = !media.paused && !media.ended && !media.seeking && media.readyState >= 2;
    if (!runs || media.playbackRate !== this.rate) {
      this.rate = media.playbackRate;
      this.started = null;
    }
    if (!runs) return false;
    if (this.started === null) {
      this.started = now;
      this.moved = false;
      this.news.length = 0;
    }
    return true;
  }

  /** null where there is no news; otherwise how old the reading is, as far as one knows, ms. */
  _listen(read, now) {
    const gap = now - this.asked, moved = ((read - this.seen) * 1000) / this.rate;
    this.asked = now;
    if (this.moved && gap > 3) keep(this.ragged, Math.abs(moved - gap) > RAGGED, ASKED);
    if (read === this.seen) return null;
    if (this.moved && moved > 0) keep(this.steps, moved, ASKED);
    this.seen = read;
    this.changed = now;
    this.moved = true;
    return this.stepping ? Math.min(gap, quantile(this.steps, 0.25)) / 2 : 0;
  }
}

function keep(list, item, most) {
  list.push(item);
  if (list.length > most) list.shift();
}

/** The value below which a `share` of them lies; infinite where there are none. */
function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b), at = share * (sorted.length - 1), low = Math.floor(at);
  return sorted.length ? sorted[low] + (at - low) * (sorted[Math.ceil(at)] - sorted[low]) : Infinity;
}
