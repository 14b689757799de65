// Two strips under the stage: the whole song, and about ten seconds around the playhead. What they show is in strips.js.
import { make } from "./dom.js";
import { Lanes } from "./lanes.js";
import { drawOverview, drawZoom, zoomHeight } from "./strips.js";

const WINDOW = 10; // s
const EDGE = 0.88; // when the playhead has come so far, the window moves on
const LEAD = 0.06; // to here
const CALM = 70; // ms between steps of the playheads where pictures are dear
// drawn rarely and looked at long: without a graphics card this is the faster kind, with one it costs nothing
const PLAIN = { willReadFrequently: true };

/**
 * Draws the strips and turns clicks into seeks. `model` is the player. The strips are drawn only when
 * something in them changes; the playheads are elements of their own that slide over them.
 */
export class Timeline {
  constructor(onSeek, onFault = () => {}) {
    this.lanes = new Lanes(onFault);
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
    // drawing may change the height, and so what is observed: not while sizes are being told
    this.sizes = new ResizeObserver(() => requestAnimationFrame(() => this.resize()));
    this.sizes.observe(this.zoom.element);
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
    this.lanes.resize();
    if (this.model) this.draw(this.model, this.theme);
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
    this.model = model;
    this.theme = theme;
    const high = zoomHeight(model);
    if (high !== this.high) { // two dancers need more room; the observer draws again
      this.high = high;
      this.zoom.element.style.height = `${high}px`;
    }
    if (!this.zoom.width) return;
    this.duration = Math.max(model.duration, 0.1);
    this.span = Math.min(WINDOW, Math.max(this.duration, 3));
    this._move(model);
    const w = this.zoom.width;
    if (this._due(model)) {
      slide(this.zoom.head, ((model.time - this.start) / this.span) * w, w);
      slide(this.overview.head, (model.time / this.duration) * w, w);
    }
    slide(this.frame, (this.start / this.duration) * w, w);
    this.frame.style.width = `${(this.span / this.duration) * w}px`;
    this.frame.hidden = this.span >= this.duration;
    const common = [theme.name, model.version, w, this.zoom.ratio, model.made.toFixed(2), String(model.loop)].join();
    const keys = [`${common} ${this.start.toFixed(3)} ${this.span}`, `${common} ${this.duration}`];
    if (keys[0] !== this.keys[0]) drawZoom(this.zoom, model, theme, this.start, this.start + this.span);
    if (keys[1] !== this.keys[1]) drawOverview(this.overview, model, theme, this.duration);
    this.keys = keys;
    this.lanes.draw(model, theme, this.start, this.span);
  }

  /** Without a card every moved mark makes the browser redraw all between it and the dancer: some steps less are seen by nobody. */
  _due(model) {
    const now = performance.now();
    if (model.renderer.name === "canvas" && !model.audio.paused && now - (this.slid ?? 0) < CALM) return false;
    this.slid = now;
    return true;
  }

  /** Turns the page when the playhead nears its end, or has left it by a seek. */
  _move(model) {
    const last = Math.max(0, this.duration - this.span), place = (model.time - this.start) / this.span;
    if (!this.held && (place > EDGE || place < 0) && !(place > 0 && this.start >= last)) this.start = model.time - LEAD * this.span;
    this.start = Math.max(0, Math.min(this.start, last));
  }
}

function strip(name) {
  const canvas = make("canvas", { "aria-hidden": "true" }), head = make("div", { class: "dp-playhead" });
  return { element: make("div", { class: name }, canvas, head), canvas, c: canvas.getContext("2d", PLAIN), head };
}

function slide(element, x, width) {
  element.style.transform = `translateX(${Math.round(Math.min(Math.max(x, -9), width + 9) * 4) / 4}px)`;
}
