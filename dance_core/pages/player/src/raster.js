// The body without WebGL: its triangles coloured by this machine's own arithmetic, on a 2-D canvas. Without a graphics
// card that is faster than software GL, which has to carry each picture through the browser's graphics process.
import { Color } from "three";
import { thinned } from "./coarse.js";
import { NEUTRAL, grown } from "./shape.js";

// empty pixels beside the figure: making a picture smaller, browsers look over its edge, where an older one may lie
const MARGIN = 8;
const TONES = new Uint8Array(1025); // linear light 0 to 1 as sRGB
for (let i = 0; i <= 1024; i++) {
  const v = i / 1024;
  TONES[i] = Math.round(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055));
}

/** All parts of a body as one list of points and triangles. */
function joined(parts) {
  const count = parts.reduce((n, p) => n + p.places.length / 3, 0), white = new Color(1, 1, 1);
  const all = { count, places: new Float32Array(count * 3), normals: new Float32Array(count * 3), colours: new Float32Array(count * 3),
    joints: new Uint8Array(count * 4), weights: new Float32Array(count * 4), targets: [] };
  const index = [];
  let first = 0;
  for (const part of parts) {
    const n = part.places.length / 3, tint = part.material.color ?? white;
    all.places.set(part.places, first * 3);
    all.normals.set(part.normals, first * 3);
    all.joints.set(part.joints, first * 4);
    all.weights.set(part.weights, first * 4);
    for (let i = 0; i < n; i++) {
      [tint.r, tint.g, tint.b].forEach((t, c) => { all.colours[(first + i) * 3 + c] = t * (part.colours ? part.colours[i * 3 + c] : 1); });
    }
    for (const v of part.index) index.push(first + v);
    for (const t of part.targets) all.targets.push({ ...t, points: Uint32Array.from(t.points, (v) => v + first) });
    first += n;
  }
  all.index = Uint32Array.from(index);
  return all;
}

/** Draws one body into pictures of its own, to be laid over the floor. */
export class Raster {
  constructor(parts, shape = NEUTRAL) {
    this.parts = parts;
    this.shape = shape;
    this.bodies = {};
    this.canvas = document.createElement("canvas");
    this.c = this.canvas.getContext("2d", { willReadFrequently: true });
    this.matrices = new Float32Array(55 * 12);
    this.image = null;
  }

  _body(grain) {
    if (!this.bodies[grain]) {
      const b = joined(thinned(this.parts, grain));
      if (this.shape !== NEUTRAL) b.places = grown(b.places, b.joints, b.weights, this.shape);
      Object.assign(b, { shaped: b.places.slice(), turned: b.normals.slice(), xs: new Float32Array(b.count), ys: new Float32Array(b.count),
        zs: new Float32Array(b.count), lit: new Float32Array(b.count * 3) });
      this.bodies[grain] = b;
    }
    return this.bodies[grain];
  }

  /**
   * @param c the context to draw into, in CSS pixels
   * @param pose of kinematics.js
   * @param view {eye, f, r, u (unit vectors forward, right, up), focal px, x, y: middle, left, right, height: of the pane}
   * @param light {sky, ground, key, rim: [r, g, b] linear with their intensity; back: direction of the rim light}
   * @param scale pixels drawn a CSS pixel
   * @param grain how many points: of coarse.js
   */
  draw(c, pose, view, light, scale, grain) {
    const b = this._body(grain);
    this._shape(b, pose);
    this._bones(pose);
    const box = this._project(b, view, light, scale);
    if (!box) return;
    const { x0, y0, wide, high } = box, across = wide + MARGIN, down = high + MARGIN;
    if (!this.image || this.image.width < across || this.image.height < down) {
      const w = Math.max(across, this.image?.width ?? 0), h = Math.max(down, this.image?.height ?? 0);
      this.image = new ImageData(w, h);
      this.pixels = new Uint32Array(this.image.data.buffer);
      this.depths = new Float32Array(w * h);
      this.firsts = new Int32Array(h); // of each row: the first pixel that the figure covers, and the last
      this.lasts = new Int32Array(h);
      this.canvas.width = w;
      this.canvas.height = h;
    }
    const stride = this.image.width;
    for (let y = 0; y < down; y++) {
      this.pixels.fill(0, y * stride, y * stride + across);
      this.depths.fill(0, y * stride, y * stride + across);
    }
    fillTriangles(b, this, wide, high, x0, y0);
    soften(this, wide, high);
    this.c.putImageData(this.image, 0, 0, 0, 0, across, down);
    c.imageSmoothingEnabled = true;
    c.imageSmoothingQuality = grain === "fine" ? "high" : "low";
    c.drawImage(this.canvas, 0, 0, wide, high, x0 / scale, y0 / scale, wide / scale, high / scale);
  }

