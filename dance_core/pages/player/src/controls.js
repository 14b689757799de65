// Buttons and keys. They only call the player's verbs.
import { clockText, make, setIcon } from "./dom.js";
import { MAX_DELAY } from "./playback.js";

const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];
const CAMERAS = { follow: "The view follows the dancer", fixed: "The view stands still", orbit: "The view goes round the dancer" };
const FLAT = { front: "Seen from the front, as a camera that stands still", follow: "The camera goes along with the dancer",
  own: "Seen as in three dimensions; drag to turn" };
const FLAT_ICONS = { front: "fixed", follow: "follow", own: "hand" };
const FLAT_NAME = "Two dimensions: the keypoints of pose-to-video models (D)";
export const KEYS = [
  ["Space", "play, pause"], ["← →", "one frame back, on"], ["[ ]", "beat before, next beat"], ["< >", "slower, faster"],
  ["L", "loop; A and B set its ends"], ["Home, End", "beginning, end"], ["M", "mute"], ["N", "click on the beats"], ["T", "tap along, to set the beats"],
  ["V", "body or skeleton"], ["D", "two dimensions, or three"], ["C", "camera: next view"], ["X", "mirror"], ["0", "view from the front"],
  ["?", "this list"],
];

/** The bar under the strips and the buttons on the stage. `player` has the verbs of playback.js. */
export class Controls {
  constructor(player) {
    this.player = player;
    this._transport();
    this._sound();
    this._stage();
    this.help = `${KEYS.map(([k, text]) => `${k}: ${text}`).join("; ")}.`;
    const group = (name, ...parts) => make("div", { class: `dp-group ${name}` }, ...parts);
    this.element = make("div", { class: "dp-bar", role: "group", "aria-label": "Playback" },
      group("", this.frameBack, this.play, this.frameNext),
      make("div", { class: "dp-clock" }, this.time, this.total),
      group("dp-tool dp-beats", this.beatBack, this.beatNext),
      group("dp-tool", this.loopButton, this.a, this.b),
      group("dp-tool", this.speed),
      group("dp-sound", this.mute, this.volume, this.click, this.tune),
      group("dp-tool dp-last", this.helpButton));
  }

  _button(name, label, press, more = "") {
    const b = make("button", { type: "button", class: `dp-button ${more}`, "aria-label": label, title: label, onclick: press });
    setIcon(b, name);
    return b;
  }

  _transport() {
    const p = this.player;
    this.play = this._button("play", "Play (space)", () => p.toggle(), "dp-play");
    this.frameBack = this._button("back", "One frame back (←)", () => p.step(-1), "dp-tool");
    this.frameNext = this._button("next", "One frame on (→)", () => p.step(1), "dp-tool");
    this.beatBack = this._button("beatBack", "Beat before ([)", () => p.beat(-1));
    this.beatNext = this._button("beatNext", "Next beat (])", () => p.beat(1));
    this.loopButton = this._button("loop", "Loop (L)", () => p.toggleLoop());
    const letter = (text, label, end) => make("button", { type: "button", class: "dp-button dp-letter", text, title: label,
      "aria-label": label, onclick: () => p.setLoop(end) });
    this.a = letter("A", "Loop from here (A)", 0);
    this.b = letter("B", "Loop to here (B)", 1);
    this.speed = make("select", { class: "dp-speed", "aria-label": "Speed", title: "Speed (< >)",
      onchange: () => p.setSpeed(Number(this.speed.value)) });
    for (const s of SPEEDS) this.speed.append(make("option", { value: s, text: `${s}×`, selected: s === 1 }));
    this.time = make("span", { class: "dp-time", text: "0:00.0" });
    this.total = make("span", { class: "dp-total", text: "" });
    this.helpButton = this._button("help", "Keys (?)", () => this.toggleHelp());
  }

  _sound() {
    const p = this.player;
    this.mute = this._button("sound", "Mute (M)", () => p.toggleMute());
    this.volume = make("input", { type: "range", min: 0, max: 1, step: 0.05, value: 1, class: "dp-range dp-volume",
      "aria-label": "Volume", oninput: () => p.setVolume(Number(this.volume.value)) });
    this.click = this._button("click", "Click on the beats (N)", () => p.toggleClick(), "dp-tool dp-beats");
    this.tune = this._button("tune", "Slow loudspeakers", () => this._open(this.panel, this.panel.hidden));
    this.delay = make("input", { type: "range", min: 0, max: MAX_DELAY * 1000, step: 5, value: 0, class: "dp-range dp-delay",
      "aria-label": "Delay of the loudspeaker in milliseconds", oninput: () => p.setDelay(Number(this.delay.value) / 1000) });
    this.delayText = make("output", { class: "dp-delay-text" });
    this.panel = make("div", { class: "dp-panel dp-tune", hidden: true, role: "dialog", "aria-label": "Slow loudspeakers" },
      make("strong", { text: "Slow loudspeakers" }),
      make("p", { text: "Wireless loudspeakers and earphones play late. Turn on the click, and move this until body and click meet. This browser remembers it." }),
      make("div", { class: "dp-delay-row" }, this.delay, this.delayText));
  }

