// Lofted surfaces: rings of points joined to a skin, each ring bound to one or two joints.

/** Collects vertices of the whole body: places, triangle indices, joint bindings, colour roles. */
export class Surface {
  /** `detail` 1 is the full number of points, less is coarser. */
  constructor(detail = 1) {
    this.detail = detail;
    this.places = [];
    this.indices = [];
    this.joints = []; // 4 per vertex
    this.weights = [];
    this.roles = [];
    this.normals = [];
  }

  _vertex(place, bind, role) {
    this.places.push(place[0], place[1], place[2]);
    const j = [0, 0, 0, 0], w = [0, 0, 0, 0];
    bind.forEach(([joint, weight], i) => { j[i] = joint; w[i] = weight; });
    this.joints.push(...j);
    this.weights.push(...w);
    this.roles.push(role);
    return this.roles.length - 1;
  }

  /**
   * A closed skin through rings. A ring is {center, bind, u, v, shape}: `u` and `v` are the half axes
   * as vectors (their cross product points along the loft), `shape` 2 = ellipse, more = squarer.
   * The first and last ring are closed by a point (give tiny rings for round ends).
   */
  loft(rings, fullSides, role) {
    const sides = Math.max(6, Math.round(fullSides * this.detail));
    const first = this.roles.length;
    for (const ring of rings) {
      const e = 2 / (ring.shape ?? 2);
      for (let k = 0; k < sides; k++) {
        const angle = (2 * Math.PI * k) / sides, c = Math.cos(angle), s = Math.sin(angle);
        const a = Math.sign(c) * Math.abs(c) ** e, b = Math.sign(s) * Math.abs(s) ** e;
        this._vertex(ring.center.map((x, i) => x + ring.u[i] * a + ring.v[i] * b), ring.bind, role);
      }
    }
    for (let r = 0; r + 1 < rings.length; r++) {
      for (let k = 0; k < sides; k++) {
        const a = first + r * sides + k, b = first + r * sides + ((k + 1) % sides);
        this.indices.push(a, b, a + sides, b, b + sides, a + sides);
      }
    }
    const start = this._vertex(rings[0].center, rings[0].bind, role);
    const last = rings[rings.length - 1];
    const stop = this._vertex(last.center, last.bind, role);
    const top = first + (rings.length - 1) * sides;
    for (let k = 0; k < sides; k++) {
      const next = (k + 1) % sides;
      this.indices.push(start, first + next, first + k, stop, top + k, top + next);
    }
  }

  /**
   * A limb from a to b with round ends: `profile` = [[t 0..1, radius, offset?], …] along the bone,
   * bound stiffly to one joint; `flat` squeezes it along the second axis.
   */
  limb(a, b, profile, joint, sides, role, { side = [0, 0, 1], flat = 1, caps = 4 } = {}) {
    const along = normal(minus(b, a)), length = norm(minus(b, a));
    const v0 = normal(minus(side, scale(along, dot(side, along))));
    const u0 = cross(v0, along);
    const bind = [[joint, 1]];
    if (this.detail < 1) caps = Math.min(caps, 2);
    const rings = [];
    const ring = (distance, radius, offset = 0) => rings.push({
      center: plus(plus(a, scale(along, distance)), scale(v0, offset)), bind,
      u: scale(u0, radius), v: scale(v0, radius * flat),
    });
    const [t0, r0, o0] = profile[0], [t1, r1, o1] = profile[profile.length - 1];
    for (let k = caps; k > 0; k--) {
      const angle = (k / (caps + 0.35)) * (Math.PI / 2);
      ring(t0 * length - r0 * flat * Math.sin(angle), r0 * Math.cos(angle), o0);
    }
    for (const [t, r, o] of profile) ring(t * length, r, o);
    for (let k = 1; k <= caps; k++) {
      const angle = (k / (caps + 0.35)) * (Math.PI / 2);
      ring(t1 * length + r1 * flat * Math.sin(angle), r1 * Math.cos(angle), o1);
    }
    this.loft(rings, sides, role);
  }

  /** A grid of points from f(i / columns, k / rows) -> [x, y, z]; no closing. `bind` for all of it. */
  sheet(f, fullColumns, fullRows, bind, role) {
    const columns = Math.round(fullColumns * this.detail), rows = Math.round(fullRows * this.detail);
    const first = this.roles.length;
    for (let k = 0; k <= rows; k++) {
      for (let i = 0; i <= columns; i++) this._vertex(f(i / columns, k / rows), bind, role);
    }
    for (let k = 0; k < rows; k++) {
      for (let i = 0; i < columns; i++) {
        const a = first + k * (columns + 1) + i, b = a + columns + 1;
        this.indices.push(a, a + 1, b, a + 1, b + 1, b);
      }
    }
  }
}

export const plus = (a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const minus = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a, k) => [a[0] * k, a[1] * k, a[2] * k];
export const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const norm = (a) => Math.hypot(a[0], a[1], a[2]);
export const normal = (a) => scale(a, 1 / Math.max(norm(a), 1e-9));
export const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
