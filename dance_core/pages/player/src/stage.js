// The stage in three.js: dancers, light, floor, the ring that pulses on the beat.
import {
  BufferAttribute, BufferGeometry, Bone, CanvasTexture, Color, DirectionalLight, HemisphereLight, Matrix4, Mesh,
  MeshLambertMaterial, MeshStandardMaterial, PCFShadowMap, PerspectiveCamera, PlaneGeometry, Scene, ShadowMaterial,
  Skeleton, SkinnedMesh, SRGBColorSpace, WebGLRenderer,
} from "three";
import { LineFloor, ShaderFloor, Spots } from "./floor.js";
import { REST } from "./skeleton.js";
import { Surface } from "./shapes.js";
import { HEAD_SCALE, buildFigure, headPoint } from "./figure.js";
import { drawFace, faceKey, readFace } from "./face.js";

export const FIELD_OF_VIEW = 31; // degrees, upright
const FACE_PIXELS = 256;
// from the best picture down: pixels a CSS pixel at most, shadows and a shaded floor, share of the figure's points
const LEVELS = [
  { ratio: 2, rich: true, detail: 1 }, { ratio: 1.25, rich: true, detail: 1 }, { ratio: 1, rich: true, detail: 0.7 },
  { ratio: 1, rich: false, detail: 0.6 }, { ratio: 0.75, rich: false, detail: 0.6 }, { ratio: 0.55, rich: false, detail: 0.5 },
];

