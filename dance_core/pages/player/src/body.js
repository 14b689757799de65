// The body look: the skinned mesh of assets/body/body.glb, posed by our kinematics. The face's morph targets are
// kept as short lists of the points that they move and are added up here: fifty-two targets in a shader would
// cost every point of the body, here a moved face costs some thousand additions.
import { BufferAttribute, BufferGeometry, Color, Group, MeshLambertMaterial, MeshStandardMaterial } from "three";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
import { thinned } from "./coarse.js";
import { makeSkeleton, setBones, skinned } from "./rig.js";
import { NEUTRAL, grown } from "./shape.js";
import { FACE_NAMES, JOINT_NAMES } from "./skeleton.js";

const TINY = 1e-6; // m
const loaded = new Map();

/** The parts of a body by its address: loaded once for a page. */
export function loadBody(url) {
  if (!loaded.has(url)) {
    const parts = new GLTFLoader().loadAsync(url).then(readBody);
    parts.catch(() => loaded.delete(url)); // the next value may try again
    loaded.set(url, parts);
  }
  return loaded.get(url);
}

function readBody(gltf) {
  const parts = [];
  gltf.scene.traverse((mesh) => { if (mesh.isSkinnedMesh) parts.push(...readMesh(mesh)); });
  if (!parts.length) throw new Error("no skinned mesh in the body's file");
  return parts;
}

function readMesh(mesh) {
  const order = mesh.skeleton.bones.map((b) => JOINT_NAMES.indexOf(b.name));
  if (order.includes(-1)) throw new Error("the body's file has other joints");
  const inverses = [];
  order.forEach((joint, i) => { inverses[joint] = mesh.skeleton.boneInverses[i]; });
  const g = mesh.geometry, n = g.attributes.position.count;
  if (!g.attributes.normal) g.computeVertexNormals();
  const joints = new Uint8Array(n * 4), weights = new Float32Array(n * 4), normals = flat(g.attributes.normal), places = flat(g.attributes.position);
  const { skinIndex, skinWeight } = g.attributes;
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < 4; k++) {
      joints[i * 4 + k] = order[skinIndex.getComponent(i, k)];
      weights[i * 4 + k] = skinWeight.getComponent(i, k);
    }
  }
  const index = g.index ? Array.from(g.index.array) : Array.from({ length: n }, (_, i) => i);
  const source = { places, normals, joints, weights, colours: g.attributes.color ? flat(g.attributes.color, 3) : null,
    uvs: g.attributes.uv ? flat(g.attributes.uv, 2) : null };
  const targets = readTargets(mesh, places, index);
  const moved = new Uint8Array(n);
  for (const t of targets) for (const i of t.points) moved[i] = 1;
  const face = [], rest = [];
  for (let i = 0; i < index.length; i += 3) {
    const three = [index[i], index[i + 1], index[i + 2]];
    (three.some((v) => moved[v]) ? face : rest).push(...three);
  }
  const common = { material: mesh.material, inverses };
  const parts = [];
  if (rest.length) parts.push({ ...common, ...cut(source, rest), targets: [] });
  if (face.length) {
    const part = cut(source, face);
    parts.push({ ...common, ...part, targets: targets.map((t) => ({ ...t, points: t.points.map((i) => part.where[i]) })) });
  }
  return parts;
}

/** Only the points that these triangles use. */
function cut(source, index) {
  const where = {}, from = [];
  const triangles = index.map((v) => (where[v] ??= from.push(v) - 1));
  const take = (array, width) => {
    if (!array) return null;
    const out = new array.constructor(from.length * width);
    from.forEach((v, i) => { for (let k = 0; k < width; k++) out[i * width + k] = array[v * width + k]; });
    return out;
  };
  return { where, index: triangles, places: take(source.places, 3), normals: take(source.normals, 3), joints: take(source.joints, 4),
    weights: take(source.weights, 4), colours: take(source.colours, 3), uvs: take(source.uvs, 2) };
}

/** {coefficient, points, move, turn}: which points a coefficient moves, how far, and how their normals turn. */
function readTargets(mesh, places, index) {
  const { position = [], normal = [] } = mesh.geometry.morphAttributes, names = mesh.morphTargetDictionary ?? {};
  const base = position.length && !normal.length ? normalsOf(places, index) : null;
  return Object.entries(names).map(([name, k]) => {
    const coefficient = FACE_NAMES.indexOf(name), offsets = flat(position[k]);
    const points = [];
    for (let i = 0; i < offsets.length; i += 3) {
      if (Math.abs(offsets[i]) + Math.abs(offsets[i + 1]) + Math.abs(offsets[i + 2]) > TINY) points.push(i / 3);
    }
    let turned;
    if (normal[k]) turned = flat(normal[k]);
    else {
      turned = normalsOf(places.map((v, i) => v + offsets[i]), index);
      for (let i = 0; i < turned.length; i++) turned[i] -= base[i];
    }
    const pick = (array) => Float32Array.from(points.flatMap((i) => [array[i * 3], array[i * 3 + 1], array[i * 3 + 2]]));
    return { coefficient, points, move: pick(offsets), turn: pick(turned) };
  }).filter((t) => t.coefficient >= 0 && t.points.length);
}

