// The dance in two dimensions: OpenPose's 18 keypoints, drawn as the export draws them for pose-to-video models.
import {
  AIM_M, ANGLE, AT_JOINTS, COLOURS, DIM, DRAWN, EYE_M, FACE, FACE_OFFSETS, FADES, HEAD, LEFT_EAR, LEFT_SHOULDER, LIMBS, LOOKS,
  MARGIN_M, NEAREST_M, NECK, NOSE, POINTS, RIGHT_EAR, RIGHT_SHOULDER, SIDE, SLOW_S, SPARE_M, WIDTH,
} from "./openpose.js";
import { makePose } from "./kinematics.js";

export const FLAT_VIEWS = ["front", "follow", "own"]; // own: where the three-dimensional view looks from
const OWN_ANGLE = 31; // degrees, as stage.js has it
const EVERY = 3; // frames between two that are looked at for the cameras' distance
const JOINTS = 55;
const TAIL = 4; // times SLOW_S, where the weights of the following camera end

const rgb = (colour, dim = 1) => `rgb(${colour.map((v) => Math.floor(v * dim)).join()})`;
const DOTS = COLOURS.map((c) => rgb(c)), STICKS = LIMBS.map((_, i) => rgb(COLOURS[i], DIM));

/** World places, metres, of the keypoints of a pose: [[x, y, z], …]. */
export function keypoints(pose) {
  const p = pose.places, out = Array(POINTS);
  for (const [i, j] of AT_JOINTS) out[i] = [p[j * 3], p[j * 3 + 1], p[j * 3 + 2]];
  out[NECK] = out[RIGHT_SHOULDER].map((v, c) => (v + out[LEFT_SHOULDER][c]) / 2);
  const q = pose.world.subarray(HEAD * 4, HEAD * 4 + 4);
  const { flesh } = pose.shape;
  FACE.forEach((i, k) => { out[i] = turn(q, FACE_OFFSETS[k].map((v, c) => v * flesh[HEAD * 3 + c])).map((v, c) => v + p[HEAD * 3 + c]); });
  return out;
}

/** Whether the skin at the points of FACE looks at the eye, 0 to 1 each (see motion/openpose.py). */
export function faced(points, eye) {
  const middle = mean(points[RIGHT_EAR], points[LEFT_EAR]), left = unit(minus(points[LEFT_EAR], points[RIGHT_EAR]));
  const up = unit(cross(minus(points[NOSE], middle), left)), front = cross(left, up);
  return FACE.map((i, k) => {
    const look = [0, 1, 2].map((c) => LOOKS[k][0] * left[c] + LOOKS[k][1] * up[c] + LOOKS[k][2] * front[c]);
    const [low, high] = FADES[k], u = Math.min(1, Math.max(0, (dot(unit(minus(eye, points[i])), look) - low) / (high - low)));
    return u * u * (3 - 2 * u);
  });
}

/**
 * Keypoints in a picture of `width` by `height`: [x, y, drawn] each. What is outside of it, behind the eye or on the far
 * side of the head is not drawn; what the body hides is.
 */
export function project(points, { eye, target, angle }, width, height) {
  const back = unit(minus(eye, target)), right = unit(cross([0, 1, 0], back)), up = cross(back, right);
  const focal = height / 2 / Math.tan((angle * Math.PI) / 360), face = faced(points, eye);
  return points.map((point, i) => {
    const way = minus(point, eye), depth = -dot(way, back), scale = focal / Math.max(depth, 1e-3);
    const x = width / 2 + scale * dot(way, right), y = height / 2 - scale * dot(way, up), k = FACE.indexOf(i);
    return [x, y, depth > 0 && x >= 0 && y >= 0 && x < width && y < height && (k < 0 || face[k] >= DRAWN)];
  });
}

/** The cameras that find their place by themselves, for one dance: as motion/camera.py has them. */
export class Way {
  constructor(track) {
    this.track = track;
    this.pose = makePose();
    this.frames = 0;
  }

  /** What is known of the dance as far as it is there; worked out anew only where more of it came. */
  _learn(mirror) {
    const { track } = this;
    if (this.frames === track.frames && this.mirror === mirror) return;
    this.frames = track.frames;
    this.mirror = mirror;
    this.fits = {};
    this.roots = new Float32Array(track.frames * 2);
    for (let t = 0; t < track.frames; t++) this.roots.set(track.rootAt(t, mirror), t * 2);
    const kept = [];
    for (let t = 0; t < track.frames; t += EVERY) {
      track.sample(t / track.fps, this.pose, mirror);
      kept.push([t, Float32Array.from(this.pose.places)]);
    }
    this.kept = kept;
    const box = [Infinity, -Infinity, Infinity, -Infinity];
    for (const [, p] of kept) {
      for (let j = 0; j < JOINTS * 3; j += 3) {
        box[0] = Math.min(box[0], p[j]);
        box[1] = Math.max(box[1], p[j]);
        box[2] = Math.min(box[2], p[j + 2]);
        box[3] = Math.max(box[3], p[j + 2]);
      }
    }
    this.middle = [(box[0] + box[1]) / 2, (box[2] + box[3]) / 2];
  }

