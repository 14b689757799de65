// Two strips under the stage: the whole song, and about ten seconds around the playhead.

import { make } from "./dom.js";

const WINDOW = 10; // s
const EDGE = 0.88; // when the playhead has come so far, the window moves on
// drawn rarely and looked at long: without a graphics card this is the faster kind, with one it costs nothing
const PLAIN = { willReadFrequently: true };
const LEAD = 0.06; // to here

/**
 * Draws the strips and turns clicks into seeks. `model` is the player. The strips are drawn only when
 * something in them changes; the playheads are elements of their own that slide over them.
 */
export class Timeline {
  constructor(onSeek) {
    this.zoom = strip("dp-zoom");
    this.overview = strip("dp-overview");
    this.frame = make("div", { class: "dp-frame" });
    this.overview.element.append(this.frame);
    this.start = 0; // s, left edge of the window
    this.held = false;
    this.onSeek = onSeek;
    this.keys = ["", ""];
    this._listen(this.zoom, (x, w) => this.start + (x / w) * this.span);
    this._listen(this.overview, (x, w) => (x / w) * this.duration);
    this.duration = 1;
    this.span = WINDOW;
  }

  resize() {
    for (const strip of [this.zoom, this.overview]) {
      const box = strip.canvas.getBoundingClientRect(), ratio = Math.min(window.devicePixelRatio || 1, 3);
      strip.width = box.width;
      strip.height = box.height;
      strip.ratio = ratio;
      strip.canvas.width = Math.max(1, Math.round(box.width * ratio));
      strip.canvas.height = Math.max(1, Math.round(box.height * ratio));
    }
    this.keys = ["", ""];
  }

  _listen(strip, timeAt) {
    let dragging = false;
    const seek = (e) => {
      const box = strip.canvas.getBoundingClientRect();
      this.onSeek(timeAt(Math.min(Math.max(e.clientX - box.left, 0), box.width), box.width));
    };
    strip.canvas.addEventListener("pointerdown", (e) => {
      if (e.button > 0) return;
      dragging = this.held = true; // the window stands still under the finger
      strip.canvas.setPointerCapture(e.pointerId);
      seek(e);
    });
    strip.canvas.addEventListener("pointermove", (e) => { if (dragging) seek(e); });
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) {
      strip.canvas.addEventListener(name, () => { dragging = this.held = false; });
    }
  }

  draw(model, theme) {
    if (!this.zoom.width) return;
    this.duration = Math.max(model.duration, 0.1);
    this.span = Math.min(WINDOW, Math.max(this.duration, 3));
    this._move(model);
    const w = this.zoom.width;
    slide(this.zoom.head, ((model.time - this.start) / this.span) * w, w);
    slide(this.overview.head, (model.time / this.duration) * w, w);
    slide(this.frame, (this.start / this.duration) * w, w);
    this.frame.style.width = `${(this.span / this.duration) * w}px`;
    this.frame.hidden = this.span >= this.duration;
    const common = [theme.name, model.version, w, this.zoom.ratio, model.made.toFixed(2), String(model.loop)].join();
    const keys = [`${common} ${this.start.toFixed(3)} ${this.span}`, `${common} ${this.duration}`];
    if (keys[0] !== this.keys[0]) this._drawZoom(model, theme);
    if (keys[1] !== this.keys[1]) this._drawOverview(model, theme);
    this.keys = keys;
  }

  /** Turns the page when the playhead nears its end, or has left it by a seek. */
  _move(model) {
    const last = Math.max(0, this.duration - this.span), place = (model.time - this.start) / this.span;
    if (!this.held && (place > EDGE || place < 0) && !(place > 0 && this.start >= last)) this.start = model.time - LEAD * this.span;
    this.start = Math.max(0, Math.min(this.start, last));
  }

  _drawZoom(model, theme) {
    const { c, width: w, height: h, ratio } = this.zoom, from = this.start, to = from + this.span;
    const x = (t) => ((t - from) / this.span) * w;
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.clearRect(0, 0, w, h);
    const top = 15, low = h - 14, middle = (top + low) / 2; // numbers above, motion beats below
    this._segments(c, model, theme, x, from, to, h);
    if (model.loop) {
      c.fillStyle = theme.loop;
      c.fillRect(x(model.loop[0]), 0, x(model.loop[1]) - x(model.loop[0]), h);
    }
    wave(c, model, theme, w, from, to, middle, (low - top) / 2 - 3);
    this._beats(c, model, theme, x, from, to, top, low, h);
    this._seams(c, model, theme, x, from, to, h);
  }

  _segments(c, model, theme, x, from, to, h) {
    model.segments.forEach((s, i) => {
      if (s.stop < from || s.start > to || i % 2) return;
      c.fillStyle = theme.bar;
      c.fillRect(x(s.start), 0, x(s.stop) - x(s.start), h);
    });
  }

  _beats(c, model, theme, x, from, to, top, low, h) {
    const { times, positions } = model.beats;
    let bar = 0;
    c.font = "10px system-ui, sans-serif";
    c.textAlign = "center";
    c.textBaseline = "middle";
    for (let i = 0; i < times.length; i++) {
      const down = positions[i] === 1;
      if (down) bar++;
      if (times[i] < from - 0.2 || times[i] > to + 0.2) continue;
      const px = Math.round(x(times[i])) + 0.5;
      c.globalAlpha = down ? 1 : 0.55;
      c.strokeStyle = theme.beat;
      c.lineWidth = down ? 2 : 1;
      vertical(c, px, down ? top - 2 : top + 6, down ? low + 2 : low - 6);
      c.globalAlpha = 1;
      if (down) {
        c.fillStyle = theme.quiet;
        c.fillText(String(bar), px, 8);
      }
    }
    c.fillStyle = theme.motion;
    for (const t of model.motionBeats) if (t >= from - 0.1 && t <= to + 0.1) diamond(c, x(t), h - 7, 4.2);
  }

  _seams(c, model, theme, x, from, to, h) {
    c.strokeStyle = theme.seam;
    c.fillStyle = theme.seam;
    c.lineWidth = 1.25;
    c.setLineDash([3, 3]);
    for (const t of model.seams) if (t >= from && t <= to) vertical(c, Math.round(x(t)) + 0.5, 0, h);
    c.setLineDash([]);
  }

  _drawOverview(model, theme) {
    const { c, width: w, height: h, ratio } = this.overview;
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.clearRect(0, 0, w, h);
    const x = (t) => (t / this.duration) * w;
    this._segments(c, model, theme, x, 0, this.duration, h);
    if (model.loop) {
      c.fillStyle = theme.loop;
      c.fillRect(x(model.loop[0]), 0, x(model.loop[1]) - x(model.loop[0]), h);
    }
    wave(c, model, theme, w, 0, this.duration, (h - 3) / 2, (h - 3) / 2 - 3);
    c.strokeStyle = theme.seam;
    c.lineWidth = 1;
    c.globalAlpha = 0.8;
    for (const t of model.seams) vertical(c, Math.round(x(t)) + 0.5, 2, h - 5);
    c.globalAlpha = 1;
    // how much is made
    c.fillStyle = theme.waveAhead;
    c.fillRect(0, h - 2.5, w, 2.5);
    c.fillStyle = theme.motion;
    c.fillRect(0, h - 2.5, x(Math.min(model.made, this.duration)), 2.5);
  }
}

