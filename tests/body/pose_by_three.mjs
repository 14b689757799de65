// The vertices of a GLB's animation as three.js poses them: node pose_by_three.mjs MODULES FILE FPS FRAMES EVERY
// FRAMES: "0,10,20"; EVERY: take each so-manieth vertex. Writes JSON, a flat list of x y z for each frame.
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const [modules, file, fps, frames, every] = process.argv.slice(2);
const at = (path) => pathToFileURL(`${modules}/three/${path}`).href;
globalThis.self = globalThis; // the loader expects a browser's name for it
const THREE = await import(at("build/three.module.js"));
const { GLTFLoader } = await import(at("examples/jsm/loaders/GLTFLoader.js"));
const data = fs.readFileSync(file);
const gltf = await new GLTFLoader().parseAsync(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength), "");
const mixer = new THREE.AnimationMixer(gltf.scene);
mixer.clipAction(gltf.animations[0]).play();
const point = new THREE.Vector3();
const out = frames.split(",").map((frame) => {
  mixer.setTime(Number(frame) / Number(fps) + 1e-6);
  gltf.scene.updateMatrixWorld(true);
  const points = [];
  gltf.scene.traverse((mesh) => {
    if (!mesh.isSkinnedMesh) return;
    mesh.skeleton.update();
    for (let i = 0; i < mesh.geometry.attributes.position.count; i += Number(every)) {
      mesh.getVertexPosition(i, point).applyMatrix4(mesh.matrixWorld);
      points.push(point.x, point.y, point.z);
    }
  });
  return points;
});
console.log(JSON.stringify(out));