/** Draws poses with WebGL. The constructor throws where there is no WebGL. */
export class Stage {
  constructor(canvas, theme) {
    this.name = "webgl";
    // a software rasteriser gets the light version from the start
    const slow = rendererName(canvas.ownerDocument).match(/swiftshader|llvmpipe|software|basic render/i);
    this.renderer = new WebGLRenderer({ canvas, antialias: !slow, alpha: true, powerPreference: "high-performance" });
    this.renderer.setClearColor(0, 0);
    this.renderer.autoClear = false;
    this.renderer.shadowMap.enabled = true;
    this.renderer.shadowMap.type = PCFShadowMap;
    this.level = slow ? 3 : 0;
    this.camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 0.1, 60);
    this.scene = new Scene();
    this.dancers = [];
    this._lights();
    this._floor();
    this.setTheme(theme);
    this.size = [1, 1, 1];
  }

  _lights() {
    this.hemi = new HemisphereLight();
    this.key = new DirectionalLight();
    this.rim = new DirectionalLight();
    this.key.castShadow = true;
    const shadow = this.key.shadow;
    shadow.mapSize.set(1024, 1024);
    Object.assign(shadow.camera, { left: -1.6, right: 1.6, top: 1.9, bottom: -1.6, near: 0.5, far: 9 });
    shadow.bias = -0.0006;
    shadow.normalBias = 0.015;
    shadow.radius = 4;
    this.scene.add(this.hemi, this.key, this.key.target, this.rim, this.rim.target);
  }

  _floor() {
    this.richFloor = new ShaderFloor();
    this.lineFloor = new LineFloor();
    this.spots = new Spots();
    this.shade = new Mesh(new PlaneGeometry(4.2, 4.2), new ShadowMaterial({ opacity: 0.4, depthWrite: false }));
    this.shade.rotation.x = -Math.PI / 2;
    this.shade.receiveShadow = true;
    this.shade.renderOrder = 1;
    this.scene.add(this.richFloor.object, this.lineFloor.object, this.shade, this.spots.object);
  }

  setTheme(theme) {
    this.theme = theme;
    this.hemi.color.set(theme.sky);
    this.hemi.groundColor.set(theme.ground);
    this.hemi.intensity = theme.hemi;
    this.key.color.set(theme.key);
    this.key.intensity = theme.keyLight;
    this.rim.color.set(theme.rim);
    this.rim.intensity = theme.rimLight;
    this.richFloor.setTheme(theme);
    this.lineFloor.setTheme(theme);
    this.shade.material.opacity = theme.shadow;
    this.dancers.forEach((d, i) => d.paint(theme.dancers[i]));
  }

  /** Size of the canvas in CSS pixels. */
  resize(width, height) {
    this.size = [width, height];
    const { ratio, rich } = LEVELS[this.level];
    this.renderer.setPixelRatio(Math.min(window.devicePixelRatio || 1, ratio));
    this.renderer.setSize(width, height, false);
    this.key.castShadow = this.shade.visible = this.richFloor.object.visible = rich;
    this.lineFloor.object.visible = this.spots.object.visible = !rich;
    this.floor = rich ? this.richFloor : this.lineFloor;
    this.renderer.domElement.parentElement?.classList.toggle("dp-plain", !rich); // a flat sky: gradients cost too
  }

  /** A cheaper picture; false where it is already the cheapest. */
  lower() {
    if (this.level + 1 >= LEVELS.length) return false;
    this.quality(this.level + 1);
    return true;
  }

  /** 0 is the best picture, larger is cheaper. */
  quality(level) {
    this.level = level;
    for (const d of this.dancers) this.scene.remove(d.mesh, d.faceMesh);
    this.dancers.forEach((d) => d.dispose());
    this.dancers = [];
    this.resize(...this.size);
  }

  /** One picture: a pose each pane, the orbit, the ring's pulse 0 to 1 (strong: 1 on a downbeat). */
  draw(poses, orbit, pulse, strong) {
    const { renderer, camera } = this, [width, height] = this.size, count = poses.length;
    while (this.dancers.length < count) {
      const dancer = new Dancer(LEVELS[this.level].detail);
      dancer.paint(this.theme.dancers[this.dancers.length]);
      this.dancers.push(dancer);
      this.scene.add(dancer.mesh, dancer.faceMesh);
    }
    renderer.setScissorTest(count > 1);
    camera.aspect = width / count / height;
    camera.updateProjectionMatrix();
    renderer.clear();
    for (let i = 0; i < count; i++) {
      this.dancers.forEach((d, k) => { d.mesh.visible = d.faceMesh.visible = k === i; });
      this.dancers[i].pose(poses[i]);
      this._aim(orbit, i, poses[i], pulse, strong);
      const left = (width / count) * i;
      renderer.setViewport(left, 0, width / count, height);
      if (count > 1) renderer.setScissor(left, 0, width / count, height);
      renderer.render(this.scene, camera);
    }
  }

  _aim(orbit, pane, pose, pulse, strong) {
    const [x, y, z] = orbit.targets[pane], eye = orbit.eyes[pane], p = pose.places;
    this.camera.position.set(...eye);
    this.camera.lookAt(x, y, z);
    this.floor.place(x, z, pulse, strong);
    this.spots.place(p, this.theme.shadow);
    this.shade.position.set(x, 0.004, z);
    this.key.position.set(x + 1.7, 4.2, z + 2.1); // from the dancer's left front, fixed in the room
    this.key.target.position.set(x, 0.8, z);
    // the rim light stands always behind the dancer as seen from the camera
    this.rim.position.set(2 * x - eye[0] - 1.2, 3.0, 2 * z - eye[2]);
    this.rim.target.position.set(x, 1.1, z);
  }

  dispose() {
    this.renderer.dispose();
  }
}

class Dancer {
  constructor(detail) {
    const s = buildFigure(detail), geometry = geometryOf(s);
    this.roles = s.roles;
    this.colours = new BufferAttribute(new Float32Array(s.roles.length * 3), 3);
    geometry.setAttribute("color", this.colours);
    const bones = [], inverses = [];
    for (let j = 0; j < 55; j++) {
      const bone = new Bone();
      bone.matrixAutoUpdate = bone.matrixWorldAutoUpdate = false;
      bones.push(bone);
      inverses.push(new Matrix4().makeTranslation(-REST[j * 3], -REST[j * 3 + 1], -REST[j * 3 + 2]));
    }
    this.bones = bones;
    const material = detail < 1 ? new MeshLambertMaterial({ vertexColors: true })
      : new MeshStandardMaterial({ vertexColors: true, roughness: 0.68, metalness: 0 });
    const skeleton = new Skeleton(bones, inverses);
    this.mesh = skinned(geometry, material, skeleton);
    this.mesh.castShadow = this.mesh.receiveShadow = true;
    this._face(skeleton, detail);
  }

