// The stage in three.js: dancers, light, floor, the ring that pulses on the beat.
import {
  DirectionalLight, HemisphereLight, Mesh, PCFShadowMap, PerspectiveCamera, PlaneGeometry, Scene, ShadowMaterial, WebGLRenderer,
} from "three";
import { Body } from "./body.js";
import { Bones } from "./bones.js";
import { LineFloor, ShaderFloor, Spots } from "./floor.js";
import { PLAIN, WEBGL } from "./ladder.js";

export const FIELD_OF_VIEW = 31; // degrees, upright

/** Draws poses with WebGL, at first with `level` of ladder.js. The constructor throws where there is no WebGL. */
export class Stage {
  constructor(canvas, theme, level) {
    this.name = "webgl";
    this.renderer = new WebGLRenderer({ canvas, antialias: level < PLAIN, alpha: true, powerPreference: "high-performance" });
    this.renderer.autoClear = false;
    this.renderer.shadowMap.enabled = true;
    this.renderer.shadowMap.type = PCFShadowMap;
    this.level = level;
    this.camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 0.1, 60);
    this.scene = new Scene();
    this.dancers = [];
    this._lights();
    this._floor();
    this.setTheme(theme);
    this.look = "skeleton";
    this.parts = null; // of the body, once it is loaded
    this.sharp = false; // a still picture in full resolution, whatever the level
    this.resize(1, 1); // until the page says how large: whatever is drawn, it is ready
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
    this._sky(WEBGL[this.level].rich);
  }

  /** "body" or "skeleton"; the body needs its parts (`loadBody`). */
  show(look, parts = this.parts) {
    this.parts = parts;
    const next = look === "body" && parts ? "body" : "skeleton";
    if (next === this.look) return;
    this.look = next;
    this._clear();
  }

  _clear() {
    for (const d of this.dancers) this._remove(d);
    this.dancers = [];
  }

  /** Size of the canvas in CSS pixels. */
  resize(width, height) {
    this.size = [width, height];
    const { ratio, rich } = WEBGL[this.level];
    this.renderer.setPixelRatio(this.sharp ? 2 : Math.min(window.devicePixelRatio || 1, ratio));
    this.renderer.setSize(width, height, false);
    this.key.castShadow = this.shade.visible = this.richFloor.object.visible = rich;
    this.lineFloor.object.visible = this.spots.object.visible = !rich;
    this.floor = rich ? this.richFloor : this.lineFloor;
    this._sky(rich);
  }

  /** Without a card a layer behind the picture costs as much as the picture: then the sky is a colour of its own. */
  _sky(rich) {
    this.renderer.setClearColor(this.theme.plain, rich ? 0 : 1);
    this.renderer.domElement.parentElement?.classList.toggle("dp-plain", !rich);
  }

  /** Full resolution while the picture stands still, where the level has less. True if that changes anything. */
  sharpen(on) {
    if (on === this.sharp || (on && this.level < PLAIN)) return false;
    this.sharp = on;
    for (const d of this.dancers) d.still?.(on);
    this.resize(...this.size);
    return true;
  }

  /** 0 is the best picture, larger is cheaper. */
  quality(level) {
    if (level === this.level) return;
    const detail = WEBGL[level].detail !== WEBGL[this.level].detail;
    this.level = level;
    if (detail) this._clear();
    this.resize(...this.size);
  }

  /** One picture: a pose each pane, the orbit, the ring's pulse 0 to 1 (strong: 1 on a downbeat). */
  draw(poses, orbit, pulse, strong) {
    const { renderer, camera } = this, [width, height] = this.size, count = poses.length;
    for (let i = 0; i < count; i++) if (this.dancers[i]?.shape !== poses[i].shape) this._add(i, poses[i].shape);
    renderer.setScissorTest(count > 1);
    camera.aspect = width / count / height;
    camera.updateProjectionMatrix();
    renderer.clear();
    for (let i = 0; i < count; i++) {
      this.dancers.forEach((d, k) => { d.object.visible = k === i; });
      this.dancers[i].pose(poses[i]);
      this._aim(orbit, i, poses[i], pulse, strong);
      const left = (width / count) * i;
      renderer.setViewport(left, 0, width / count, height);
      if (count > 1) renderer.setScissor(left, 0, width / count, height);
      renderer.render(this.scene, camera);
    }
  }

  /** Waits until the picture is really there: drawing alone only tells the browser what to do. */
  finish() {
    const gl = this.renderer.getContext();
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, (this.pixel ??= new Uint8Array(4)));
  }

  /** The dancer of a pane, instead of one of another shape. */
  _add(pane, shape) {
    this._remove(this.dancers[pane]);
    const { detail } = WEBGL[this.level];
    const dancer = this.look === "body" ? new Body(this.parts, detail, shape) : new Bones(detail, shape);
    dancer.paint(this.theme.dancers[pane]);
    if (this.sharp) dancer.still?.(true);
    this.dancers[pane] = dancer;
    this.scene.add(dancer.object);
  }

  _remove(dancer) {
    if (!dancer) return;
    this.scene.remove(dancer.object);
    dancer.dispose();
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
    this._clear();
    this.renderer.dispose();
  }
}

/**
 * Whether WebGL is only worked out by this machine's processor, as far as the browser tells. An Error where there is no
 * WebGL at all.
 */
export function softwareGl() {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (!gl) throw new Error("no WebGL");
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return /swiftshader|llvmpipe|software|basic render/i.test(name);
}
