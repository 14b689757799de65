// How fast pictures come, and which rung of the ladder the machine can hold. Only what was measured counts, never what
// a browser says of itself: down where pictures come too slowly and drawing is a good part of the reason, back where
// that did not help, up again only after a calm while, and ever more rarely where that went wrong.

const WINDOW = 1000; // ms of pictures that are looked at
const LOOK = 750; // ms at least before anything is changed
const FEW = 6; // pictures at least; where they come very slowly the window is longer
const FRESH = 400; // ms after a change that are not judged: meshes are built, code is warmed up
const OURS = 0.2; // share of the time between pictures that drawing must take for a cheaper rung to be of use
const MOSTLY = 0.5; // the same before the look is changed
const HELP = 0.93; // a change helped if the time between pictures is below this share of what it was
const DEAR = 25; // ms for one picture at a pixel a CSS pixel: no machine with a graphics card needs that
const CALM = 0.0185; // s between pictures where a better one may be tried
const ROOM = 8; // ms that a picture of the better rung may take
const PATIENCE = 5000; // ms of calm before that; twice as long after each time that it did not hold
const HELD = 10_000; // ms after which a better rung is thought to hold
const TRIES = 3; // failures after which a rung is not tried again
const STUTTER = 3000; // ms for which the body must have stuttered before the skeleton comes

export class Pace {
  /**
   * @param rungs of ladder.js
   * @param at the rung to begin with
   * @param allowed(rung) whether it may be used at all
   */
  constructor(rungs, at, allowed = () => true) {
    this.rungs = rungs;
    this.at = at;
    this.allowed = allowed;
    this.pictures = []; // {now ms, cost ms} of the last second
    this.failed = rungs.map(() => 0); // how often each did not hold, or did not help
    this.trial = null; // {from, before: s between pictures} of a step down that has to prove itself
    this.risen = null; // ms of the last step up
    this.calm = null; // ms since when it is calm
    this.slow = null; // ms since when it stutters
    this.since = -Infinity; // ms of the last change
    this.returns = 0; // how often the body was shown again after it had been given up
  }

  get rung() {
    return this.rungs[this.at];
  }

  /** Pictures are not drawn evenly now: nothing is learned from them. */
  rest() {
    this.pictures.length = 0;
    this.calm = this.slow = null;
  }

  /** Seconds between pictures, the longest pause left out. */
  get interval() {
    const p = this.pictures;
    if (p.length < 5) return 1 / 60;
    let longest = 0;
    for (let i = 1; i < p.length; i++) longest = Math.max(longest, p[i].now - p[i - 1].now);
    return (p.at(-1).now - p[0].now - longest) / (p.length - 2) / 1000;
  }

  /** ms that drawing one picture takes; 0 where nobody knows. */
  get cost() {
    const known = this.pictures.map((p) => p.cost).filter((c) => c > 0).sort((a, b) => a - b);
    return known.length ? known[known.length >> 1] : 0;
  }

  /** Whether a picture that took `cost` ms was worked out by the processor: then the canvas is cheaper. */
  dear(cost) {
    return this.rung.renderer === "webgl" && cost > DEAR * this.rung.pixels;
  }

  /** Whether something is about to change, so that the cost of the pictures is worth knowing. */
  get doubts() {
    if (this.pictures.length < 5) return false;
    return this.interval > this.rung.limit || (this.calm !== null && this.pictures.at(-1).now - this.calm > this._patience() - WINDOW);
  }

  /** One more picture, at `now` ms; the last one took `cost` ms if that is known. True if the rung changed. */
  tick(now, cost) {
    const p = this.pictures;
    p.push({ now, cost });
    while (p.length > FEW && now - p[0].now > WINDOW) p.shift();
    if (now - this.since < FRESH) p.length = 0;
    if (p.length < FEW || now - p[0].now < LOOK) return false;
    const { interval, cost: each } = this, share = each / 1000 / interval;
    if (this.trial) return this._judge(interval);
    this._moods(now, interval);
    if (interval > this.rung.limit && share > OURS) return this._down(now, interval, each, share);
    if (this.calm === null || now - this.calm < this._patience()) return false;
    this.calm = now;
    return this._up(now, each);
  }

  _moods(now, interval) {
    this.calm = interval > CALM ? null : this.calm ?? now;
    this.slow = interval < this.rung.limit ? null : this.slow ?? now;
    if (this.risen !== null && now - this.risen > HELD) this.risen = null;
  }

  /** A step down that did not help is taken back. */
  _judge(interval) {
    const { from, before } = this.trial, { renderer } = this.rung;
    this.trial = null;
    if (interval <= HELP * before) return false;
    const other = renderer !== this.rungs[from].renderer; // then nothing of that renderer is of use
    this.rungs.forEach((r, i) => { if (i === this.at || (other && r.renderer === renderer)) this.failed[i] = TRIES; });
    return this._go(from);
  }

  _down(now, interval, each, share) {
    const { at, rungs } = this, below = (renderer) => rungs.findIndex((r, i) => i > at && this._usable(i) && r.renderer.includes(renderer));
    const jump = this.dear(each) ? below("canvas") : -1, next = jump < 0 ? below("") : jump;
    if (next < 0) return false;
    const poorer = rungs[next].look !== this.rung.look;
    if (poorer && (share < MOSTLY || now - this.slow < STUTTER)) return false;
    if (this.risen !== null) { // what was tried does not hold
      this.failed[at]++;
      this.risen = null;
    } else this.trial = { from: at, before: interval };
    return this._go(next, now);
  }

  /** A finer picture of the same kind; looks and renderers are never changed for the better while it plays. */
  _up(now, each) {
    const next = this._better(), { rung, rungs } = this;
    if (next < 0 || rungs[next].renderer !== rung.renderer || rungs[next].look !== rung.look) return false;
    if (!each || (each * rungs[next].work) / rung.work > ROOM) return false;
    this.risen = now;
    return this._go(next, now);
  }

  /** Takes this rung, for a reason of its own. */
  turn(rung) {
    this.trial = this.risen = null;
    if (rung !== this.at) this._go(rung);
  }

  /** A new dance: the moment to show the body again, where it was given up and the machine may be less busy. */
  begin(now) {
    const next = this.rungs.findLastIndex((r, i) => i < this.at && r.look !== this.rung.look && this._usable(i));
    if (!this.rung.look || next < 0 || this.returns === TRIES) return false;
    this.returns++;
    return this._go(next, now);
  }

  _patience() {
    const next = this._better();
    return next < 0 ? Infinity : PATIENCE * 2 ** this.failed[next];
  }

  _better() {
    return this.rungs.findLastIndex((_, i) => i < this.at && this._usable(i));
  }

  _usable(i) {
    return this.failed[i] < TRIES && this.allowed(this.rungs[i]);
  }

  _go(rung, now = this.pictures.at(-1)?.now ?? 0) {
    this.at = rung;
    this.since = now;
    this.rest();
    return true;
  }
}
