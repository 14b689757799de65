// The same dance on a 2-D canvas, for machines without a graphics card: the body (raster.js) or its bones.
import { Color } from "three";
import { thinned } from "./coarse.js";
import { drawFace, readFace } from "./face.js";
import { CANVAS, FIRST } from "./ladder.js";
import { Raster } from "./raster.js";
import { HEAD, JOINT, LEFT, MIDDLE, RIGHT } from "./roles.js";
import { JOINT_NAMES, PARENTS, REST } from "./skeleton.js";

const FADES = 6; // shades in which the floor's lines fade away
const CLOSE = 1.9; // m: nearer by, fewer points would be seen
const FIELD_OF_VIEW = (31 * Math.PI) / 180;

const FINGERS = 25, HEAD_JOINT = 15, ANKLES = [7, 8], TOES = [10, 11]; // joints; jaw and eyes (22 to 24) are in the drawn face

// bones as bones.js has them: [from joint, to joint or [a point in the joint's frame, m], radii m, colour role]
const BONES = PARENTS.flatMap((from, j) => {
  if (from < 0 || (j >= 22 && j < FINGERS)) return [];
  const long = Math.hypot(...[0, 1, 2].map((c) => REST[j * 3 + c] - REST[from * 3 + c]));
  const thick = j >= FINGERS ? 0.008 : j === HEAD_JOINT ? 0.024 : Math.min(0.034, Math.max(0.02, long * 0.13));
  return [[from, j, thick, thick * 0.45, sideOf(j)]];
});
for (const j of TOES) BONES.push([j, [0, -0.006, 0.062], 0.017, 0.008, sideOf(j)]);
for (const j of ANKLES) BONES.push([j, [0, -0.068, -0.045], 0.018, 0.009, sideOf(j)]);

function sideOf(joint) {
  const name = JOINT_NAMES[joint];
  return name.startsWith("left") ? LEFT : name.startsWith("right") ? RIGHT : MIDDLE;
}

/** Draws poses with a 2-D canvas; the same methods as Stage. */
export class Canvas2d {
  constructor(canvas, theme) {
    this.name = "canvas";
    this.canvas = canvas;
    // drawn by this machine's own arithmetic, and opaque: without a card a page of layers costs more than the picture
    this.c = canvas.getContext("2d", { willReadFrequently: true, alpha: false });
    if (!this.c) throw new Error("no 2-D canvas");
    this.look = "skeleton";
    this.level = FIRST;
    this.parts = null; // of the body
    this.rasters = []; // of the body, one a pane
    this.sharp = false;
    this.setTheme(theme);
    this.resize(1, 1); // until the page says how large: whatever is drawn, it is ready
  }

  setTheme(theme) {
    this.theme = theme;
    const linear = (hex, times) => new Color(hex).multiplyScalar(times).toArray();
    this.light = { sky: linear(theme.sky, theme.hemi), ground: linear(theme.ground, theme.hemi), key: linear(theme.key, theme.keyLight),
      rim: linear(theme.rim, theme.rimLight), front: unit([1.7, 3.4, 2.1]), back: [0, 0, 0] };
    this.air = null;
  }

  /** The sky behind it all, painted once: as player.css has it for WebGL. */
  _sky() {
    const [width, height] = this.size, air = document.createElement("canvas");
    air.width = this.canvas.width;
    air.height = this.canvas.height;
    const c = air.getContext("2d", { willReadFrequently: true, alpha: false }), soft = c.createRadialGradient(0, 0, 0, 0, 0, 1);
    this.theme.air.forEach((colour, i) => soft.addColorStop([0, 0.55, 1][i], colour));
    c.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    c.fillStyle = this.theme.air[2];
    c.fillRect(0, 0, width, height);
    c.translate(width / 2, height * 0.3);
    c.scale(width * 1.2, height * 0.9);
    c.fillStyle = soft;
    c.fillRect(-0.5, -0.5, 1, 2);
    return air;
  }

