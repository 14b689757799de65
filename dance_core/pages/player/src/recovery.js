// What to do when the browser loses the music: from where it is fetched anew, and when to give up and say so.

const BACK = [0.5, 2, Infinity]; // s before the place that was lost, the first, second and third time; the last is the beginning
const WAIT = [0, 1000, 3000]; // ms before it is fetched
const PAST = 0.25; // s: when so much behind that place was played, it is forgotten

/** Counts the losses of one file. */
export class Recovery {
  constructor() {
    this.loaded = false; // it could be played once
    this.losses = 0; // since somebody asked for a place, or the place that was lost was passed
    this.place = Infinity; // s: the furthest that was lost
  }

  /** The music was lost at `place` (s): {place, wait} to fetch it anew with, or null to say so instead. */
  lost(place) {
    if (!this.loaded || this.losses >= BACK.length) return null;
    this.place = this.losses ? Math.max(this.place, place) : place;
    const k = this.losses++;
    return { place: Math.max(0, place - BACK[k]), wait: WAIT[k] };
  }

  /** Somebody asked for a place. */
  asked() {
    this.losses = 0;
  }

  /** The music plays at `time` (s). */
  plays(time) {
    if (time > this.place + PAST) this.losses = 0;
  }
}
