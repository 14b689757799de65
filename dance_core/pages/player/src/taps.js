// Taps in the song's time. A pause, or a jump in the song, begins a new series; a short rest hands the series on.
const PAUSE = 4; // s of the song
const REST = 900; // ms, or a beat and a half
const SLIP = 0.08; // s within which a second tap is the first one's bounce

export class Taps {
  static LEAST = 4;

  /** `counted(number, bpm)` at each tap; `rest(times, first)` when the hand rests, `first` once in a series. */
  constructor({ counted, rest }) {
    Object.assign(this, { counted, rest, times: [], told: false, timer: 0 });
  }

  get count() {
    return this.times.length;
  }

  /** A tap at `time` s of the song. */
  tap(time) {
    const last = this.times.at(-1);
    if (last !== undefined && time > last - SLIP && time < last + SLIP) return;
    if (last === undefined || time < last || time > last + PAUSE) this.stop();
    this.times.push(Math.round(time * 1000) / 1000);
    this.counted(this.count, this.bpm);
    clearTimeout(this.timer);
    if (this.count >= Taps.LEAST) this.timer = setTimeout(() => this._hand(), Math.max(REST, 90000 / this.bpm));
  }

  /** Taps a minute of the song. */
  get bpm() {
    const gaps = this.times.slice(1).map((t, i) => t - this.times[i]).sort((a, b) => a - b);
    return gaps.length ? 60 / gaps[gaps.length >> 1] : 0;
  }

  stop() {
    clearTimeout(this.timer);
    this.times = [];
    this.told = false;
  }

  _hand() {
    this.rest([...this.times], !this.told);
    this.told = true;
  }
}