function normalsOf(places, index) {
  const g = new BufferGeometry();
  g.setAttribute("position", new BufferAttribute(Float32Array.from(places), 3));
  g.setIndex(index);
  g.computeVertexNormals();
  return g.attributes.normal.array;
}

/** An attribute as plain floats, whatever it is stored as. */
function flat(attribute, width = attribute.itemSize) {
  const out = new Float32Array(attribute.count * width);
  for (let i = 0; i < attribute.count; i++) for (let k = 0; k < width; k++) out[i * width + k] = attribute.getComponent(i, k);
  return out;
}

/** One body on the stage, made of the parts of `loadBody`; with `detail` below 1 of fewer points, but for still pictures. */
export class Body {
  constructor(parts, detail, shape = NEUTRAL) {
    this.parts = parts;
    this.detail = detail;
    this.shape = shape;
    this.skeleton = shape === NEUTRAL ? makeSkeleton(parts[0].inverses) : makeSkeleton(null, shape.rest);
    this.object = new Group();
    this.faces = [];
    this.meshes = [];
    this.fine = this.coarse = null; // groups
    this.still(false);
  }

  /** All points, or (while it moves, on a slow machine) fewer. */
  still(on) {
    const kind = on || this.detail >= 1 ? "fine" : "coarse";
    if (!this[kind]) {
      const meshes = thinned(this.parts, kind).map((part) => this._part(this._grown(part), this.detail));
      this[kind] = new Group();
      this[kind].add(...meshes);
      this.object.add(this[kind]);
      this.meshes.push(...meshes);
      if (this.palette) this.paint(this.palette);
      this.shown = null;
    }
    for (const k of ["fine", "coarse"]) if (this[k]) this[k].visible = k === kind;
  }

  _grown(part) {
    return this.shape === NEUTRAL ? part : { ...part, places: grown(part.places, part.joints, part.weights, this.shape) };
  }

  _part(part, detail) {
    const g = new BufferGeometry();
    const add = (name, array, width) => { if (array) g.setAttribute(name, new BufferAttribute(array, width)); };
    const moving = part.targets.length > 0;
    add("position", moving ? part.places.slice() : part.places, 3);
    add("normal", moving ? part.normals.slice() : part.normals, 3);
    add("skinIndex", part.joints, 4);
    add("skinWeight", part.weights, 4);
    add("color", part.colours, 3);
    add("uv", part.uvs, 2);
    g.setIndex(part.index);
    const given = part.material, plain = { color: given.color, vertexColors: Boolean(part.colours), map: given.map, side: given.side };
    const material = detail < 1 ? new MeshLambertMaterial(plain)
      : new MeshStandardMaterial({ ...plain, roughness: given.roughness ?? 0.8, metalness: given.metalness ?? 0 });
    material.name = given.name;
    const mesh = skinned(g, material, this.skeleton);
    if (moving) this.faces.push({ part, g });
    return mesh;
  }

  paint(palette) {
    this.palette = palette;
    const colour = new Color();
    for (const { material } of this.meshes) {
      const role = Object.keys(palette.body ?? {}).find((r) => material.name.toLowerCase().includes(r));
      if (role) material.color.copy(colour.set(palette.body[role]));
    }
  }

  pose(pose) {
    setBones(this.skeleton, pose);
    let key = 0;
    for (let i = 0; i < pose.face.length; i++) key = (key * 31 + Math.round(pose.face[i] * 100)) | 0;
    if (key === this.shown) return;
    this.shown = key;
    for (const { part, g } of this.faces) {
      const place = g.attributes.position, normal = g.attributes.normal;
      place.array.set(part.places);
      normal.array.set(part.normals);
      for (const { coefficient, points, move, turn } of part.targets) {
        const w = pose.face[coefficient];
        if (w < 0.004) continue;
        for (let k = 0; k < points.length; k++) {
          const o = points[k] * 3, m = k * 3;
          for (let c = 0; c < 3; c++) {
            place.array[o + c] += w * move[m + c];
            normal.array[o + c] += w * turn[m + c];
          }
        }
      }
      place.needsUpdate = normal.needsUpdate = true;
    }
  }

  dispose() {
    for (const mesh of this.meshes) {
      mesh.geometry.dispose();
      mesh.material.dispose();
    }
    this.skeleton.dispose();
  }
}