  /** The camera of a view ("front", "follow") at a time in seconds, for pictures of width/height `aspect`. */
  camera(view, time, aspect, mirror) {
    this._learn(mirror);
    const key = `${view} ${aspect.toFixed(4)}`;
    this.fits[key] ??= this._away((t) => (view === "front" ? this.middle : this._slow(t)), aspect);
    const [x, z] = view === "front" ? this.middle : this._slow(Math.min(Math.max(time * this.track.fps, 0), this.frames - 1));
    return { eye: [x, EYE_M, z + this.fits[key]], target: [x, AIM_M, z], angle: ANGLE };
  }

  /** m from the centres to an eye that loses no joint. */
  _away(centre, aspect) {
    const half = Math.tan((ANGLE * Math.PI) / 360);
    let most = -Infinity;
    for (const [t, p] of this.kept) {
      const [cx, cz] = centre(t);
      for (let j = 0; j < JOINTS * 3; j += 3) {
        const ahead = p[j + 2] - cz;
        most = Math.max(most, (Math.abs(p[j] - cx) + MARGIN_M) / (half * aspect) + ahead, (Math.abs(p[j + 1] - AIM_M) + MARGIN_M) / half + ahead);
      }
    }
    return Math.max(NEAREST_M, most + SPARE_M);
  }

  /** Where the following camera is (x, z) at a frame, which may lie between two: the pelvis' way, smoothed. */
  _slow(at) {
    const low = Math.floor(at), share = at - low, a = this._smooth(low);
    if (!share) return a;
    const b = this._smooth(Math.min(low + 1, this.frames - 1));
    return a.map((v, c) => v * (1 - share) + b[c] * share);
  }

  _smooth(frame) {
    const sigma = SLOW_S * this.track.fps, reach = Math.floor(TAIL * sigma + 0.5), { roots, frames } = this;
    let x = 0, z = 0, sum = 0;
    for (let d = -reach; d <= reach; d++) {
      const weight = Math.exp(-0.5 * (d / sigma) ** 2), t = Math.min(Math.max(frame + d, 0), frames - 1);
      x += weight * roots[t * 2];
      z += weight * roots[t * 2 + 1];
      sum += weight;
    }
    return [x / sum, z / sum];
  }
}

/** Draws on a canvas of its own, above the three-dimensional one. */
export class Flat {
  constructor(canvas) {
    this.canvas = canvas;
    this.c = canvas.getContext("2d", { alpha: false });
    this.points = []; // of the last picture, one list a pane
    this.tracks = null;
  }

  /**
   * One picture: poses at `time`, one a pane, `tracks` that they come from. `view` is one of FLAT_VIEWS; `orbit` is the camera
   * of the three-dimensional view.
   */
  draw(poses, tracks, view, time, orbit, mirror) {
    const { c, canvas } = this, ratio = window.devicePixelRatio || 1, box = canvas.getBoundingClientRect();
    const width = Math.max(1, Math.round(box.width * ratio)), height = Math.max(1, Math.round(box.height * ratio));
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    if (this.tracks !== tracks) {
      this.tracks = tracks;
      this.ways = tracks.map((t) => new Way(t));
    }
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.fillStyle = "#000";
    c.fillRect(0, 0, width, height);
    const part = width / poses.length;
    this.points = poses.map((pose, i) => {
      const own = { eye: orbit.eyes[i], target: orbit.targets[i], angle: OWN_ANGLE };
      const seen = project(keypoints(pose), view === "own" ? own : this.ways[i].camera(view, time, part / height, mirror), part, height);
      c.setTransform(1, 0, 0, 1, part * i, 0);
      drawPoints(c, seen, (WIDTH * Math.min(part, height)) / SIDE);
      return seen;
    });
  }
}

/** Limbs as ellipses, then dots: `unit` pixels are half of a limb's width and a dot's radius. */
function drawPoints(c, seen, unit) {
  LIMBS.forEach(([a, b], i) => {
    const [ax, ay, there] = seen[a], [bx, by, too] = seen[b];
    if (!there || !too) return;
    c.fillStyle = STICKS[i];
    c.beginPath();
    c.ellipse((ax + bx) / 2, (ay + by) / 2, Math.hypot(ax - bx, ay - by) / 2, unit, Math.atan2(ay - by, ax - bx), 0, 2 * Math.PI);
    c.fill();
  });
  seen.forEach(([x, y, there], i) => {
    if (!there) return;
    c.fillStyle = DOTS[i];
    c.beginPath();
    c.arc(x, y, unit, 0, 2 * Math.PI);
    c.fill();
  });
}

const minus = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const mean = (a, b) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2];
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];

function unit(v) {
  const n = 1 / Math.max(1e-9, Math.hypot(v[0], v[1], v[2]));
  return [v[0] * n, v[1] * n, v[2] * n];
}

function turn(q, v) {
  const u = [q[1], q[2], q[3]], t = cross(u, v).map((x) => 2 * x), s = cross(u, t);
  return v.map((x, c) => x + q[0] * t[c] + s[c]);
}
