// How fast pictures come, and a simpler picture where a machine cannot keep up.

const SLOW = 0.0195; // s between pictures that is too long
const LOOK = 750; // ms that are looked at before anything is changed

export class Pace {
  constructor() {
    this.times = []; // ms of the last second's pictures
    this.before = 0; // s between pictures before the last simplification
    this.fixed = false; // nothing is to be tried any more
  }

  rest() {
    this.times.length = 0;
  }

  /** One more picture, at `now` ms. Asks the renderer for less where it is too slow, and takes back what did not help. */
  tick(now, renderer) {
    const t = this.times;
    t.push(now);
    while (t.length > 5 && now - t[0] > 1000) t.shift();
    if (this.fixed || now - t[0] < LOOK || t.length < 6) return;
    if (this.before && this.interval > 0.93 * this.before) { // no help: a slow screen, not a slow machine
      renderer.quality?.(renderer.level - 1);
      this.fixed = true;
    } else if (this.interval > SLOW) {
      this.before = this.interval;
      if (!renderer.lower()) this.fixed = true;
      t.length = 0;
    } else this.before = 0;
  }

  /** Seconds between pictures. */
  get interval() {
    const t = this.times;
    return t.length > 4 ? (t[t.length - 1] - t[0]) / 1000 / (t.length - 1) : 1 / 60;
  }
}
