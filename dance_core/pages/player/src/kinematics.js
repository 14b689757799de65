// Frames of local quaternions in, a posed skeleton at any moment out.
import { NEUTRAL, shapeOf } from "./shape.js";
import { FACE_NAMES, JOINT_NAMES, PARENTS } from "./skeleton.js";

const JOINTS = 55;
const FACE = 52;

/** Reads DNC1 bytes (see pages/wire.py). Throws Error for anything else. */
export function decodePiece(buffer) {
  const head = new DataView(buffer);
  if (buffer.byteLength < 8 || head.getUint32(0, false) !== 0x444e4331) throw new Error("not a DNC1 file");
  const size = head.getUint32(4, true);
  const text = new TextDecoder().decode(new Uint8Array(buffer, 8, size)).replace(/\0+$/, "");
  const { fps, start, frames, joints, contacts, betas } = JSON.parse(text);
  if (joints !== JOINTS) throw new Error(`${joints} joints instead of ${JOINTS}`);
  const q = 8 + size, root = q + frames * JOINTS * 8, face = root + frames * 12;
  return {
    fps, start, frames, shape: shapeOf(betas),
    q: new Int16Array(buffer, q, frames * JOINTS * 4),
    root: new Float32Array(buffer, root, frames * 3),
    face: new Uint8Array(buffer, face, frames * FACE),
    // feet on the floor, bits: 1 left ankle, 2 left toe, 4 right ankle, 8 right toe
    feet: contacts ? new Uint8Array(buffer, face + frames * FACE, frames) : null,
  };
}

/** Room for one posed skeleton: local and world quaternions (w, x, y, z), places in metres, face 0 to 1. */
export function makePose() {
  return {
    local: new Float32Array(JOINTS * 4),
    world: new Float32Array(JOINTS * 4),
    places: new Float32Array(JOINTS * 3),
    face: new Float32Array(FACE),
    time: 0,
    shape: NEUTRAL, // of the body
  };
}

/** The dance as far as it has arrived: pieces in order, joined without a gap. */
export class Track {
  constructor() {
    this.pieces = [];
    this.frames = 0; // without a gap from frame 0
    this.fps = 30;
    this.shape = NEUTRAL;
    this.reach = null; // [lowest x, highest x, lowest z, highest z] of the pelvis, metres
  }

  add(piece) {
    if (this.pieces.some((p) => p.start === piece.start)) return;
    this.pieces.push(piece);
    this.pieces.sort((a, b) => a.start - b.start);
    this.fps = piece.fps;
    this.shape = piece.shape;
    const r = (this.reach ??= [Infinity, -Infinity, Infinity, -Infinity]);
    for (let i = 0; i < piece.root.length; i += 3) {
      const x = piece.root[i], z = piece.root[i + 2];
      if (x < r[0]) r[0] = x;
      if (x > r[1]) r[1] = x;
      if (z < r[2]) r[2] = z;
      if (z > r[3]) r[3] = z;
    }
    this.frames = 0;
    for (const p of this.pieces) if (p.start <= this.frames) this.frames = Math.max(this.frames, p.start + p.frames);
  }

  /** Seconds of dance that can be shown. */
  get seconds() {
    return this.frames / this.fps;
  }

  /** Bits of the feet on the floor (see decodePiece) in a frame; 0 where nothing is known. */
  feet(frame) {
    if (frame < 0 || frame >= this.frames) return 0;
    const piece = this._find(frame);
    return piece.feet?.[frame - piece.start] ?? 0;
  }

  /** Place (x, z) of the pelvis in a frame, metres; `mirror` as in `sample`. */
  rootAt(frame, mirror = false) {
    const piece = this._find(frame), o = (frame - piece.start) * 3;
    return [mirror ? -piece.root[o] : piece.root[o], piece.root[o + 2]];
  }

