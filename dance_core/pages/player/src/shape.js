// What betas do to the body, as motion/shape.py says it: bones grow by a share, and the flesh on them.
import { BONES, BONE_GROWTH, FLESH_GROWTH, PARENTS, REST } from "./skeleton.js";

const JOINTS = 55, HIP = 1;

/** Our own body: {bones, rest: m as in skeleton.js; flesh: factors, three a joint; moved: m, how far each joint is from ours; legs: a factor}. */
export const NEUTRAL = { bones: BONES, rest: REST, flesh: new Float32Array(JOINTS * 3).fill(1), moved: new Float32Array(JOINTS * 3), legs: 1 };

const known = new Map([["", NEUTRAL]]);

/** The shape of some betas; one object for the same. None, or zeros: NEUTRAL. */
export function shapeOf(betas) {
  const some = (betas ?? []).slice(0, BONE_GROWTH.length), key = some.some(Boolean) ? some.join() : "";
  if (!known.has(key)) known.set(key, shaped(some));
  return known.get(key);
}

function shaped(betas) {
  const bones = BONES.slice(), rest = REST.slice(), flesh = NEUTRAL.flesh.slice(), moved = NEUTRAL.moved.slice();
  const sum = (tables, i) => betas.reduce((total, beta, k) => total + beta * tables[k][i], 1);
  for (let j = 0; j < JOINTS; j++) {
    for (let c = 0, o = j * 3; c < 3; c++, o++) {
      flesh[o] = sum(FLESH_GROWTH, o);
      if (!j) continue;
      bones[o] *= sum(BONE_GROWTH, j);
      rest[o] = rest[PARENTS[j] * 3 + c] + bones[o];
      moved[o] = rest[o] - REST[o];
    }
  }
  return { bones, rest, flesh, moved, legs: sum(BONE_GROWTH, HIP) };
}

/** Places of a skin's points on a body of this shape, m: `joints` and `weights` are four a point. */
export function grown(places, joints, weights, { flesh, moved }) {
  const out = new Float32Array(places.length);
  for (let i = 0; i < places.length / 3; i++) {
    let all = 0;
    for (let k = i * 4; k < i * 4 + 4; k++) all += weights[k];
    for (let k = i * 4; k < i * 4 + 4; k++) {
      const share = weights[k] / all, j = joints[k] * 3;
      if (!share) continue;
      for (let c = 0; c < 3; c++) out[i * 3 + c] += share * (REST[j + c] + moved[j + c] + flesh[j + c] * (places[i * 3 + c] - REST[j + c]));
    }
  }
  return out;
}