  resize(width, height) {
    this.size = [width, height];
    this.ratio = Math.min(window.devicePixelRatio || 1, this.sharp ? 2 : CANVAS[this.level].ratio);
    this.canvas.width = Math.max(1, Math.round(width * this.ratio));
    this.canvas.height = Math.max(1, Math.round(height * this.ratio));
    this.air = null;
    this.canvas.parentElement?.classList.add("dp-plain");
  }

  /** "body" or "skeleton"; the body needs its parts. */
  show(look, parts = this.parts) {
    this.parts = parts;
    this.look = look === "body" && parts ? "body" : "skeleton";
  }

  /** Works out ahead what a step down needs, so that it comes without a pause. */
  prepare() {
    if (this.parts) setTimeout(() => thinned(this.parts, CANVAS.at(-1).grain));
  }

  /** A still picture may take longer. */
  sharpen(on) {
    if (on === this.sharp) return false;
    this.sharp = on;
    this.resize(...this.size);
    return true;
  }

  /** 0 is the best picture, larger is cheaper. */
  quality(level) {
    if (level === this.level) return;
    this.level = level;
    this.resize(...this.size);
  }

  dispose() {}

  draw(poses, orbit, pulse, strong) {
    const { c } = this, [width, height] = this.size, part = width / poses.length;
    this.air ??= this._sky();
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.drawImage(this.air, 0, 0);
    c.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    poses.forEach((pose, i) => {
      c.save();
      c.beginPath();
      c.rect(part * i, 0, part, height);
      c.clip();
      const view = makeView(orbit.eyes[i], orbit.targets[i], part, height, part * (i + 0.5));
      this._floor(view, orbit.targets[i], pulse, strong);
      if (this.look === "body") this._body(view, pose, i, part * i, part);
      else this._dancer(view, pose, this.theme.dancers[i]);
      c.restore();
    });
  }

  _floor(view, [tx, , tz], pulse, strong) {
    const { c, theme } = this, shades = Array.from({ length: FADES }, () => new Path2D());
    for (let r = -4; r <= 4; r++) {
      for (const along of [0, 1]) {
        const base = along ? Math.round(tx) + r : Math.round(tz) + r;
        for (let s = -4; s < 4; s++) {
          const a = along ? [base, 0, tz + s] : [tx + s, 0, base], b = along ? [base, 0, tz + s + 1] : [tx + s + 1, 0, base];
          const far = Math.hypot((a[0] + b[0]) / 2 - tx, (a[2] + b[2]) / 2 - tz) / 4;
          if (far >= 1) continue;
          const p = view(a), q = view(b), path = shades[Math.floor((1 - far) * FADES)];
          if (p[2] < 0.2 || q[2] < 0.2) continue;
          path.moveTo(p[0], p[1]);
          path.lineTo(q[0], q[1]);
        }
      }
    }
    c.lineCap = "butt";
    c.lineWidth = 1;
    c.strokeStyle = theme.grid;
    shades.forEach((path, k) => {
      c.globalAlpha = (theme.gridAlpha * 1.6 * (k + 0.5)) / FADES;
      c.stroke(path);
    });
    c.strokeStyle = theme.ring;
    c.globalAlpha = 0.3 + 0.7 * pulse;
    c.lineWidth = 1.5 + (2 + 2.5 * strong) * pulse;
    c.beginPath();
    for (let k = 0; k <= 48; k++) {
      const a = (k / 48) * 2 * Math.PI, r = 0.98 + 0.05 * pulse, p = view([tx + r * Math.cos(a), 0, tz + r * Math.sin(a)]);
      if (k) c.lineTo(p[0], p[1]);
      else c.moveTo(p[0], p[1]);
    }
    c.stroke();
    c.globalAlpha = 1;
  }

  _body(view, pose, pane, left, wide) {
    if (this.rasters[pane]?.shape !== pose.shape) this.rasters[pane] = new Raster(this.parts, pose.shape);
    const raster = this.rasters[pane], [x, , z] = pose.places, { eye } = view;
    for (const joint of [0, 7, 8]) this._shadow(view, pose.places, joint);
    this.light.back = unit([x - eye[0] - 1.2, 1.9, z - eye[2]]);
    const scale = this.sharp ? Math.max(2, this.ratio) : this.ratio, { grain } = CANVAS[this.level];
    const near = Math.hypot(x - eye[0], z - eye[2]) < CLOSE && grain !== CANVAS.at(-1).grain;
    raster.draw(this.c, pose, { ...view, left, right: left + wide, height: this.size[1] }, this.light, scale, this.sharp || near ? "fine" : grain);
  }

