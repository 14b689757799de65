// A body of fewer points, for machines without a graphics card: points that share a small cell become one. Cells are
// laid over the whole body, so that parts that touch still do; where colours or parts meet, all points stay, because a
// ragged hem is seen at once.
const GRAINS = { // m, edge of a cell; "fine" is all points
  middle: { body: 0.024, hand: 0.012, head: 0.01, face: 0.004 },
  coarse: { body: 0.038, hand: 0.016, head: 0.014, face: 0.006 },
};
const FACE = [[-0.031, 0.737, 0.13], [0.031, 0.737, 0.13], [0, 0.672, 0.15]], NEAR = 0.03; // m: eyes and mouth
const NECK = 12, HEAD = 15, JAW = 22, EYE = 24, WRISTS = [20, 21], FINGERS = 25; // joints
const known = new WeakMap(); // by the parts of a body: {places, grains}

/** The parts of `loadBody` with the points of a grain. Worked out once for each. */
export function thinned(parts, grain) {
  if (grain === "fine") return parts;
  if (!known.has(parts)) known.set(parts, { places: placesOf(parts), grains: {} });
  const { places, grains } = known.get(parts);
  return (grains[grain] ??= coarsened(parts, places, GRAINS[grain]));
}

/** All places of a body: {of: for each part the place of each point, facing: which way each faces, seam: 1 where colours or parts meet}. */
function placesOf(parts) {
  const numbers = new Map(), of = parts.map((part) => Uint32Array.from({ length: part.places.length / 3 }, (_, i) => {
    let key = 0;
    for (let c = 0; c < 3; c++) key = key * 65_536 + Math.round(part.places[i * 3 + c] * 1e4) + 32_768; // tenths of a millimetre
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    return numbers.get(key);
  }));
  const sums = new Float32Array(numbers.size * 3), paint = new Int32Array(numbers.size).fill(-1), seam = new Uint8Array(numbers.size);
  parts.forEach((part, p) => {
    const paints = paintsOf(parts, p);
    of[p].forEach((place, i) => {
      for (let c = 0; c < 3; c++) sums[place * 3 + c] += part.normals[i * 3 + c];
      if (paint[place] >= 0 && paint[place] !== paints[i]) seam[place] = 1;
      paint[place] = paints[i];
    });
    for (let t = 0; t < part.index.length; t += 3) {
      const [a, b, c] = [part.index[t], part.index[t + 1], part.index[t + 2]];
      if (paints[a] !== paints[b] || paints[b] !== paints[c]) for (const i of [a, b, c]) seam[of[p][i]] = 1;
    }
  });
  // points at one place, of whatever part, face one way
  const facing = Uint8Array.from(seam, (_, i) => (sums[i * 3] > 0) + 2 * (sums[i * 3 + 1] > 0) + 4 * (sums[i * 3 + 2] > 0));
  return { of, facing, seam };
}

/** For each point of a part a number for its material and its rough colour. */
function paintsOf(parts, p) {
  const { colours, material, places } = parts[p], first = parts.findIndex((other) => other.material === material) * 125;
  return Int32Array.from({ length: places.length / 3 }, (_, i) => first + (colours ? tone(colours, i * 3) : 0));
}

const tone = (colours, o) => (Math.round(colours[o] * 4) * 5 + Math.round(colours[o + 1] * 4)) * 5 + Math.round(colours[o + 2] * 4);

function coarsened(parts, { of, facing, seam }, sizes) {
  const cells = new Map(); // key -> [sum of x, y, z, count]
  const keys = parts.map((part, p) => {
    const paints = paintsOf(parts, p);
    return Array.from(of[p], (place, i) => {
      const key = `${seam[place] ? -1 - place : cellOf(part, i, facing[place], sizes)} ${paints[i]}`, cell = cells.get(key) ?? [0, 0, 0, 0];
      for (let c = 0; c < 3; c++) cell[c] += part.places[i * 3 + c];
      cell[3]++;
      cells.set(key, cell);
      return key;
    });
  });
  return parts.map((part, p) => thinner(part, keys[p], cells));
}

/** A number for the cell of a point: near by, on the same joint, facing the same way. */
function cellOf(part, i, facing, sizes) {
  let joint = 0;
  for (let k = 1; k < 4; k++) if (part.weights[i * 4 + k] > part.weights[i * 4 + joint]) joint = k;
  const j = part.joints[i * 4 + joint], place = part.places.subarray(i * 3, i * 3 + 3);
  const near = FACE.some((p) => Math.hypot(place[0] - p[0], place[1] - p[1], place[2] - p[2]) < NEAR);
  const size = near ? sizes.face : j === HEAD || j === NECK || (j >= JAW && j <= EYE) ? sizes.head : j >= FINGERS || WRISTS.includes(j) ? sizes.hand : sizes.body;
  let key = j * 8 + facing;
  for (const x of place) key = key * 2048 + Math.floor(x / size) + 1024;
  return key;
}

function thinner(part, keys, cells) {
  const groups = new Map(), to = [];
  keys.forEach((key, i) => {
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(i);
  });
  const chosen = [...groups].map(([key, points], k) => {
    for (const i of points) to[i] = k;
    return nearest(part.places, points, cells.get(key));
  });
  const index = [];
  for (let i = 0; i < part.index.length; i += 3) {
    const [a, b, c] = [to[part.index[i]], to[part.index[i + 1]], to[part.index[i + 2]]];
    if (a !== b && b !== c && c !== a) index.push(a, b, c);
  }
  const take = (array, width) => {
    if (!array) return null;
    const out = new array.constructor(chosen.length * width);
    chosen.forEach((v, i) => { for (let k = 0; k < width; k++) out[i * width + k] = array[v * width + k]; });
    return out;
  };
  const places = take(part.places, 3);
  [...groups.keys()].forEach((key, i) => { const cell = cells.get(key); for (let c = 0; c < 3; c++) places[i * 3 + c] = cell[c] / cell[3]; });
  const left = new Map(chosen.map((v, i) => [v, i]));
  return { ...part, index, places, normals: take(part.normals, 3), joints: take(part.joints, 4),
    weights: take(part.weights, 4), colours: take(part.colours, 3), uvs: take(part.uvs, 2),
    targets: part.targets.map((t) => keptTo(t, left)).filter((t) => t.points.length) };
}

function nearest(places, points, [sx, sy, sz, count]) {
  let best = points[0], least = Infinity;
  for (const i of points) {
    const d = Math.hypot(places[i * 3] - sx / count, places[i * 3 + 1] - sy / count, places[i * 3 + 2] - sz / count);
    if (d < least) [best, least] = [i, d];
  }
  return best;
}

function keptTo(target, left) {
  const points = [], move = [], turn = [];
  target.points.forEach((v, k) => {
    if (!left.has(v)) return;
    points.push(left.get(v));
    move.push(...target.move.subarray(k * 3, k * 3 + 3));
    turn.push(...target.turn.subarray(k * 3, k * 3 + 3));
  });
  return { ...target, points, move: Float32Array.from(move), turn: Float32Array.from(turn) };
}
