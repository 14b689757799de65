// The panel "Beats": half and double tempo, half a beat on, which beat is "one", beats a bar, a nudge, taps. What the
// beats become is worked out by the server; here are the buttons, the taps and the way back.
import { make } from "../dom.js";
import { Taps } from "../taps.js";

const PATIENCE = 20000; // ms without an answer
const SILENCE = "The server did not answer, so the beats stay as they were. Please try again.";
const NUDGE = 10; // ms of one press
const BARS = [2, 3, 4, 5, 6, 7];

export function beats(element, props, trigger, watch, server) {
  const panel = new Panel(element.querySelector("[data-beats]"), props, trigger, server);
  panel.take(props.value);
  watch("value", () => panel.take(props.value));
}

class Panel {
  constructor(root, props, trigger, server) {
    Object.assign(this, { root, props, trigger, server });
    this.history = [];
    this.turn = Promise.resolve(); // presses are answered one after another: each goes on from the one before
    this.taps = new Taps({ counted: (n, bpm) => this._counted(n, bpm), rest: (times, first) => this._tapped(times, first) });
    this._build();
    document.addEventListener("keydown", (e) => this._key(e));
  }

  // ---- what is shown -------------------------------------------------------------------------------------

  _build() {
    this.now = make("span", { class: "bt-now" });
    this.doubt = make("p", { class: "bt-doubt" });
    this.bars = BARS.map((n) => this._button(String(n), () => this._press("meter", n, `${n} beats a bar`), `${n} beats a bar`, "bt-bar"));
    this.tap = make("button", { type: "button", class: "bt-tap", title: "Tap on every beat while the song plays (T)", "aria-keyshortcuts": "t" },
      make("strong", { text: "Tap" }), make("span", { text: "on every beat" }));
    this.tap.addEventListener("pointerdown", (e) => { if (e.button === 0) this._tap(e.timeStamp); });
    this.tap.addEventListener("click", (e) => { if (e.detail === 0) this._tap(e.timeStamp); }); // by the keyboard
    this.count = make("p", { class: "bt-hint" });
    this.click = this._button("Click on the beats", () => this.player?.toggleClick(), "Click on the beats (N)");
    this.undo = this._button("Undo", () => this._undo(), "Undo the last change");
    this.reset = this._button("Reset", () => this._reset(), "Reset to the beats that were found");
    this.anew = make("button", { type: "button", class: "bt-go", text: "Dance anew", onclick: () => this.trigger("select") });
    this.how = make("p", { class: "bt-how" });
    this.said = make("p", { class: "bt-said", role: "status", "aria-live": "polite" });
    this.box = make("details", { class: "bt-box" },
      make("summary", {}, make("strong", { text: "Beats" }), this.now),
      make("div", { class: "bt-body" }, this.doubt,
        make("div", { class: "bt-rows" },
          row("Tempo", this._button("Half", () => this._press("half", 0, "Half tempo"), "Half tempo: every second beat"),
            this._button("Double", () => this._press("double", 0, "Double tempo"), "Double tempo: a beat more between any two")),
          row("Shift", this._button("Half a beat", () => this._press("on", 0, "Half a beat on"), "Half a beat on, for all beats; once more: back"),
            this._button("−10 ms", () => this._press("nudge", -NUDGE, "10 ms earlier"), "−10 ms: all beats earlier"),
            this._button("+10 ms", () => this._press("nudge", NUDGE, "10 ms later"), "+10 ms: all beats later")),
          row("“One”", this._button("‹ Earlier", () => this._press("one", -1, "“One” a beat earlier"), "Earlier: “one” comes a beat before"),
            this._button("Is here", () => this._here(), "Is here: the beat nearest to this moment of the song is “one”"),
            this._button("Later ›", () => this._press("one", 1, "“One” a beat later"), "Later: “one” comes a beat after")),
          row("Beats a bar", ...this.bars)),
        make("div", { class: "bt-along", role: "group", "aria-label": "Tap along" }, this.tap, this.count),
        make("div", { class: "bt-foot" }, this.click, this.undo, this.reset, this.anew), this.how, this.said));
    this.root.replaceChildren(this.box);
  }

  _button(text, press, title, more = "") {
    return make("button", { type: "button", class: `bt-button ${more}`, text, title, "aria-label": title, onclick: press });
  }

  /** A new value from the server: another dance, or none. */
  take(value) {
    if (!value || value.nonce === this.nonce) return; // our own note of the corrections
    this.nonce = value.nonce;
    this.root.hidden = !value.dance;
    if (!value.dance) return;
    const fresh = value.song !== this.value?.song;
    this.value = value;
    this.danced = JSON.stringify(value.by_hand);
    this.state = { by_hand: value.by_hand, now: value.now };
    this.taps.stop();
    this._say("");
    if (fresh) {
      this.history = [];
      this.box.open = value.low;
    }
    this.doubt.textContent = `These beats may be wrong: their confidence is ${value.confidence.toFixed(2)} of 1. Listen to them with the `
      + "click, and set right here what is wrong.";
    if (this.player && !this.listens) {
      this.listens = true;
      this.player.root.addEventListener("click-toggled", () => this._show());
    }
    this._show();
  }