  _dancer(view, pose, palette) {
    const { c } = this, p = pose.places, at = (j) => view([p[j * 3], p[j * 3 + 1], p[j * 3 + 2]]);
    const points = PARENTS.map((_, j) => at(j)), tip = (j, v) => { // of a foot
      const r = turn(pose.world.subarray(j * 4, j * 4 + 4), v.map((x) => x * pose.shape.legs));
      return view([p[j * 3] + r[0], p[j * 3 + 1] + r[1], p[j * 3 + 2] + r[2]]);
    };
    for (const joint of [0, ...ANKLES]) this._shadow(view, p, joint);
    const parts = BONES.map(([a, to, ra, rb, role]) => {
      const b = Array.isArray(to) ? tip(a, to) : points[to];
      return { depth: (points[a][2] + b[2]) / 2, draw: () => capsule(c, points[a], b, ra, rb, palette.bones[role]) };
    });
    for (let j = 0; j < 22; j++) {
      if (j === HEAD_JOINT) continue;
      const r = 0.0255 * points[j][3];
      parts.push({ depth: points[j][2] - 0.09, draw: () => ball(c, points[j], r, r, 0, palette.bones[JOINT]) });
    }
    parts.push({ depth: points[HEAD_JOINT][2] - 0.06, draw: () => this._head(view, pose, palette.bones[HEAD]) });
    parts.sort((x, y) => y.depth - x.depth);
    for (const part of parts) part.draw();
  }

  _shadow(view, p, joint = 0) {
    const { c, theme } = this, foot = joint > 0, o = joint * 3;
    // under a foot between ankle and toe, wider and paler the higher it is
    const x = foot ? (p[o] + p[o + 9]) / 2 : p[0], z = foot ? (p[o + 2] + p[o + 11]) / 2 : p[2];
    const high = Math.max(0, p[o + 1] - (foot ? 0.08 : 0.85)), size = (foot ? 0.2 : 0.45) + high / 2, dark = theme.shadow / (1 + 6 * high);
    const mid = view([x, 0, z]), edge = view([x + size, 0, z]), deep = view([x, 0, z + size]);
    const rx = Math.hypot(edge[0] - mid[0], edge[1] - mid[1]), ry = Math.hypot(deep[0] - mid[0], deep[1] - mid[1]);
    const wide = Math.max(rx, ry, 8), flat = Math.max(4, Math.abs(edge[1] - mid[1]) + Math.abs(deep[1] - mid[1])) / wide;
    const soft = c.createRadialGradient(0, 0, 0, 0, 0, wide);
    soft.addColorStop(0, `rgba(0,0,0,${dark})`);
    soft.addColorStop(1, "rgba(0,0,0,0)");
    c.save();
    c.translate(mid[0], mid[1]);
    c.scale(1, flat);
    c.fillStyle = soft;
    c.fillRect(-wide, -wide, 2 * wide, 2 * wide);
    c.restore();
  }

  _head(view, pose, colour) {
    const { c } = this, q = pose.world.subarray(HEAD_JOINT * 4, HEAD_JOINT * 4 + 4), p = pose.places, o = HEAD_JOINT * 3;
    const place = (v) => {
      const r = turn(q, v);
      return view([p[o] + r[0], p[o + 1] + r[1], p[o + 2] + r[2]]);
    };
    const middle = place([0, 0.05, -0.012]), top = place([0, 0.17, -0.012]), front = place([0, 0.045, 0.09]), size = middle[3];
    const up = Math.atan2(top[0] - middle[0], middle[1] - top[1]);
    ball(c, middle, 0.086 * size, 0.126 * size, up, colour);
    if (front[2] >= middle[2]) return; // from behind
    const right = place([0.08, 0.039, 0.085]), left = place([-0.08, 0.039, 0.085]), chin = place([0, -0.04, 0.085]);
    const eyes = place([0, 0.039, 0.085]);
    c.save(); // the drawing lies in the plane of the face; from the side it grows narrow
    c.beginPath();
    c.ellipse(middle[0], middle[1], 0.082 * size, 0.12 * size, up, 0, 7);
    c.clip();
    c.transform(right[0] - left[0], right[1] - left[1], (chin[0] - eyes[0]) * 2.1, (chin[1] - eyes[1]) * 2.1, eyes[0], eyes[1]);
    drawFace(c, readFace(pose));
    c.restore();
  }
}

