// A body of fewer points, for machines without a graphics card: points that share a small cell become one. Cells are
// laid over the whole body, so that parts that touch still do.
const CELL = 0.038, HAND = 0.016, HEAD = 0.014, EYE = 0.006; // m, edge of a cell

/** The parts of `loadBody` with fewer points. Their morph targets keep to the points that are left. */
export function coarsened(parts) {
  const facing = facings(parts), cells = new Map();
  const keys = parts.map((part) => Array.from({ length: part.places.length / 3 }, (_, i) => {
    const key = cellOf(part, i, facing), cell = cells.get(key) ?? [0, 0, 0, 0];
    for (let c = 0; c < 3; c++) cell[c] += part.places[i * 3 + c];
    cell[3]++;
    cells.set(key, cell);
    return key;
  }));
  return parts.map((part, p) => thinner(part, keys[p], cells));
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
    targets: part.targets.map((t) => thinned(t, left)).filter((t) => t.points.length) };
}

const placeOf = (part, i) => [0, 1, 2].map((c) => Math.round(part.places[i * 3 + c] * 1e4)).join();

/** Which way each place of the body faces, and its colour: points at one place, of whatever part, face one way. */
function facings(parts) {
  const sums = new Map();
  for (const part of parts) {
    for (let i = 0; i < part.places.length / 3; i++) {
      const key = placeOf(part, i), sum = sums.get(key) ?? [0, 0, 0, 0];
      for (let c = 0; c < 3; c++) sum[c] += part.normals[i * 3 + c];
      sum[3]++;
      sums.set(key, sum);
    }
  }
  return (part, i) => {
    const sum = sums.get(placeOf(part, i));
    return sum.slice(0, 3).map((v) => (v > 0 ? "+" : "-")).join("") + (sum[3] > 1 || !part.colours ? "" : tone(part.colours, i));
  };
}

/** A rough colour, so that a stripe stays one; not where points of several parts lie at one place. */
const tone = (colours, i) => [0, 1, 2].map((c) => Math.round(colours[i * 3 + c] * 4)).join("");

/** The cell of a point: near by, on the same joint, facing the same way. */
function cellOf(part, i, facing) {
  let joint = 0;
  for (let k = 1; k < 4; k++) if (part.weights[i * 4 + k] > part.weights[i * 4 + joint]) joint = k;
  const j = part.joints[i * 4 + joint], [x, y, z] = part.places.subarray(i * 3, i * 3 + 3);
  const fine = [[-0.031, 0.737, 0.13], [0.031, 0.737, 0.13], [0, 0.672, 0.15]]; // eyes and mouth
  const size = fine.some((p) => Math.hypot(x - p[0], y - p[1], z - p[2]) < 0.03) ? EYE
    : j === 15 || (j >= 22 && j <= 24) ? HEAD : j >= 25 || j === 20 || j === 21 ? HAND : CELL;
  return `${j} ${facing(part, i)} ${Math.floor(x / size)} ${Math.floor(y / size)} ${Math.floor(z / size)}`;
}

function nearest(places, points, [sx, sy, sz, count]) {
  let best = points[0], least = Infinity;
  for (const i of points) {
    const d = Math.hypot(places[i * 3] - sx / count, places[i * 3 + 1] - sy / count, places[i * 3 + 2] - sz / count);
    if (d < least) [best, least] = [i, d];
  }
  return best;
}

function thinned(target, left) {
  const points = [], move = [], turn = [];
  target.points.forEach((v, k) => {
    if (!left.has(v)) return;
    points.push(left.get(v));
    move.push(...target.move.subarray(k * 3, k * 3 + 3));
    turn.push(...target.turn.subarray(k * 3, k * 3 + 3));
  });
  return { ...target, points, move: Float32Array.from(move), turn: Float32Array.from(turn) };
}
