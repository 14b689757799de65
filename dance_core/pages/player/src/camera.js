// Where one looks from. Drag turns and pinch or wheel zoom in every view; what the views do by themselves differs.

const HOME = { yaw: 0.32, pitch: 0.12, distance: 4.25 };
const TURN = 0.32; // rad/s in the view that goes round
const ROOM = 0.85; // m around the pelvis' way that the fixed view keeps in the picture
const TALL = 4.1; // m away a standing dancer with raised arms fits the height
const TREMBLE = 6; // pixels
export const VIEWS = ["follow", "fixed", "orbit"];

/** The view of one or two panes: `targets` and `eyes` in metres, one each a pane, updated by `follow`. */
export class Camera {
  constructor() {
    Object.assign(this, HOME);
    this.goal = { ...HOME };
    this.view = "follow";
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
    this.goal.distance = Math.min(12, Math.max(0.8, this.goal.distance * factor));
    this.moved = true;
  }

  /**
   * One step.
   *
   * @param poses of kinematics.js, one a pane
   * @param reaches of their whole ways (Track.reach), for the fixed view
   * @param aspect width over height of a pane
   * @param half tangent of half the upright field of view
   * @param dt seconds since the last step; `playing` lets the orbit turn; `cut` jumps to the goal
   */
  follow(poses, reaches, aspect, half, dt, playing, cut) {
    if (this.view === "orbit" && playing) this.goal.yaw += TURN * dt;
    const fast = cut ? 1 : 1 - Math.exp(-dt * 14), soft = cut ? 1 : 1 - Math.exp(-dt * (playing ? 2.4 : 9));
    let still = 0;
    for (const k of ["yaw", "pitch", "distance"]) {
      still += Math.abs(this.goal[k] - this[k]);
      this[k] += (this.goal[k] - this[k]) * fast;
    }
    const fixed = this.view === "fixed", near = Math.min(1, Math.max(0, (2.2 - this.distance) / 1.4)); // 1: a close-up
    const away = fixed ? this._hall(reaches, aspect, half) * (this.distance / HOME.distance) : this.distance * Math.max(1, 0.82 / aspect);
    poses.forEach((pose, pane) => {
      const goal = fixed ? middle(reaches[pane]) : standing(pose.places, near);
      const target = (this.targets[pane] ??= [...goal]), share = near > 0 && !fixed ? Math.max(soft, cut ? 1 : 1 - Math.exp(-dt * (2.4 + 12 * near))) : soft;
      for (let i = 0; i < 3; i++) {
        still += Math.abs(goal[i] - target[i]);
        target[i] += (goal[i] - target[i]) * share;
      }
      const level = Math.cos(this.pitch);
      this.eyes[pane] = [
        target[0] + away * level * Math.sin(this.yaw),
        Math.max(0.12, target[1] + away * Math.sin(this.pitch)),
        target[2] + away * level * Math.cos(this.yaw),
      ];
    });
    this.moved = still > 4e-3;
  }

  /** How far away all of the ways fit the picture, one distance for both panes. */
  _hall(reaches, aspect, half) {
    let wide = 0;
    for (const r of reaches) wide = Math.max(wide, Math.hypot(r[1] - r[0], r[3] - r[2]) / 2);
    return Math.max(TALL, (wide + ROOM) / (half * aspect)) + wide;
  }

  /**
   * Listens on an element: drag turns, pinch and (with focus) wheel zoom, double click goes home. `wake` is then told which:
   * "turned" or "home"; "" for less than a hand's trembling.
   */
  listen(element, hasFocus, wake) {
    const fingers = new Map();
    element.addEventListener("pointerdown", (e) => {
      if (e.button > 0 || e.target.closest("button, input, .dp-panel")) return;
      fingers.set(e.pointerId, [e.clientX, e.clientY, e.clientX, e.clientY]);
      element.setPointerCapture(e.pointerId);
    });
    element.addEventListener("pointermove", (e) => {
      const was = fingers.get(e.pointerId);
      if (!was) return;
      const before = fingers.size === 2 ? spread(fingers) : 0;
      fingers.set(e.pointerId, [e.clientX, e.clientY, was[2], was[3]]);
      if (fingers.size === 1) this.turn((e.clientX - was[0]) * 0.008, (e.clientY - was[1]) * 0.006);
      else if (before > 0) this.zoom(before / spread(fingers));
      wake(Math.hypot(e.clientX - was[2], e.clientY - was[3]) > TREMBLE ? "turned" : "");
    });
    const up = (e) => fingers.delete(e.pointerId);
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) element.addEventListener(name, up);
    element.addEventListener("wheel", (e) => {
      if (!hasFocus()) return; // the page scrolls on
      e.preventDefault();
      this.zoom(Math.exp(e.deltaY * 0.0012));
      wake("turned");
    }, { passive: false });
    element.addEventListener("dblclick", (e) => { if (!e.target.closest("button, input, .dp-panel")) { this.home(); wake("home"); } });
  }
}

/** What is looked at: the body, its height followed only a third of the way (a jump should be seen as one); near by, the face. */
function standing(places, near) {
  const body = [places[0], 0.9 + 0.35 * (places[1] - 0.93), places[2]], head = [places[45], places[46] + 0.05, places[47]];
  return body.map((v, i) => v + (head[i] - v) * near);
}

function middle(reach) {
  return [(reach[0] + reach[1]) / 2, 0.9, (reach[2] + reach[3]) / 2];
}

function spread(fingers) {
  const [a, b] = [...fingers.values()];
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