  _face(skeleton, detail) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = FACE_PIXELS;
    this.pen = canvas.getContext("2d");
    this.texture = new CanvasTexture(canvas);
    this.texture.colorSpace = SRGBColorSpace;
    this.texture.generateMipmaps = true;
    const patch = new Surface(detail), across = 1.05, low = -0.95, high = 0.52;
    patch.sheet((u, v) => headPoint((u - 0.5) * 2 * across, low + (high - low) * v, 1.006), 24, 24, [[15, 1]], 0);
    const geometry = geometryOf(patch), uv = new Float32Array(patch.roles.length * 2);
    for (let i = 0; i < patch.roles.length; i++) { // flat projection from the front, a head's width a side
      uv[i * 2] = patch.places[i * 3] / (0.17 * HEAD_SCALE) + 0.5;
      uv[i * 2 + 1] = (patch.places[i * 3 + 1] - 0.69) / (0.17 * HEAD_SCALE) + 0.26;
    }
    geometry.setAttribute("uv", new BufferAttribute(uv, 2));
    const Material = detail < 1 ? MeshLambertMaterial : MeshStandardMaterial;
    const material = new Material({ map: this.texture, transparent: true, depthWrite: false,
      polygonOffset: true, polygonOffsetFactor: -2, polygonOffsetUnits: -2 });
    this.faceMesh = skinned(geometry, material, skeleton);
    this.faceMesh.receiveShadow = true;
    this.faceMesh.renderOrder = 2;
  }

  dispose() {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
    this.faceMesh.geometry.dispose();
    this.faceMesh.material.dispose();
    this.texture.dispose();
    this.mesh.skeleton.dispose();
  }

  paint(palette) {
    const colour = new Color();
    this.roles.forEach((role, i) => {
      colour.set(palette[role]);
      this.colours.setXYZ(i, colour.r, colour.g, colour.b);
    });
    this.colours.needsUpdate = true;
  }

  pose(pose) {
    const { world: q, places: p } = pose;
    for (let j = 0; j < 55; j++) {
      const w = q[j * 4], x = q[j * 4 + 1], y = q[j * 4 + 2], z = q[j * 4 + 3], m = this.bones[j].matrixWorld.elements;
      m[0] = 1 - 2 * (y * y + z * z); m[1] = 2 * (x * y + w * z); m[2] = 2 * (x * z - w * y);
      m[4] = 2 * (x * y - w * z); m[5] = 1 - 2 * (x * x + z * z); m[6] = 2 * (y * z + w * x);
      m[8] = 2 * (x * z + w * y); m[9] = 2 * (y * z - w * x); m[10] = 1 - 2 * (x * x + y * y);
      m[12] = p[j * 3]; m[13] = p[j * 3 + 1]; m[14] = p[j * 3 + 2];
    }
    const key = faceKey(pose);
    if (key === this.faceShown) return;
    this.faceShown = key;
    const c = this.pen;
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.clearRect(0, 0, FACE_PIXELS, FACE_PIXELS);
    c.setTransform(FACE_PIXELS, 0, 0, FACE_PIXELS, FACE_PIXELS / 2, FACE_PIXELS * 0.42);
    drawFace(c, readFace(pose));
    this.texture.needsUpdate = true;
  }
}

function skinned(geometry, material, skeleton) {
  const mesh = new SkinnedMesh(geometry, material);
  mesh.frustumCulled = false;
  mesh.bind(skeleton, new Matrix4());
  return mesh;
}

function geometryOf(s) {
  const g = new BufferGeometry();
  g.setAttribute("position", new BufferAttribute(new Float32Array(s.places), 3));
  g.setAttribute("skinIndex", new BufferAttribute(new Uint16Array(s.joints), 4));
  g.setAttribute("skinWeight", new BufferAttribute(new Float32Array(s.weights), 4));
  g.setIndex(s.indices);
  g.computeVertexNormals();
  return g;
}

/** What draws, as the browser tells; an Error where there is no WebGL at all. */
function rendererName(document) {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (!gl) throw new Error("no WebGL");
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return name;
}
