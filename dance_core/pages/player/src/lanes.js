// Fault lanes: under the zoomed strip a row for each kind of fault, over the same ten seconds, and on the overview a mark
// for each severe one. A press on a fault goes there and plays it slowly, over and over.
import { make } from "./dom.js";

const ROW = 15; // px
const LEAST = 5; // px that a fault is wide at least, so that a pop can be hit
const PLAIN = { willReadFrequently: true };

export const faultsOf = (model) => model.panes.flatMap((p, pane) => (p.faults ?? []).map((f) => ({ ...f, pane })));

/** Colour of a fault: from yellow at its limit to red where it is gross. */
export function tint(severity, theme) {
  return severity >= 0.5 ? theme.severe : theme.mild;
}

export class Lanes {
  /** `press` gets the fault. */
  constructor(press) {
    this.canvas = make("canvas", { "aria-hidden": "true" });
    this.head = make("div", { class: "dp-playhead" });
    this.element = make("div", { class: "dp-lanes", hidden: true }, this.canvas, this.head);
    this.c = this.canvas.getContext("2d", PLAIN);
    this.boxes = [];
    this.canvas.addEventListener("pointerdown", (e) => {
      const hit = this._at(e);
      if (hit) press(hit);
    });
    this.canvas.addEventListener("pointermove", (e) => {
      const hit = this._at(e);
      this.canvas.title = hit ? hit.sentence : "";
      this.canvas.style.cursor = hit ? "pointer" : "default";
    });
  }

  _at(e) {
    const box = this.canvas.getBoundingClientRect(), x = e.clientX - box.left, y = e.clientY - box.top;
    return this.boxes.findLast((b) => x >= b.x - 2 && x <= b.x + b.w + 2 && y >= b.y && y <= b.y + ROW)?.fault;
  }

  resize() {
    this.key = "";
  }

  /** Draws what lies between two seconds, where anything changed. */
  draw(model, theme, from, span) {
    if (this.version !== model.version) {
      this.version = model.version;
      this.all = faultsOf(model);
      this.kinds = [...new Map(this.all.map((f) => [f.kind, f.title]))];
      this.element.hidden = !this.all.length;
      this.element.style.height = `${this.kinds.length * ROW + 2}px`;
      this.key = "";
    }
    if (!this.all.length) return;
    const w = this.element.clientWidth, x = (t) => ((t - from) / span) * w;
    this.head.style.transform = `translateX(${Math.round(x(model.time) * 4) / 4}px)`;
    const key = [theme.name, this.version, w, from.toFixed(3), span, String(model.loop)].join();
    if (key === this.key || !w) return;
    this.key = key;
    this._paint(model, theme, x, w, from, span);
  }

  _paint(model, theme, x, w, from, span) {
    const { c, canvas } = this, ratio = Math.min(window.devicePixelRatio || 1, 3), h = this.kinds.length * ROW + 2;
    canvas.width = Math.round(w * ratio);
    canvas.height = Math.round(h * ratio);
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (model.loop) {
      c.fillStyle = theme.loop;
      c.fillRect(x(model.loop[0]), 0, x(model.loop[1]) - x(model.loop[0]), h);
    }
    this.boxes = [];
    this.kinds.forEach(([kind, title], row) => {
      const y = row * ROW + 1;
      c.fillStyle = theme.bar;
      if (row % 2 === 0) c.fillRect(0, y, w, ROW);
      for (const f of this.all) {
        if (f.kind !== kind || f.stop < from || f.start > from + span) continue;
        const left = x(f.start), wide = Math.max(LEAST, x(f.stop) - left), two = model.panes.length > 1;
        c.fillStyle = tint(f.severity, theme);
        c.globalAlpha = 0.55 + 0.45 * f.severity;
        const top = y + 3 + (two ? f.pane * 5 : 0), high = two ? 4 : ROW - 6;
        c.fillRect(left, top, wide, high);
        c.globalAlpha = 1;
        this.boxes.push({ x: left, y, w: wide, fault: f });
      }
      c.font = "10.5px system-ui, sans-serif";
      c.textBaseline = "middle";
      c.textAlign = "left";
      c.lineWidth = 3;
      c.strokeStyle = theme.panel;
      c.strokeText(title, 4, y + ROW / 2 + 0.5);
      c.fillStyle = theme.text;
      c.fillText(title, 4, y + ROW / 2 + 0.5);
    });
  }
}
