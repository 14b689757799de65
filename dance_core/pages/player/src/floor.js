// The studio floor: a grid that fades away, a ring that pulses on the beat, soft spots of shadow.
import {
  BufferAttribute, BufferGeometry, CircleGeometry, Color, Group, LineBasicMaterial, LineSegments, Mesh, MeshBasicMaterial,
  PlaneGeometry, RingGeometry, ShaderMaterial, Vector3,
} from "three";

const REACH = 4.6; // m, where the floor has faded away
const RING = 0.98; // m

/** The full floor: everything in one shader. */
export class ShaderFloor {
  constructor() {
    this.uniforms = {
      centre: { value: new Vector3() }, pulse: { value: 0 }, strong: { value: 0 }, gridAlpha: { value: 0.3 },
      floor: { value: new Color() }, grid: { value: new Color() }, ring: { value: new Color() },
    };
    const material = new ShaderMaterial({
      transparent: true, depthWrite: false, uniforms: this.uniforms,
      vertexShader: `varying vec3 place; void main() { place = (modelMatrix * vec4(position, 1.0)).xyz;
        gl_Position = projectionMatrix * viewMatrix * vec4(place, 1.0); }`,
      fragmentShader: `varying vec3 place; uniform vec3 centre, floor, grid, ring; uniform float pulse, strong, gridAlpha;
        float lines(vec2 p, float width) { vec2 d = abs(fract(p - 0.5) - 0.5); vec2 w = fwidth(p) * width;
          vec2 l = 1.0 - smoothstep(w * 0.5, w * 1.5, d); return max(l.x, l.y); }
        void main() {
          float far = distance(place.xz, centre.xz);
          float fade = 1.0 - smoothstep(1.2, ${REACH.toFixed(1)}, far);
          if (fade <= 0.0) discard;
          float g = lines(place.xz, 1.0) * gridAlpha + lines(place.xz * 4.0, 0.7) * gridAlpha * 0.16;
          vec3 colour = mix(floor, grid, clamp(g, 0.0, 1.0));
          float line = fwidth(far);
          float radius = ${RING} + 0.05 * pulse, width = 0.008 + (0.012 + 0.014 * strong) * pulse;
          float on = 1.0 - smoothstep(width, width + line * 1.5, abs(far - radius));
          float glow = exp(-abs(far - radius) * 9.0) * pulse * (0.22 + 0.22 * strong);
          colour = mix(colour, ring, clamp(on * (0.35 + 0.65 * pulse) + glow, 0.0, 1.0));
          gl_FragColor = vec4(colour, fade * 0.92);
          #include <colorspace_fragment>
        }`,
    });
    this.object = new Mesh(new CircleGeometry(REACH + 0.1, 48), material);
    this.object.rotation.x = -Math.PI / 2;
  }

  setTheme(theme) {
    const u = this.uniforms;
    u.floor.value.set(theme.floor);
    u.grid.value.set(theme.grid);
    u.gridAlpha.value = theme.gridAlpha;
    u.ring.value.set(theme.ring);
  }

  place(x, z, pulse, strong) {
    this.object.position.set(x, 0, z);
    this.uniforms.centre.value.set(x, 0, z);
    this.uniforms.pulse.value = pulse;
    this.uniforms.strong.value = strong;
  }
}

/** The same in lines: few pixels to colour, for machines without a graphics card. */
export class LineFloor {
  constructor() {
    const places = [], alphas = [];
    const point = (x, z) => {
      places.push(x, 0, z);
      alphas.push(1, 1, 1, Math.max(0, 1 - Math.hypot(x, z) / REACH));
    };
    for (let r = -4; r <= 4; r++) {
      for (let s = -4; s < 4; s++) {
        point(r, s); point(r, s + 1);
        point(s, r); point(s + 1, r);
      }
    }
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(new Float32Array(places), 3));
    geometry.setAttribute("color", new BufferAttribute(new Float32Array(alphas), 4));
    this.grid = new LineSegments(geometry, new LineBasicMaterial({ vertexColors: true, transparent: true, depthWrite: false }));
    this.ring = new Mesh(new RingGeometry(RING - 0.014, RING + 0.014, 56, 1), new MeshBasicMaterial({ transparent: true, depthWrite: false }));
    this.ring.rotation.x = -Math.PI / 2;
    this.object = new Group();
    this.object.add(this.grid, this.ring);
  }

  setTheme(theme) {
    this.grid.material.color.set(theme.grid);
    this.grid.material.opacity = theme.gridAlpha * 2;
    this.ring.material.color.set(theme.ring);
  }

  place(x, z, pulse, strong) {
    this.grid.position.set(Math.round(x), 0, Math.round(z));
    this.ring.position.set(x, 0.002, z);
    this.ring.scale.setScalar(1 + (0.05 + 0.03 * strong) * pulse);
    this.ring.material.opacity = 0.4 + 0.6 * pulse;
  }
}

/** Soft round shadows under the body and both feet, where real shadows cost too much. */
export class Spots {
  constructor() {
    this.object = new Group();
    this.spots = [0, 0, 0].map(() => {
      const material = new ShaderMaterial({
        transparent: true, depthWrite: false, uniforms: { dark: { value: 0.5 } },
        vertexShader: "varying vec2 p; void main() { p = uv * 2.0 - 1.0; gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }",
        fragmentShader: `varying vec2 p; uniform float dark; void main() { float f = max(0.0, 1.0 - dot(p, p));
          gl_FragColor = vec4(0.0, 0.0, 0.0, dark * f * f); }`,
      });
      const spot = new Mesh(new PlaneGeometry(1, 1), material);
      spot.rotation.x = -Math.PI / 2;
      spot.renderOrder = 1;
      this.object.add(spot);
      return spot;
    });
  }

  /** `p`: the joints' places. */
  place(p, shadow) {
    [0, 7, 8].forEach((joint, i) => {
      const o = joint * 3, high = Math.max(0, p[o + 1] - (i ? 0.08 : 0.85)), size = (i ? 0.42 : 0.95) + high;
      // under a foot between ankle and toe
      const x = i ? (p[o] + p[o + 9]) / 2 : p[0], z = i ? (p[o + 2] + p[o + 11]) / 2 : p[2];
      this.spots[i].position.set(x, 0.004 + i * 0.001, z);
      this.spots[i].scale.set(size, size, 1);
      this.spots[i].material.uniforms.dark.value = (shadow * (i ? 1.5 : 0.8)) / (1 + 6 * high);
    });
  }
}
