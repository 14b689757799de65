// The mannequin at rest: a dancer of lofted shapes around the 55 joints, as one skin for the GPU.
import { REST, SOLE_Y } from "./skeleton.js";
import { Surface, cross, minus, normal, plus, scale } from "./shapes.js";

// colour roles, see theme.js
export const SKIN = 0, TOP = 1, TROUSERS = 2, SHOES = 3, SOLES = 4, HAIR = 5;

const at = (j) => [REST[j * 3], REST[j * 3 + 1], REST[j * 3 + 2]];

/** The head's surface in the direction (azimuth from +Z towards +X, elevation), radians; rest metres. */
export function headPoint(azimuth, elevation, grow = 1) {
  const ce = Math.cos(elevation), dx = ce * Math.sin(azimuth), dy = Math.sin(elevation), dz = ce * Math.cos(azimuth);
  const low = Math.max(0, -dy);
  const x = dx * 0.079 * (1 - 0.22 * low * low), y = dy * (dy > 0 ? 0.122 : 0.128);
  const z = dz * (dz > 0 ? 0.098 : 0.104) * (1 - 0.1 * low);
  return large([x * grow, 0.748 + y * grow, 0.03 + 0.012 * low + z * grow]);
}

export const HEAD_SCALE = 1.12; // a little larger than life: the face must be read from far away
function large([x, y, z]) {
  return [x * HEAD_SCALE, 0.69 + (y - 0.69) * HEAD_SCALE, 0.02 + (z - 0.02) * HEAD_SCALE];
}

/** The whole body as a Surface. */
export function buildFigure(detail = 1) {
  const s = new Surface(detail);
  torso(s);
  for (const side of [1, -1]) {
    leg(s, side);
    arm(s, side);
    hand(s, side);
  }
  head(s);
  return s;
}

function torso(s) {
  // y, half width, half depth, z, binding
  const rows = [
    [-0.05, 0.02, 0.03, 0.0, [[0, 1]]], [-0.042, 0.055, 0.058, 0.0, [[0, 1]]], [-0.02, 0.105, 0.086, 0.0, [[0, 1]]],
    [0.015, 0.15, 0.103, -0.002, [[0, 1]]], [0.05, 0.164, 0.107, -0.004, [[0, 1]]],
    [0.09, 0.153, 0.103, -0.004, [[0, 0.9], [3, 0.1]]],
  ];
  const ring = ([y, w, d, z, bind, shape]) => ({
    center: [0, y, z], u: [0, 0, d], v: [w, 0, 0], bind, shape: shape ?? 2.3,
  });
  s.loft([...rows, [0.135, 0.133, 0.09, -0.006, [[0, 0.55], [3, 0.45]]], [0.15, 0.1, 0.07, -0.006, [[3, 1]]]].map(ring), 28, TROUSERS);
  const top = [
    [0.105, 0.128, 0.088, -0.006, [[0, 0.6], [3, 0.4]]], [0.112, 0.145, 0.1, -0.006, [[0, 0.6], [3, 0.4]]],
    [0.15, 0.134, 0.092, -0.007, [[0, 0.35], [3, 0.65]]],
    [0.19, 0.124, 0.087, -0.008, [[3, 0.85], [6, 0.15]]], [0.235, 0.122, 0.086, -0.006, [[3, 0.45], [6, 0.55]]],
    [0.285, 0.128, 0.09, -0.002, [[3, 0.1], [6, 0.9]]], [0.335, 0.139, 0.098, 0.001, [[6, 0.6], [9, 0.4]]],
    [0.385, 0.149, 0.104, 0.002, [[6, 0.15], [9, 0.85]]], [0.43, 0.154, 0.104, 0.0, [[9, 1]]],
    [0.47, 0.15, 0.098, -0.003, [[9, 1]]], [0.505, 0.135, 0.087, -0.005, [[9, 1]]],
    [0.532, 0.112, 0.073, -0.005, [[9, 1]]], [0.552, 0.086, 0.06, -0.003, [[9, 1]]],
    [0.566, 0.066, 0.054, 0.0, [[9, 0.9], [12, 0.1]]], [0.57, 0.05, 0.046, 0.0, [[9, 0.9], [12, 0.1]]],
  ];
  s.loft(top.map(ring), 28, TOP);
  const neck = [
    [0.535, 0.052, 0.05, -0.004, [[9, 0.9], [12, 0.1]], 2], [0.57, 0.05, 0.05, 0.0, [[9, 0.6], [12, 0.4]], 2],
    [0.6, 0.046, 0.048, 0.006, [[9, 0.1], [12, 0.9]], 2], [0.635, 0.045, 0.048, 0.014, [[12, 0.8], [15, 0.2]], 2],
    [0.67, 0.047, 0.05, 0.02, [[12, 0.3], [15, 0.7]], 2], [0.7, 0.044, 0.046, 0.024, [[15, 1]], 2],
  ];
  s.loft(neck.map(ring), 18, SKIN);
}

