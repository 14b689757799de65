// Rings around the joints at fault, over the picture, whatever draws it.
import { faultsOf, tint } from "./lanes.js";
import { twinOf } from "./kinematics.js";

const RADIUS = 0.075; // m
const SHOWN = 0.15; // s before and after a fault for which its ring is seen, so that a pop is not missed

/** Draws the rings of the faults at `time` onto a canvas of the stage's size; true if there are any. */
export function drawMarks(canvas, model, time, half) {
  const all = faultsOf(model).filter((f) => f.joints.length && f.start - SHOWN <= time && time <= f.stop + SHOWN);
  if (!all.length) {
    if (canvas.dataset.marks) clear(canvas);
    return false;
  }
  const box = canvas.parentElement, width = box.clientWidth, height = box.clientHeight, ratio = Math.min(window.devicePixelRatio || 1, 2);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const c = canvas.getContext("2d"), panes = model.poses.length, wide = width / panes;
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  let count = 0;
  for (const f of all) {
    const pose = model.poses[f.pane], eye = model.camera.eyes[f.pane], target = model.camera.targets[f.pane];
    for (const joint of f.joints) {
      const j = (model.mirror ? twinOf(joint) : joint) * 3, seen = project(pose.places, j, eye, target, half, wide, height);
      if (!seen) continue;
      ring(c, wide * f.pane + seen.x, seen.y, Math.max(7, seen.metre * RADIUS), tint(f.severity, model.screen.theme));
      count++;
    }
  }
  canvas.dataset.marks = String(count);
  return count > 0;
}

function clear(canvas) {
  canvas.width = canvas.width; // wipes it
  delete canvas.dataset.marks;
}

/** Where a place is in a pane, and how many pixels a metre is there; null behind the camera. */
function project(places, j, eye, target, half, width, height) {
  const ahead = unit(eye.map((e, i) => target[i] - e)), right = unit([-ahead[2], 0, ahead[0]]);
  const up = [right[1] * ahead[2] - right[2] * ahead[1], right[2] * ahead[0] - right[0] * ahead[2], right[0] * ahead[1] - right[1] * ahead[0]];
  const d = eye.map((e, i) => places[j + i] - e), deep = dot(d, ahead);
  if (deep < 0.1) return null;
  const metre = height / (2 * half * deep);
  return { x: width / 2 + dot(d, right) * metre, y: height / 2 - dot(d, up) * metre, metre };
}

function ring(c, x, y, r, colour) {
  c.beginPath();
  c.arc(x, y, r, 0, 2 * Math.PI);
  c.lineWidth = 5;
  c.strokeStyle = "rgba(0,0,0,.35)";
  c.stroke();
  c.lineWidth = 3;
  c.strokeStyle = colour;
  c.stroke();
}

const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

function unit(v) {
  const n = Math.hypot(...v) || 1;
  return v.map((x) => x / n);
}