  _stage() {
    const p = this.player;
    this.look = this._button("body", "", () => p.toggleLook(), "dp-look dp-tool");
    this.flat = make("button", { type: "button", class: "dp-button dp-letter dp-tool", text: "2D", title: FLAT_NAME, "aria-label": FLAT_NAME,
      onclick: () => p.toggleFlat() });
    this.camera = this._button("follow", "", () => p.nextCamera(), "dp-tool");
    this.mirror = this._button("mirror", "Mirror (X)", () => p.toggleMirror(), "dp-tool");
    this.view = this._button("home", "View from the front (0)", () => p.home());
    this.onStage = make("div", { class: "dp-corner", role: "group", "aria-label": "View" }, this.flat, this.look, this.camera, this.mirror, this.view);
    this.overlay = make("div", { class: "dp-panel dp-help", hidden: true, role: "dialog", "aria-label": "Keys" },
      make("strong", { text: "Keys, while the player has the focus" }),
      make("dl", {}, ...KEYS.flatMap(([k, text]) => [make("dt", { text: k }), make("dd", { text })])),
      make("p", { text: "Drag turns the view, wheel or two fingers zoom, a double click brings it home." }));
    this.overlay.addEventListener("click", () => this.toggleHelp());
  }

  toggleHelp() {
    this._open(this.overlay, this.overlay.hidden);
  }

  _open(panel, on) {
    this.panel.hidden = this.overlay.hidden = true;
    panel.hidden = !on;
    this.tune.setAttribute("aria-expanded", String(!this.panel.hidden));
    this.helpButton.setAttribute("aria-expanded", String(!this.overlay.hidden));
  }

  keys(root) {
    root.addEventListener("keydown", (e) => {
      if (e.ctrlKey || e.metaKey || e.altKey) return;
      if (e.target.closest("select, input") && e.key !== " ") return;
      const button = e.target.closest("button");
      if (button && (e.key === " " || e.key === "Enter")) return; // the button's own press
      if (this._key(e.key)) {
        e.preventDefault();
        e.stopPropagation();
      }
    });
  }

  _key(key) {
    const p = this.player;
    switch (key.length === 1 ? key.toLowerCase() : key) {
      case " ": case "k": p.toggle(); return true;
      case "ArrowLeft": case ",": p.step(-1); return true;
      case "ArrowRight": case ".": p.step(1); return true;
      case "[": p.beat(-1); return true;
      case "]": p.beat(1); return true;
      case "Home": p.seek(0); return true;
      case "End": p.seek(p.made); return true;
      case "l": p.toggleLoop(); return true;
      case "a": p.setLoop(0); return true;
      case "b": p.setLoop(1); return true;
      case "m": p.toggleMute(); return true;
      case "n": p.toggleClick(); return true;
      case "<": p.setSpeed(this._near(-1)); return true;
      case ">": p.setSpeed(this._near(1)); return true;
      case "0": p.home(); return true;
      case "Escape": this._open(this.panel, false); return true;
      default: return p.options.tools && this._toolKey(key.toLowerCase());
    }
  }

  _toolKey(key) {
    const p = this.player;
    switch (key) {
      case "v": p.toggleLook(); return true;
      case "c": p.nextCamera(); return true;
      case "d": p.toggleFlat(); return true;
      case "x": p.toggleMirror(); return true;
      case "?": this.toggleHelp(); return true;
      default: return false;
    }
  }

  _near(direction) {
    const i = SPEEDS.indexOf(this.player.audio.playbackRate);
    return SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, (i < 0 ? 3 : i) + direction))];
  }

  show() {
    const p = this.player, playing = p.wanted;
    setIcon(this.play, playing ? "pause" : "play");
    name(this.play, playing ? "Pause (space)" : "Play (space)");
    setText(this.time, clockText(p.time));
    setText(this.total, p.playable ? ` / ${clockText(p.duration)}` : "");
    const off = !p.playable;
    for (const b of [this.play, this.frameBack, this.frameNext, this.beatBack, this.beatNext, this.loopButton, this.a,
      this.b, this.speed, this.mute, this.volume, this.click]) if (b.disabled !== off) b.disabled = off;
    press(this.loopButton, Boolean(p.loop));
    this.speed.value = String(p.audio.playbackRate);
    setIcon(this.mute, p.audio.muted || p.audio.volume === 0 ? "mute" : "sound");
    press(this.mute, p.audio.muted);
    press(this.click, p.metronome.on);
    press(this.mirror, p.mirror);
    press(this.tune, p.delay > 0);
    this.delay.value = String(Math.round(p.delay * 1000));
    setText(this.delayText, `${Math.round(p.delay * 1000)} ms`);
    const body = p.screen.look === "body";
    setIcon(this.look, body ? "body" : "bones");
    name(this.look, body ? "Body; press for the skeleton (V)" : "Skeleton; press for the body (V)");
    this.look.hidden = Boolean(p.options.look) || p.isFlat;
    press(this.flat, p.isFlat);
    setIcon(this.camera, p.isFlat ? FLAT_ICONS[p.flatView] : p.camera.view);
    name(this.camera, `${p.isFlat ? FLAT[p.flatView] : CAMERAS[p.camera.view]} (C)`);
  }
}

function name(element, label) {
  if (element.title === label) return;
  element.title = label;
  element.setAttribute("aria-label", label);
}

function press(button, on) {
  const text = String(on);
  if (button.getAttribute("aria-pressed") !== text) button.setAttribute("aria-pressed", text);
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