function leg(s, side) {
  const [hip, knee, ankle, toe] = side > 0 ? [1, 4, 7, 10] : [2, 5, 8, 11];
  s.limb(at(hip), at(knee), [[0.0, 0.074], [0.1, 0.08], [0.22, 0.083], [0.36, 0.08], [0.58, 0.07], [0.8, 0.061], [1, 0.057]],
    hip, 20, TROUSERS);
  s.limb(at(knee), at(ankle), [[0, 0.057, 0.0], [0.12, 0.058, -0.004], [0.3, 0.06, -0.01], [0.5, 0.055, -0.008],
    [0.7, 0.048, -0.003], [0.86, 0.045, 0.0]], knee, 20, TROUSERS, { caps: 3 });
  s.limb(at(knee), at(ankle), [[0.8, 0.034], [1.0, 0.034]], knee, 14, SKIN);
  shoe(s, side, ankle, toe);
}

function shoe(s, side, ankle, toe) {
  const x0 = Math.abs(at(ankle)[0]), x1 = Math.abs(at(toe)[0]);
  const rows = [ // z, half width, top above the sole, share of the toe joint
    [-0.083, 0.012, 0.04, 0], [-0.078, 0.026, 0.062, 0], [-0.06, 0.036, 0.082, 0], [-0.03, 0.04, 0.098, 0],
    [0.005, 0.041, 0.102, 0], [0.035, 0.042, 0.09, 0], [0.07, 0.045, 0.07, 0], [0.1, 0.048, 0.058, 0.15],
    [0.125, 0.049, 0.052, 0.5], [0.15, 0.048, 0.047, 0.9], [0.175, 0.043, 0.042, 1], [0.195, 0.034, 0.036, 1],
    [0.207, 0.02, 0.029, 1], [0.21, 0.008, 0.022, 1],
  ];
  const lay = (low, cap, grow) => rows.map(([z, w, h, share]) => {
    const t = Math.min(Math.max((z + 0.05) / 0.2, 0), 1), top = Math.min(h, cap);
    return {
      center: [side * (x0 + (x1 - x0) * t), SOLE_Y + (low + top) / 2, z + (z > 0 ? grow : -grow)],
      // the long axis runs along +Z: u × v must point there
      u: [(w + grow), 0, 0], v: [0, (top - low) / 2, 0], shape: 2.8,
      bind: share <= 0 ? [[ankle, 1]] : share >= 1 ? [[toe, 1]] : [[ankle, 1 - share], [toe, share]],
    };
  });
  s.loft(lay(0.008, 1, 0), 18, SHOES);
  s.loft(lay(0.0, 0.02, 0.003), 18, SOLES);
}

function arm(s, side) {
  const [collar, shoulder, elbow, wrist] = side > 0 ? [13, 16, 18, 20] : [14, 17, 19, 21];
  const shoulderPlace = at(shoulder);
  // the yoke between neck and shoulder moves with the collar bone, half of it with the chest
  const inner = [side * 0.06, 0.5, 0.002];
  s.limb(inner, shoulderPlace, [[0, 0.058], [0.4, 0.062], [0.8, 0.061], [0.98, 0.058]], collar, 18, TOP);
  s.limb(shoulderPlace, at(elbow), [[0, 0.0585], [0.12, 0.058], [0.3, 0.053], [0.42, 0.051]], shoulder, 18, TOP, { caps: 3 });
  s.limb(shoulderPlace, at(elbow), [[0.3, 0.045], [0.55, 0.044], [0.8, 0.04], [1, 0.037]], shoulder, 16, SKIN);
  s.limb(at(elbow), at(wrist), [[0, 0.037], [0.15, 0.041], [0.3, 0.041], [0.6, 0.034], [0.85, 0.027], [1, 0.025]],
    elbow, 16, SKIN);
}