function wave(c, model, theme, w, from, to, middle, half) {
  const peaks = model.peaks, rate = 100;
  c.fillStyle = theme.waveAhead;
  if (!peaks) {
    c.fillRect(0, middle - 0.5, w, 1);
    return;
  }
  const step = 2, edge = model.made;
  for (const ahead of [false, true]) {
    c.fillStyle = ahead ? theme.waveAhead : theme.wave;
    c.beginPath();
    for (let px = 0; px < w; px += step) {
      const t0 = from + (px / w) * (to - from), t1 = from + ((px + step) / w) * (to - from);
      if (t0 >= edge !== ahead) continue;
      let high = 0;
      const last = Math.max(Math.floor(t0 * rate) + 1, Math.floor(t1 * rate));
      for (let k = Math.floor(t0 * rate); k < last && k < peaks.length; k++) if (peaks[k] > high) high = peaks[k];
      const y = Math.max(0.5, (high / 255) * half);
      c.rect(px, middle - y, step - 0.6, 2 * y);
    }
    c.fill();
  }
}

function vertical(c, x, y0, y1) {
  c.beginPath();
  c.moveTo(x, y0);
  c.lineTo(x, y1);
  c.stroke();
}

function diamond(c, x, y, r) {
  c.beginPath();
  c.moveTo(x, y - r);
  c.lineTo(x + r, y);
  c.lineTo(x, y + r);
  c.lineTo(x - r, y);
  c.fill();
}

function strip(name) {
  const canvas = make("canvas", { "aria-hidden": "true" }), head = make("div", { class: "dp-playhead" });
  return { element: make("div", { class: name }, canvas, head), canvas, c: canvas.getContext("2d", PLAIN), head };
}

function slide(element, x, width) {
  element.style.transform = `translateX(${Math.round(Math.min(Math.max(x, -9), width + 9) * 4) / 4}px)`;
}
