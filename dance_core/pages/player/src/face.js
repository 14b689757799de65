// The face as a drawing: brows, eyes and mouth from the ARKit coefficients and the jaw and eye joints.
import { FACE_NAMES } from "./skeleton.js";

const INDEX = Object.fromEntries(FACE_NAMES.map((n, i) => [n, i]));
const INK = "#2a2024", LIP = "#b4564c", MOUTH = "#5a1f26", TEETH = "#fbf4ec", TONGUE = "#d4706a", BLUSH = "224, 120, 96";

/** What the drawing needs, read from a pose. `left` is the dancer's own left. */
export function readFace(pose) {
  const f = (name) => pose.face[INDEX[name]];
  const both = (name) => [f(name + "Left"), f(name + "Right")];
  const turn = (joint, axis) => 2 * Math.asin(Math.max(-1, Math.min(1, pose.local[joint * 4 + 1 + axis])));
  const jaw = Math.max(f("jawOpen"), Math.min(1, Math.max(0, turn(22, 0) / 0.35)));
  return {
    blink: both("eyeBlink"), wide: both("eyeWide"), squint: both("eyeSquint"),
    gaze: [0, 1].map((side) => {
      const s = side ? "Right" : "Left", joint = side ? 24 : 23;
      const out = f("eyeLookOut" + s) - f("eyeLookIn" + s);
      return [(side ? -out : out) + turn(joint, 1) * 1.6, f("eyeLookUp" + s) - f("eyeLookDown" + s) - turn(joint, 0) * 1.6];
    }),
    browDown: both("browDown"), browOuter: both("browOuterUp"), browInner: f("browInnerUp"),
    smile: both("mouthSmile"), frown: both("mouthFrown"), stretch: both("mouthStretch"),
    cheek: both("cheekSquint"), puff: f("cheekPuff"),
    jaw, pucker: Math.max(f("mouthPucker"), f("mouthFunnel") * 0.8), close: f("mouthClose"),
    funnel: f("mouthFunnel"), shift: f("mouthLeft") - f("mouthRight"), tongue: f("tongueOut"),
    upper: both("mouthUpperUp"), lower: both("mouthLowerDown"),
  };
}

/** One number that changes when the drawing would. */
export function faceKey(pose) {
  let key = 0;
  for (let i = 0; i < pose.face.length; i++) key = (key * 31 + Math.round(pose.face[i] * 40)) | 0;
  return key + Math.round(pose.local[23 * 4 + 2] * 50) * 7 + Math.round(pose.local[22 * 4 + 1] * 50) * 131;
}

/**
 * Draws into `c`, a 2-D context whose unit is a head width: x from -0.5 (the viewer's left: the dancer's
 * right) to 0.5, y down, 0 = between the eyes.
 */
export function drawFace(c, face) {
  c.lineCap = "round";
  c.lineJoin = "round";
  for (const side of [0, 1]) {
    const sign = side ? -1 : 1; // the dancer's left eye is at the viewer's right
    cheek(c, face, side, sign);
    eye(c, face, side, sign);
    brow(c, face, side, sign);
  }
  mouth(c, face);
}

function cheek(c, face, side, sign) {
  const x = sign * 0.25, y = 0.17 - 0.02 * face.smile[side], r = 0.11;
  const glow = c.createRadialGradient(x, y, 0, x, y, r);
  glow.addColorStop(0, `rgba(${BLUSH}, ${0.2 + 0.22 * face.smile[side]})`);
  glow.addColorStop(1, `rgba(${BLUSH}, 0)`);
  c.fillStyle = glow;
  c.fillRect(x - r, y - r, 2 * r, 2 * r);
}

