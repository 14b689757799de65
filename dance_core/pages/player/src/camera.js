// Where one looks from: an orbit around the dancer, turned by mouse or finger, following softly.

const HOME = { yaw: 0.32, pitch: 0.12, distance: 4.25 };

/** The view of one or two panes: `targets` and `eyes` in metres, one each a pane, updated by `follow`. */
export class Orbit {
  constructor() {
    Object.assign(this, HOME);
    this.goal = { ...HOME };
    this.targets = [];
    this.eyes = [];
    this.moved = true;
  }

  home() {
    this.goal = { ...HOME, yaw: HOME.yaw + Math.round((this.goal.yaw - HOME.yaw) / (2 * Math.PI)) * 2 * Math.PI };
    this.moved = true;
  }

  turn(dx, dy) {
    this.goal.yaw -= dx;
    this.goal.pitch = Math.min(1.35, Math.max(-0.02, this.goal.pitch + dy));
    this.moved = true;
  }

  zoom(factor) {
    this.goal.distance = Math.min(12, Math.max(1.3, this.goal.distance * factor));
    this.moved = true;
  }

  /** One step towards the goal and the pelvis (x, y, z) of each pane; `dt` seconds; `cut` jumps there. */
  follow(pelvises, aspect, dt, cut) {
    const fast = cut ? 1 : 1 - Math.exp(-dt * 14), soft = cut ? 1 : 1 - Math.exp(-dt * 2.4);
    let still = 0;
    for (const k of ["yaw", "pitch", "distance"]) {
      still += Math.abs(this.goal[k] - this[k]);
      this[k] += (this.goal[k] - this[k]) * fast;
    }
    const distance = this.distance * Math.max(1, 0.82 / aspect), level = Math.cos(this.pitch);
    pelvises.forEach((pelvis, pane) => {
      // height follows only a third of the way: a jump should be seen as one
      const goal = [pelvis[0], 0.9 + 0.35 * (pelvis[1] - 0.93), pelvis[2]];
      const target = (this.targets[pane] ??= [...goal]);
      for (let i = 0; i < 3; i++) {
        still += Math.abs(goal[i] - target[i]);
        target[i] += (goal[i] - target[i]) * soft;
      }
      this.eyes[pane] = [
        target[0] + distance * level * Math.sin(this.yaw),
        Math.max(0.12, target[1] + distance * Math.sin(this.pitch)),
        target[2] + distance * level * Math.cos(this.yaw),
      ];
    });
    this.moved = still > 1e-3;
  }

  /** Listens on an element: drag turns, pinch and (with focus) wheel zoom, double click goes home. */
  listen(element, hasFocus, wake) {
    const fingers = new Map();
    element.addEventListener("pointerdown", (e) => {
      if (e.button > 0 || e.target.closest("button")) return;
      fingers.set(e.pointerId, [e.clientX, e.clientY]);
      element.setPointerCapture(e.pointerId);
    });
    element.addEventListener("pointermove", (e) => {
      const was = fingers.get(e.pointerId);
      if (!was) return;
      const before = fingers.size === 2 ? spread(fingers) : 0;
      fingers.set(e.pointerId, [e.clientX, e.clientY]);
      if (fingers.size === 1) this.turn((e.clientX - was[0]) * 0.008, (e.clientY - was[1]) * 0.006);
      else if (before > 0) this.zoom(before / spread(fingers));
      wake();
    });
    const up = (e) => fingers.delete(e.pointerId);
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) element.addEventListener(name, up);
    element.addEventListener("wheel", (e) => {
      if (!hasFocus()) return; // the page scrolls on
      e.preventDefault();
      this.zoom(Math.exp(e.deltaY * 0.0012));
      wake();
    }, { passive: false });
    element.addEventListener("dblclick", () => { this.home(); wake(); });
  }
}

function spread(fingers) {
  const [a, b] = [...fingers.values()];
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