  _shape(b, pose) {
    let key = 0;
    for (let i = 0; i < pose.face.length; i++) key = (key * 31 + Math.round(pose.face[i] * 60)) | 0;
    if (key === b.key) return;
    b.key = key;
    b.shaped.set(b.places);
    b.turned.set(b.normals);
    for (const { coefficient, points, move, turn } of b.targets) {
      const w = pose.face[coefficient];
      if (w < 0.004) continue;
      for (let k = 0; k < points.length; k++) {
        const o = points[k] * 3, m = k * 3;
        b.shaped[o] += w * move[m]; b.shaped[o + 1] += w * move[m + 1]; b.shaped[o + 2] += w * move[m + 2];
        b.turned[o] += w * turn[m]; b.turned[o + 1] += w * turn[m + 1]; b.turned[o + 2] += w * turn[m + 2];
      }
    }
  }

  /** Each joint's rotation by rows, and where it moves its rest place. */
  _bones(pose) {
    const { world: q, places: p } = pose, m = this.matrices, { rest } = this.shape;
    for (let j = 0; j < 55; j++) {
      const w = q[j * 4], x = q[j * 4 + 1], y = q[j * 4 + 2], z = q[j * 4 + 3], o = j * 12;
      const rx = rest[j * 3], ry = rest[j * 3 + 1], rz = rest[j * 3 + 2];
      m[o] = 1 - 2 * (y * y + z * z); m[o + 1] = 2 * (x * y - w * z); m[o + 2] = 2 * (x * z + w * y);
      m[o + 4] = 2 * (x * y + w * z); m[o + 5] = 1 - 2 * (x * x + z * z); m[o + 6] = 2 * (y * z - w * x);
      m[o + 8] = 2 * (x * z - w * y); m[o + 9] = 2 * (y * z + w * x); m[o + 10] = 1 - 2 * (x * x + y * y);
      for (let k = 0; k < 3; k++) m[o + k * 4 + 3] = p[j * 3 + k] - m[o + k * 4] * rx - m[o + k * 4 + 1] * ry - m[o + k * 4 + 2] * rz;
    }
  }

  /** Skins, lights and projects every point; the box of pixels that the body covers, or null. */
  _project(b, view, light, scale) {
    const { shaped, turned, joints, weights, colours, xs, ys, zs, lit } = b, m = this.matrices;
    const { eye, f, r, u, focal } = view, focus = focal * scale, mx = view.x * scale, my = view.y * scale;
    const { sky, ground, key, rim, front, back } = light, g = 1 / Math.PI;
    let x0 = Infinity, x1 = -Infinity, y0 = Infinity, y1 = -Infinity;
    for (let i = 0; i < b.count; i++) {
      const o = i * 3, vx = shaped[o], vy = shaped[o + 1], vz = shaped[o + 2], nx = turned[o], ny = turned[o + 1], nz = turned[o + 2];
      let px = 0, py = 0, pz = 0, qx = 0, qy = 0, qz = 0;
      for (let k = i * 4; k < i * 4 + 4; k++) {
        const w = weights[k];
        if (w === 0) continue;
        const s = joints[k] * 12;
        px += w * (m[s] * vx + m[s + 1] * vy + m[s + 2] * vz + m[s + 3]);
        py += w * (m[s + 4] * vx + m[s + 5] * vy + m[s + 6] * vz + m[s + 7]);
        pz += w * (m[s + 8] * vx + m[s + 9] * vy + m[s + 10] * vz + m[s + 11]);
        qx += w * (m[s] * nx + m[s + 1] * ny + m[s + 2] * nz);
        qy += w * (m[s + 4] * nx + m[s + 5] * ny + m[s + 6] * nz);
        qz += w * (m[s + 8] * nx + m[s + 9] * ny + m[s + 10] * nz);
      }
      const n = 1 / Math.sqrt(qx * qx + qy * qy + qz * qz + 1e-12), up = 0.5 + 0.5 * qy * n;
      const a = Math.max(0, (qx * front[0] + qy * front[1] + qz * front[2]) * n), e = Math.max(0, (qx * back[0] + qy * back[1] + qz * back[2]) * n);
      for (let k = 0; k < 3; k++) {
        lit[o + k] = TONES[(Math.min(1, colours[o + k] * g * (ground[k] + (sky[k] - ground[k]) * up + key[k] * a + rim[k] * e)) * 1024) | 0];
      }
      const dx = px - eye[0], dy = py - eye[1], dz = pz - eye[2], deep = dx * f[0] + dy * f[1] + dz * f[2];
      const near = 1 / Math.max(0.05, deep), x = mx + (dx * r[0] + dy * r[1] + dz * r[2]) * focus * near;
      const y = my - (dx * u[0] + dy * u[1] + dz * u[2]) * focus * near;
      xs[i] = x; ys[i] = y; zs[i] = near;
      if (x < x0) x0 = x;
      if (x > x1) x1 = x;
      if (y < y0) y0 = y;
      if (y > y1) y1 = y;
    }
    x0 = Math.max(Math.floor(x0) - 1, Math.floor(view.left * scale));
    x1 = Math.min(Math.ceil(x1) + 1, Math.ceil(view.right * scale));
    y0 = Math.max(Math.floor(y0) - 1, 0);
    y1 = Math.min(Math.ceil(y1) + 1, Math.ceil(view.height * scale));
    return x1 > x0 && y1 > y0 ? { x0, y0, wide: x1 - x0, high: y1 - y0 } : null;
  }
}

