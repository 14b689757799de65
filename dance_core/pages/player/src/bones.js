// The skeleton look: bones and joints as they are in the motion, left and right told apart, a face drawn on.
import { BufferAttribute, CanvasTexture, Color, Group, MeshLambertMaterial, MeshStandardMaterial, SRGBColorSpace } from "three";
import { drawFace, faceKey, readFace } from "./face.js";
import { geometryOf, makeSkeleton, setBones, skinned } from "./rig.js";
import { HEAD, JOINT, LEFT, MIDDLE, RIGHT } from "./roles.js";
import { Surface, minus, norm, normal, plus, scale } from "./shapes.js";
import { NEUTRAL } from "./shape.js";
import { JOINT_NAMES, PARENTS } from "./skeleton.js";

const FACE_PIXELS = 256;
const HEAD_JOINT = 15, HIDDEN = new Set([22, 23, 24]); // jaw and eyes are in the drawn face

/** The head's surface in the direction (azimuth from +Z towards +X, elevation), radians; rest metres. */
function headPoint(azimuth, elevation, grow = 1) {
  const ce = Math.cos(elevation), dx = ce * Math.sin(azimuth), dy = Math.sin(elevation), dz = ce * Math.cos(azimuth);
  const low = Math.max(0, -dy);
  const x = dx * 0.086 * (1 - 0.22 * low * low), y = dy * (dy > 0 ? 0.13 : 0.138), z = dz * 0.108 * (1 - 0.1 * low);
  return [x * grow, 0.757 + y * grow, 0.036 + 0.012 * low + z * grow];
}

/** How far the head is from where ours is, m. */
const headOff = (shape) => [0, 1, 2].map((c) => shape.moved[HEAD_JOINT * 3 + c]);

function buildBones(detail, shape) {
  const s = new Surface(detail), at = (j) => Array.from(shape.rest.subarray(j * 3, j * 3 + 3)), off = headOff(shape);
  const side = (j) => (JOINT_NAMES[j].startsWith("left") ? LEFT : JOINT_NAMES[j].startsWith("right") ? RIGHT : MIDDLE);
  const bone = (a, b, joint, role, r) => s.limb(a, b, [[0.05, r * 0.5], [0.22, r], [0.95, r * 0.38]], joint, 8, role, { caps: 2 });
  const ball = (place, joint, r) => s.limb(plus(place, [0, -r * 0.01, 0]), plus(place, [0, r * 0.01, 0]), [[0, r], [1, r]], joint, 10, JOINT, { caps: 4 });
  for (let j = 0; j < 55; j++) {
    if (HIDDEN.has(j)) continue;
    const finger = j >= 25, p = PARENTS[j];
    if (j !== HEAD_JOINT && !(finger && detail < 1)) ball(at(j), j, finger ? 0.0085 : j === 10 || j === 11 ? 0.02 : 0.0255);
    if (p < 0) continue;
    const a = at(p), b = at(j), length = norm(minus(b, a));
    const r = finger ? Math.min(0.0085, Math.max(0.006, length * 0.14)) : Math.min(0.034, Math.max(0.02, length * 0.13));
    if (length > 0.012) bone(a, b, p, side(j), j === HEAD_JOINT ? 0.024 : r);
    if (finger && (j - 25) % 3 === 2) bone(b, plus(b, scale(normal(minus(b, a)), j % 15 === 9 ? 0.03 : 0.024)), j, side(j), 0.006);
    if (j === 10 || j === 11) bone(b, plus(b, scale([0, -0.006, 0.062], shape.legs)), j, side(j), 0.018); // toes
    if (j === 7 || j === 8) bone(b, plus(b, scale([0, -0.068, -0.045], shape.legs)), j, side(j), 0.02); // heel
  }
  s.sheet((u, v) => plus(headPoint((u - 0.5) * 2 * Math.PI, (v - 0.5) * Math.PI), off), 36, 24, [[HEAD_JOINT, 1]], HEAD);
  return s;
}

/** One skeleton on the stage. */
export class Bones {
  constructor(detail, shape = NEUTRAL) {
    this.shape = shape;
    const s = buildBones(detail, shape), geometry = geometryOf(s);
    this.roles = s.roles;
    this.colours = new BufferAttribute(new Float32Array(s.roles.length * 3), 3);
    geometry.setAttribute("color", this.colours);
    this.skeleton = makeSkeleton(null, shape.rest);
    const Material = detail < 1 ? MeshLambertMaterial : MeshStandardMaterial;
    this.mesh = skinned(geometry, new Material({ vertexColors: true }), this.skeleton);
    this.face = this._face(detail, Material);
    this.object = new Group();
    this.object.add(this.mesh, this.face);
  }

  _face(detail, Material) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = FACE_PIXELS;
    this.pen = canvas.getContext("2d");
    this.texture = new CanvasTexture(canvas);
    this.texture.colorSpace = SRGBColorSpace;
    const patch = new Surface(detail), across = 1.05, low = -0.95, high = 0.52, wide = 0.2, off = headOff(this.shape);
    patch.sheet((u, v) => plus(headPoint((u - 0.5) * 2 * across, low + (high - low) * v, 1.006), off), 24, 24, [[HEAD_JOINT, 1]], 0);
    const geometry = geometryOf(patch), uv = new Float32Array(patch.roles.length * 2);
    for (let i = 0; i < patch.roles.length; i++) { // flat projection from the front, a head's width a side
      uv[i * 2] = patch.places[i * 3] / wide + 0.5;
      uv[i * 2 + 1] = (patch.places[i * 3 + 1] - off[1] - 0.7) / wide + 0.26;
    }
    geometry.setAttribute("uv", new BufferAttribute(uv, 2));
    const material = new Material({ map: this.texture, transparent: true, depthWrite: false,
      polygonOffset: true, polygonOffsetFactor: -2, polygonOffsetUnits: -2 });
    const mesh = skinned(geometry, material, this.skeleton);
    mesh.castShadow = false;
    mesh.renderOrder = 2;
    return mesh;
  }

  paint(palette) {
    const colour = new Color();
    this.roles.forEach((role, i) => {
      colour.set(palette.bones[role]);
      this.colours.setXYZ(i, colour.r, colour.g, colour.b);
    });
    this.colours.needsUpdate = true;
  }

  pose(pose) {
    setBones(this.skeleton, pose);
    const key = faceKey(pose);
    if (key === this.shown) return;
    this.shown = key;
    const c = this.pen;
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.clearRect(0, 0, FACE_PIXELS, FACE_PIXELS);
    c.setTransform(FACE_PIXELS, 0, 0, FACE_PIXELS, FACE_PIXELS / 2, FACE_PIXELS * 0.42);
    drawFace(c, readFace(pose));
    this.texture.needsUpdate = true;
  }

  dispose() {
    for (const mesh of [this.mesh, this.face]) {
      mesh.geometry.dispose();
      mesh.material.dispose();
    }
    this.texture.dispose();
    this.skeleton.dispose();
  }
}
