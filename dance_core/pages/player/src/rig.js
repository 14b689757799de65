// Fifty-five bones for the GPU, set from our own kinematics, and meshes that hang on them.
import { Bone, BufferAttribute, BufferGeometry, Matrix4, Skeleton, SkinnedMesh } from "three";
import { REST } from "./skeleton.js";

/** A three.js skeleton in the order of the motion's joints. `inverses`: Matrix4 each; by default those of rest places (m). */
export function makeSkeleton(inverses = null, places = REST) {
  const bones = [], rest = [];
  for (let j = 0; j < 55; j++) {
    const bone = new Bone();
    bone.matrixAutoUpdate = bone.matrixWorldAutoUpdate = false;
    bones.push(bone);
    rest.push(inverses?.[j] ?? new Matrix4().makeTranslation(-places[j * 3], -places[j * 3 + 1], -places[j * 3 + 2]));
  }
  return new Skeleton(bones, rest);
}

/** Sets the bones to a pose of kinematics.js. */
export function setBones(skeleton, pose) {
  const { world: q, places: p } = pose, { bones } = skeleton;
  for (let j = 0; j < 55; j++) {
    const w = q[j * 4], x = q[j * 4 + 1], y = q[j * 4 + 2], z = q[j * 4 + 3], m = bones[j].matrixWorld.elements;
    m[0] = 1 - 2 * (y * y + z * z); m[1] = 2 * (x * y + w * z); m[2] = 2 * (x * z - w * y);
    m[4] = 2 * (x * y - w * z); m[5] = 1 - 2 * (x * x + z * z); m[6] = 2 * (y * z + w * x);
    m[8] = 2 * (x * z + w * y); m[9] = 2 * (y * z - w * x); m[10] = 1 - 2 * (x * x + y * y);
    m[12] = p[j * 3]; m[13] = p[j * 3 + 1]; m[14] = p[j * 3 + 2];
  }
}

export function skinned(geometry, material, skeleton) {
  const mesh = new SkinnedMesh(geometry, material);
  mesh.frustumCulled = false;
  mesh.bind(skeleton, new Matrix4());
  mesh.castShadow = mesh.receiveShadow = true;
  return mesh;
}

/** A Surface of shapes.js as geometry. */
export function geometryOf(s) {
  const g = new BufferGeometry();
  g.setAttribute("position", new BufferAttribute(new Float32Array(s.places), 3));
  g.setAttribute("skinIndex", new BufferAttribute(new Uint16Array(s.joints), 4));
  g.setAttribute("skinWeight", new BufferAttribute(new Float32Array(s.weights), 4));
  g.setIndex(s.indices);
  g.computeVertexNormals();
  return g;
}