function hand(s, side) {
  const wrist = side > 0 ? 20 : 21, first = side > 0 ? 25 : 40;
  const [wx, wy, wz] = at(wrist);
  const rows = [ // along the hand, half width, half thickness, z of the middle
    [-0.012, 0.012, 0.01, 0], [0.0, 0.026, 0.022, 0], [0.03, 0.031, 0.018, 0.004], [0.06, 0.039, 0.016, 0.0],
    [0.09, 0.042, 0.0145, -0.002], [0.105, 0.038, 0.0125, -0.003], [0.112, 0.028, 0.008, -0.003],
  ];
  s.loft(rows.map(([x, w, t, z]) => ({
    center: [wx + side * x, wy - 0.001, wz + z],
    u: [0, t, 0], v: [0, 0, side * w], bind: [[wrist, 1]], shape: 2.4,
  })), 16, SKIN);
  const sizes = [0.0098, 0.0102, 0.0084, 0.0097, 0.0118]; // index, middle, pinky, ring, thumb
  sizes.forEach((r, f) => {
    const [a, b, c] = [0, 1, 2].map((k) => first + f * 3 + k);
    const tip = plus(at(c), scale(normal(minus(at(c), at(b))), f === 4 ? 0.028 : f === 2 ? 0.019 : 0.024));
    const options = { caps: 2, side: [0, 1, 0] };
    s.limb(at(a), at(b), [[f === 4 ? -0.3 : -0.25, r * 1.06], [1, r]], a, 9, SKIN, options);
    s.limb(at(b), at(c), [[0, r], [1, r * 0.93]], b, 9, SKIN, options);
    s.limb(at(c), tip, [[0, r * 0.93], [0.85, r * 0.82]], c, 9, SKIN, options);
  });
}

function head(s) {
  const bind = [[15, 1]];
  s.sheet((u, v) => headPoint((u - 0.5) * 2 * Math.PI, (v - 0.5) * Math.PI), 40, 28, bind, SKIN);
  for (const side of [1, -1]) { // ears
    s.limb(large([side * 0.077, 0.728, 0.022]), large([side * 0.082, 0.752, 0.014]), [[0, 0.012], [1, 0.0165]], 15, 10, SKIN,
      { side: [0, 0, 1], caps: 3 });
  }
  // the nose: a small ridge
  s.limb(large([0, 0.744, 0.122]), large([0, 0.722, 0.131]), [[0, 0.007], [0.6, 0.0095], [1, 0.0115]], 15, 10, SKIN, { caps: 3 });
  hair(s, bind);
}

function hair(s, bind) {
  // a cap around an axis that points up and back; its rim runs over the forehead and behind the ears
  const axis = normal([0, 0.8, -0.6]), right = [1, 0, 0], front = cross(right, axis);
  const rim = 1.52;
  s.sheet((u, v) => {
    const turn = 2 * Math.PI * u + Math.PI, sweep = (1 - v) * (rim + 0.1 * Math.cos(2 * turn) + 0.05 * Math.cos(turn));
    const d = plus(scale(axis, Math.cos(sweep)),
      scale(plus(scale(right, Math.sin(turn)), scale(front, Math.cos(turn))), Math.sin(sweep)));
    const edge = Math.min(1, v / 0.12);
    return headPoint(Math.atan2(d[0], d[2]), Math.asin(Math.max(-1, Math.min(1, d[1]))),
      0.985 + 0.105 * Math.sqrt(edge) + 0.02 * Math.max(0, d[1]));
  }, 40, 16, bind, HAIR);
  s.limb(large([0, 0.80, -0.088]), large([0, 0.82, -0.1]), [[0, 0.036], [1, 0.036]], 15, 16, HAIR, { caps: 5 });
}