  _find(frame) {
    let low = 0, high = this.pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.pieces[middle].start <= frame) low = middle;
      else high = middle - 1;
    }
    return this.pieces[low];
  }

  /**
   * Fills `pose` with the dance at `time` seconds; between frames by slerp. `mirror`: as in a mirror, left and
   * right exchanged about the plane x = 0. False where there is none.
   */
  sample(time, pose, mirror = false) {
    if (!this.frames) return false;
    const at = Math.min(Math.max(time * this.fps, 0), this.frames - 1);
    const i = Math.floor(at), k = Math.min(i + 1, this.frames - 1), w = at - i;
    const a = this._find(i), b = this._find(k);
    const ia = i - a.start, ib = k - b.start;
    blendQuaternions(a.q, ia * JOINTS * 4, b.q, ib * JOINTS * 4, w, pose.local);
    for (let c = 0; c < 3; c++) pose.places[c] = a.root[ia * 3 + c] * (1 - w) + b.root[ib * 3 + c] * w;
    for (let c = 0; c < FACE; c++) {
      pose.face[mirror ? FACE_TWINS[c] : c] = (a.face[ia * FACE + c] * (1 - w) + b.face[ib * FACE + c] * w) / 255;
    }
    pose.shape = this.shape;
    if (mirror) reflect(pose);
    forward(pose);
    pose.time = time;
    return true;
  }
}

function blendQuaternions(a, ia, b, ib, weight, out) {
  for (let j = 0; j < JOINTS * 4; j += 4) {
    const aw = a[ia + j], ax = a[ia + j + 1], ay = a[ia + j + 2], az = a[ia + j + 3];
    let bw = b[ib + j], bx = b[ib + j + 1], by = b[ib + j + 2], bz = b[ib + j + 3];
    let dot = (aw * bw + ax * bx + ay * by + az * bz) / (32767 * 32767);
    if (dot < 0) { dot = -dot; bw = -bw; bx = -bx; by = -by; bz = -bz; }
    let left = 1 - weight, right = weight;
    if (dot < 0.9995) { // nearer than 2 degrees the straight blend is as good
      const angle = Math.acos(dot), s = Math.sin(angle);
      left = Math.sin(left * angle) / s;
      right = Math.sin(right * angle) / s;
    }
    const w = left * aw + right * bw, x = left * ax + right * bx, y = left * ay + right * by, z = left * az + right * bz;
    const n = 1 / Math.hypot(w, x, y, z);
    out[j] = w * n; out[j + 1] = x * n; out[j + 2] = y * n; out[j + 3] = z * n;
  }
}

/** The joint or coefficient on the other side; itself in the middle. */
function twins(names, left, right) {
  return names.map((name, i) => {
    const other = name.includes(left) ? name.replace(left, right) : name.replace(right, left), k = names.indexOf(other);
    return k < 0 ? i : k;
  });
}

const JOINT_TWINS = twins(JOINT_NAMES, "left_", "right_");
/** The joint on the other side. */
export const twinOf = (joint) => JOINT_TWINS[joint];
const FACE_TWINS = twins(FACE_NAMES, "Left", "Right");

function reflect(pose) {
  const { local: l, places: p } = pose;
  p[0] = -p[0];
  for (let j = 0; j < JOINTS; j++) {
    const k = JOINT_TWINS[j];
    if (k < j) continue;
    for (let c = 0; c < 4; c++) {
      const sign = c < 2 ? 1 : -1, x = l[j * 4 + c];
      l[j * 4 + c] = sign * l[k * 4 + c];
      l[k * 4 + c] = sign * x;
    }
  }
}

/** World rotations and places from local rotations and the pelvis' place. */
function forward(pose) {
  const { local: l, world: g, places: p } = pose, { bones } = pose.shape;
  for (let c = 0; c < 4; c++) g[c] = l[c];
  for (let j = 1; j < JOINTS; j++) {
    const u = PARENTS[j] * 4, v = j * 4, s = PARENTS[j] * 3, o = j * 3;
    const w = g[u], x = g[u + 1], y = g[u + 2], z = g[u + 3];
    const lw = l[v], lx = l[v + 1], ly = l[v + 2], lz = l[v + 3];
    g[v] = w * lw - x * lx - y * ly - z * lz;
    g[v + 1] = w * lx + x * lw + y * lz - z * ly;
    g[v + 2] = w * ly - x * lz + y * lw + z * lx;
    g[v + 3] = w * lz + x * ly - y * lx + z * lw;
    const bx = bones[o], by = bones[o + 1], bz = bones[o + 2];
    const tx = 2 * (y * bz - z * by), ty = 2 * (z * bx - x * bz), tz = 2 * (x * by - y * bx);
    p[o] = p[s] + bx + w * tx + y * tz - z * ty;
    p[o + 1] = p[s + 1] + by + w * ty + z * tx - x * tz;
    p[o + 2] = p[s + 2] + bz + w * tz + x * ty - y * tx;
  }
}