function makeView(eye, target, width, height, middle) {
  const f = unit([target[0] - eye[0], target[1] - eye[1], target[2] - eye[2]]);
  const r = unit([-f[2], 0, f[0]]), u = [r[1] * f[2] - r[2] * f[1], r[2] * f[0] - r[0] * f[2], r[0] * f[1] - r[1] * f[0]];
  const focal = height / 2 / Math.tan(FIELD_OF_VIEW / 2);
  // [x, y] in pixels, depth in metres, pixels a metre there
  const view = ([x, y, z]) => {
    const a = x - eye[0], b = y - eye[1], d = z - eye[2];
    const depth = Math.max(0.05, a * f[0] + b * f[1] + d * f[2]), k = focal / depth;
    return [middle + (a * r[0] + b * r[1] + d * r[2]) * k, height / 2 - (a * u[0] + b * u[1] + d * u[2]) * k, depth, k];
  };
  return Object.assign(view, { eye, f, r, u, focal, x: middle, y: height / 2 });
}

function capsule(c, a, b, ra, rb, colour) {
  const r0 = ra * a[3], r1 = rb * b[3], dx = b[0] - a[0], dy = b[1] - a[1], angle = Math.atan2(dy, dx);
  const wide = Math.max(r0, r1), nx = -Math.sin(angle), ny = Math.cos(angle);
  const light = ny < 0 || (ny === 0 && nx > 0) ? 1 : -1; // the lit side is the upper one
  const g = c.createLinearGradient(a[0] + light * nx * wide, a[1] + light * ny * wide, a[0] - light * nx * wide, a[1] - light * ny * wide);
  g.addColorStop(0, shade(colour, 1.12));
  g.addColorStop(0.45, colour);
  g.addColorStop(1, shade(colour, 0.58));
  c.fillStyle = g;
  c.beginPath();
  c.arc(a[0], a[1], r0, angle + Math.PI / 2, angle + (3 * Math.PI) / 2);
  c.arc(b[0], b[1], r1, angle - Math.PI / 2, angle + Math.PI / 2);
  c.closePath();
  c.fill();
}

function ball(c, at, rx, ry, angle, colour) {
  const g = c.createRadialGradient(at[0] - rx * 0.35, at[1] - ry * 0.45, rx * 0.1, at[0], at[1], ry * 1.15);
  g.addColorStop(0, shade(colour, 1.1));
  g.addColorStop(0.6, colour);
  g.addColorStop(1, shade(colour, 0.65));
  c.fillStyle = g;
  c.beginPath();
  c.ellipse(at[0], at[1], rx, ry, angle, 0, 7);
  c.fill();
}

const shades = new Map();
function shade(hex, factor) {
  const key = hex + factor;
  if (!shades.has(key)) {
    const n = parseInt(hex.slice(1), 16), part = (s) => Math.min(255, Math.round(((n >> s) & 255) * factor));
    shades.set(key, `rgb(${part(16)},${part(8)},${part(0)})`);
  }
  return shades.get(key);
}

function unit(v) {
  const n = 1 / Math.max(1e-9, Math.hypot(...v));
  return [v[0] * n, v[1] * n, v[2] * n];
}

function turn(q, v) {
  const [w, x, y, z] = q, tx = 2 * (y * v[2] - z * v[1]), ty = 2 * (z * v[0] - x * v[2]), tz = 2 * (x * v[1] - y * v[0]);
  return [v[0] + w * tx + y * tz - z * ty, v[1] + w * ty + z * tx - x * tz, v[2] + w * tz + x * ty - y * tx];
}