function eye(c, face, side, sign) {
  const closed = Math.min(1, face.blink[side] + 0.35 * face.squint[side] + 0.18 * Math.max(0, face.smile[side] - 0.4));
  const height = (0.088 + 0.024 * face.wide[side]) * (1 - closed), width = 0.075, x = sign * 0.19;
  if (height < 0.014) { // shut: a soft arc, bent upwards by a smile
    const bend = 0.018 - 0.05 * face.smile[side];
    c.strokeStyle = INK;
    c.lineWidth = 0.03;
    c.beginPath();
    c.moveTo(x - width, 0.006);
    c.quadraticCurveTo(x, 0.006 + bend * 1.6, x + width, 0.006);
    c.stroke();
    return;
  }
  c.save();
  c.beginPath();
  c.ellipse(x, 0, width, height, 0, 0, 2 * Math.PI);
  c.fillStyle = "#fffdf9";
  c.fill();
  c.clip();
  const [gx, gy] = face.gaze[side], px = x + gx * 0.03, py = -gy * 0.03;
  c.fillStyle = INK;
  c.beginPath();
  c.ellipse(px, py, 0.054, 0.066, 0, 0, 2 * Math.PI);
  c.fill();
  c.fillStyle = "#fff";
  c.beginPath();
  c.arc(px + 0.019, py - 0.026, 0.017, 0, 2 * Math.PI);
  c.fill();
  c.restore();
  c.strokeStyle = INK; // the lash line
  c.lineWidth = 0.026;
  c.beginPath();
  c.ellipse(x, 0, width, height, 0, Math.PI * 1.08, Math.PI * 1.92);
  c.stroke();
}

function brow(c, face, side, sign) {
  const down = face.browDown[side], outer = face.browOuter[side], inner = face.browInner;
  const yIn = -0.152 + 0.045 * down - 0.055 * inner, yOut = -0.152 + 0.02 * down - 0.06 * outer;
  const top = -0.186 + 0.03 * down - 0.05 * Math.max(inner * 0.7, outer);
  c.strokeStyle = "#3a2c2e";
  c.lineWidth = 0.044;
  c.beginPath();
  c.moveTo(sign * (0.105 - 0.012 * down), yIn);
  c.quadraticCurveTo(sign * 0.185, top, sign * 0.275, yOut);
  c.stroke();
}

function mouth(c, face) {
  const y0 = 0.315, pucker = face.pucker;
  const open = Math.max(0, face.jaw - 0.6 * face.close) * 0.19 + face.funnel * 0.03
    + 0.02 * (face.lower[0] + face.lower[1]);
  const corner = (side) => {
    const w = 0.14 + 0.06 * face.smile[side] + 0.03 * face.stretch[side] - 0.075 * pucker;
    return [w, y0 - 0.055 * face.smile[side] + 0.045 * face.frown[side] + 0.25 * open];
  };
  const [wl, yl] = corner(0), [wr, yr] = corner(1), shift = 0.05 * face.shift;
  const smile = (face.smile[0] + face.smile[1]) / 2, frown = (face.frown[0] + face.frown[1]) / 2;
  const top = y0 + 0.02 + 0.035 * smile - 0.035 * frown - 0.008 * (face.upper[0] + face.upper[1]);
  const bottom = top + 0.012 + open;
  const lips = new Path2D();
  lips.moveTo(shift - wr, yr);
  lips.bezierCurveTo(shift - wr * 0.45, top, shift + wl * 0.45, top, shift + wl, yl);
  lips.bezierCurveTo(shift + wl * 0.62, bottom + 0.28 * open, shift - wr * 0.62, bottom + 0.28 * open, shift - wr, yr);
  lips.closePath();
  if (open > 0.012) {
    c.fillStyle = MOUTH;
    c.fill(lips);
    c.save();
    c.clip(lips);
    c.fillStyle = TEETH;
    c.fillRect(-0.3, top - 0.1, 0.6, 0.1 + Math.min(0.036, open * 0.4));
    c.fillStyle = TONGUE;
    c.beginPath();
    c.ellipse(shift, bottom + 0.25 * open + 0.02 - 0.03 * face.tongue, wl * 0.62, 0.04 + 0.12 * open, 0, 0, 2 * Math.PI);
    c.fill();
    c.restore();
  }
  c.strokeStyle = open > 0.012 ? LIP : "#9a4540";
  c.lineWidth = 0.03 + 0.012 * pucker;
  c.stroke(lips);
}