function fillTriangles(b, picture, wide, high, left, top) {
  const { index, xs, ys, zs, lit } = b, { pixels, depths, firsts, lasts } = picture, stride = picture.image.width;
  firsts.fill(wide, 0, high);
  lasts.fill(-1, 0, high);
  for (let t = 0; t < index.length; t += 3) {
    const i = index[t], j = index[t + 1], k = index[t + 2];
    const ax = xs[i] - left, ay = ys[i] - top, bx = xs[j] - left, by = ys[j] - top, cx = xs[k] - left, cy = ys[k] - top;
    const area = (cx - ax) * (by - ay) - (bx - ax) * (cy - ay); // y runs down: seen from outside it is positive
    if (area <= 0.01) continue;
    const xa = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5)), xb = Math.min(wide - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
    const ya = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5)), yb = Math.min(high - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
    if (xa > xb || ya > yb) continue;
    const n = 1 / area;
    // shares of the second and third corner, and how they and all that hangs on them change from pixel to pixel
    const vx = -(cy - ay) * n, vy = (cx - ax) * n, wx = (by - ay) * n, wy = -(bx - ax) * n;
    let v0 = vx * (xa + 0.5 - ax) + vy * (ya + 0.5 - ay), w0 = wx * (xa + 0.5 - ax) + wy * (ya + 0.5 - ay);
    const za = zs[i], zb = zs[j] - za, zc = zs[k] - za, zx = vx * zb + wx * zc;
    const i3 = i * 3, j3 = j * 3, k3 = k * 3, ra = lit[i3], ga = lit[i3 + 1], la = lit[i3 + 2];
    const rb = lit[j3] - ra, gb = lit[j3 + 1] - ga, lb = lit[j3 + 2] - la, rc = lit[k3] - ra, gc = lit[k3 + 1] - ga, lc = lit[k3 + 2] - la;
    for (let y = ya; y <= yb; y++) {
      const row = y * stride;
      let v = v0, w = w0, z = za + v0 * zb + w0 * zc, x = xa;
      while (x <= xb && (v < 0 || w < 0 || v + w > 1)) {
        v += vx;
        w += wx;
        z += zx;
        x++;
      }
      if (x <= xb && x < firsts[y]) firsts[y] = x;
      while (x <= xb && v >= 0 && w >= 0 && v + w <= 1) {
        const at = row + x;
        if (z > depths[at]) {
          depths[at] = z;
          pixels[at] = 0xff000000 | ((la + v * lb + w * lc) << 16) | ((ga + v * gb + w * gc) << 8) | (ra + v * rb + w * rc);
        }
        v += vx;
        w += wx;
        z += zx;
        x++;
      }
      if (x - 1 > lasts[y] && x > firsts[y]) lasts[y] = x - 1;
      v0 += vy;
      w0 += wy;
    }
  }
}

/** Makes the outline smooth: there a pixel is as opaque as the part of its neighbourhood that the figure covers. */
function soften(picture, wide, high) {
  const { pixels, depths, firsts, lasts } = picture, stride = picture.image.width;
  for (let y = 1; y < high - 1; y++) {
    const from = Math.max(1, Math.min(firsts[y - 1], firsts[y], firsts[y + 1]) - 1), to = Math.min(wide - 2, Math.max(lasts[y - 1], lasts[y], lasts[y + 1]) + 1);
    for (let at = y * stride + from, end = y * stride + to; at <= end; at++) {
      const here = depths[at] > 0, left = depths[at - 1] > 0, right = depths[at + 1] > 0, up = depths[at - stride] > 0, down = depths[at + stride] > 0;
      if (here === left && here === right && here === up && here === down) continue;
      const corners = (depths[at - stride - 1] > 0) + (depths[at - stride + 1] > 0) + (depths[at + stride - 1] > 0) + (depths[at + stride + 1] > 0);
      const cover = 4 * here + 2 * (left + right + up + down) + corners; // of 16
      const colour = pixels[here ? at : left ? at - 1 : right ? at + 1 : up ? at - stride : at + stride];
      pixels[at] = (colour & 0xffffff) | ((cover * 255) >> 4 << 24);
    }
  }
}