  get player() {
    return window.__player;
  }

  _show() {
    const { by_hand: hand, now } = this.state, plain = JSON.stringify(hand) === JSON.stringify(this.value.plain);
    this.now.textContent = `${now.tempo.toFixed(1)} BPM, bars of ${now.per_bar}, ${plain ? `confidence ${this.value.confidence.toFixed(2)}` : "set by hand"}`;
    BARS.forEach((n, i) => this.bars[i].setAttribute("aria-pressed", String(n === now.per_bar)));
    this.click.setAttribute("aria-pressed", String(Boolean(this.player?.metronome.on)));
    this.doubt.hidden = !this.value.low || !plain;
    this.undo.disabled = !this.history.length;
    this.reset.disabled = plain;
    const changed = JSON.stringify(hand) !== this.danced;
    this.anew.disabled = !changed;
    this.how.textContent = [now.words && `By hand: ${now.words}.`, changed && "The dance on the stage keeps its beats until you dance anew."].filter(Boolean).join(" ");
    this._hint();
  }

  _hint() {
    if (!this.taps.count) this.count.textContent = "While the song plays: press T, or this button, on every beat, and begin on a “one”. Four taps or more set the beats of the whole song.";
  }

  _say(text, bad = false) {
    this.said.textContent = text;
    this.said.classList.toggle("bt-bad", bad);
  }

  // ---- what is pressed -----------------------------------------------------------------------------------

  /** Asks the server what the beats become. `first`: a step of its own on the way back. */
  _press(press, value, what, first = true) {
    const { dance } = this.value;
    this.turn = this.turn.then(async () => {
      if (dance !== this.value.dance) return; // another dance came meanwhile
      const answer = await this._ask({ dance, press, value, by_hand: this.state.by_hand });
      if (dance !== this.value.dance) return;
      if (!answer?.now) return this._say(answer?.error ?? SILENCE, true);
      if (first) this.history.push(this.state);
      this._become({ by_hand: answer.by_hand, now: answer.now }, what);
    });
  }

  async _ask(data) {
    const late = new Promise((done) => setTimeout(done, PATIENCE));
    try {
      return await Promise.race([this.server.mend(data), late]);
    } catch {
      return undefined;
    }
  }

  _become(state, what) {
    this.state = state;
    this.props.value = { ...this.props.value, by_hand: state.by_hand }; // what the page reads with the form
    this.player?.setBeats({ times: state.now.times, positions: state.now.positions });
    this._say(`${what}: ${state.now.tempo.toFixed(1)} BPM, bars of ${state.now.per_bar}.`);
    this._show();
  }

  _here() {
    const seconds = this.player.audio.paused ? this.player.time : this.player.heardAt(performance.now());
    this._press("here", seconds, "“One” is here");
  }

  _undo() {
    this.taps.stop();
    this.turn = this.turn.then(() => { if (this.history.length) this._become(this.history.pop(), "Taken back"); });
  }

  _reset() {
    this.taps.stop();
    this.turn = this.turn.then(() => {
      this.history.push(this.state);
      this._become({ by_hand: this.value.plain, now: this.value.found }, "As they were found");
    });
  }

  // ---- taps ----------------------------------------------------------------------------------------------

  _key(e) {
    if (e.key.toLowerCase() !== "t" || e.ctrlKey || e.metaKey || e.altKey || this.root.hidden || !this.root.isConnected) return;
    if (e.target.closest?.("textarea, select, [contenteditable=true]") || (e.target.closest?.("input") && !["range", "radio", "checkbox"].includes(e.target.type))) return;
    e.preventDefault();
    if (!e.repeat) this._tap(e.timeStamp);
  }

  _tap(stamp) {
    const now = performance.now(), p = this.player;
    this.box.open = true;
    if (!p?.playable) return;
    if (p.audio.paused) {
      p.play();
      return this._say("The song plays: now tap on every beat.");
    }
    this.taps.tap(p.heardAt(Math.abs(now - stamp) < 500 ? stamp : now));
    this.tap.classList.add("bt-hit");
    setTimeout(() => this.tap.classList.remove("bt-hit"), 90);
  }

  _counted(number, bpm) {
    this.count.textContent = number < Taps.LEAST ? `${number} of at least ${Taps.LEAST} taps …` : `${number} taps, ${bpm.toFixed(0)} a minute. Go on as long as you like; the beats follow when you stop.`;
  }

  _tapped(times, first) {
    this._press("taps", times, `From ${times.length} taps`, first);
  }
}

function row(name, ...parts) {
  return make("div", { class: "bt-row", role: "group", "aria-label": name }, make("span", { class: "bt-name", text: name, "aria-hidden": "true" }), ...parts);
}
