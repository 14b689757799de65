// Buttons and keys. They only call the player's verbs.
import { clockText, icon, make, setIcon } from "./dom.js";

const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];
const HELP = "Space plays and pauses, left and right step a frame, [ and ] a beat, L loops, A and B set the loop, "
  + "M mutes, less-than and greater-than change the speed, 0 turns the view home.";

/** The bar under the strips. `player` has toggle, step, beat, speed, loop verbs. */
export class Controls {
  constructor(player) {
    this.player = player;
    const button = (name, label, press) => {
      const b = make("button", { type: "button", class: "dp-button", "aria-label": label, title: label, onclick: press });
      setIcon(b, name);
      return b;
    };
    this.play = button("play", "Play (space)", () => player.toggle());
    this.play.classList.add("dp-play");
    this.frameBack = button("back", "One frame back (←)", () => player.step(-1));
    this.frameNext = button("next", "One frame on (→)", () => player.step(1));
    this.beatBack = button("beatBack", "Beat before ([)", () => player.beat(-1));
    this.beatNext = button("beatNext", "Next beat (])", () => player.beat(1));
    this.loopButton = button("loop", "Loop (L)", () => player.toggleLoop());
    this.loopButton.setAttribute("aria-pressed", "false");
    this.a = make("button", { type: "button", class: "dp-button dp-letter", text: "A", title: "Loop from here (A)",
      "aria-label": "Loop from here (A)", onclick: () => player.setLoop(0) });
    this.b = make("button", { type: "button", class: "dp-button dp-letter", text: "B", title: "Loop to here (B)",
      "aria-label": "Loop to here (B)", onclick: () => player.setLoop(1) });
    this.speed = make("select", { class: "dp-speed", "aria-label": "Speed", title: "Speed",
      onchange: () => player.setSpeed(Number(this.speed.value)) });
    for (const s of SPEEDS) this.speed.append(make("option", { value: s, text: `${s}×`, selected: s === 1 }));
    this.mute = button("sound", "Mute (M)", () => player.toggleMute());
    this.volume = make("input", { type: "range", min: 0, max: 1, step: 0.05, value: 1, class: "dp-volume",
      "aria-label": "Volume", oninput: () => player.setVolume(Number(this.volume.value)) });
    this.view = button("home", "View from the front (0)", () => player.home());
    this.view.classList.add("dp-view"); // stands on the stage
    this.time = make("span", { class: "dp-time", text: "0:00.0" });
    this.total = make("span", { class: "dp-total", text: "" });
    this.element = make("div", { class: "dp-bar", role: "group", "aria-label": "Playback" },
      make("div", { class: "dp-group" }, this.frameBack, this.play, this.frameNext),
      make("div", { class: "dp-clock" }, this.time, this.total),
      make("div", { class: "dp-group" }, this.beatBack, this.beatNext),
      make("div", { class: "dp-group" }, this.loopButton, this.a, this.b),
      make("div", { class: "dp-group" }, this.speed),
      make("div", { class: "dp-group dp-sound" }, this.mute, this.volume));
    this.help = HELP;
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
      case "0": p.home(); return true;
      case "<": p.setSpeed(this._near(-1)); return true;
      case ">": p.setSpeed(this._near(1)); return true;
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
    const label = playing ? "Pause (space)" : "Play (space)";
    if (this.play.title !== label) {
      this.play.title = label;
      this.play.setAttribute("aria-label", label);
    }
    setText(this.time, clockText(p.time));
    setText(this.total, p.playable ? ` / ${clockText(p.duration)}` : "");
    const off = !p.playable;
    for (const b of [this.play, this.frameBack, this.frameNext, this.beatBack, this.beatNext, this.loopButton, this.a,
      this.b, this.speed, this.mute, this.volume]) if (b.disabled !== off) b.disabled = off;
    this.loopButton.setAttribute("aria-pressed", String(Boolean(p.loop)));
    this.speed.value = String(p.audio.playbackRate);
    setIcon(this.mute, p.audio.muted || p.audio.volume === 0 ? "mute" : "sound");
    this.mute.setAttribute("aria-pressed", String(p.audio.muted));
  }
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export { icon };
