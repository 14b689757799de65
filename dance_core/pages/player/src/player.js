// The player: one audio element as the clock, one or two dancers, two strips, a bar of controls.
import { Canvas2d } from "./canvas2d.js";
import { Orbit } from "./camera.js";
import { Clock } from "./clock.js";
import { Controls } from "./controls.js";
import { makePose } from "./kinematics.js";
import { Loader, link } from "./loader.js";
import { Pace } from "./pace.js";
import { Stage } from "./stage.js";
import { THEMES } from "./theme.js";
import { Timeline } from "./timeline.js";
import { buildView, labelPanes, newCanvas, updateView } from "./view.js";
import { addWatched } from "./watched.js";

const END = 0.04; // s: playback waits this much before the end of what is made
const RESUME = 0.5; // s of new dance that end the waiting

export class Player {
  constructor(root) {
    this.root = root;
    this.audio = new Audio();
    this.audio.preload = "auto";
    this.clock = new Clock(this.audio);
    this.orbit = new Orbit();
    this.take = null;
    this._reset({});
    this.controls = new Controls(this);
    this.timeline = new Timeline((t) => this.seek(t));
    Object.assign(this, buildView(root, this.controls, this.timeline, () => this.play()));
    this.controls.keys(root);
    this._renderer();
    this._listen();
    this._tick = this._tick.bind(this);
    this.pace = new Pace();
    this.frame = requestAnimationFrame(this._tick);
  }

  // ---- what is shown -------------------------------------------------------------------------------------

  _reset(value) {
    if (this.loader) this.loader.gone = true;
    this.loader = new Loader(value.panes, {
      arrived: () => this._arrived(),
      outlined: (peaks) => { this.peaks = peaks; this.version++; this.wake(); },
      failed: () => this._status({ kind: "error", text: "A part of the dance could not be loaded. Reload the page to try again." }),
    });
    this.tracks = this.loader.tracks;
    this.poses = this.tracks.map(makePose);
    this.peaks = null;
    this.loop = null;
    this.wanted = false; // somebody wants it to play
    this.waiting = false; // it would play, but the next segment is not there yet
    this.started = false;
    this.touched = false; // once it has been played or searched, the large button is only in the way
    this.cut = true;
    this.version = (this.version ?? 0) + 1;
    this.beats = { times: [], positions: [] };
    this.motionBeats = [];
    this.segments = [];
    this.seams = [];
    this.time = 0;
    this.duration = 0;
    this.done = this.total = 0;
  }

  /** Takes a new value of the component (see pages/player/component.py). */
  set(value) {
    if (!value || typeof value !== "object") return;
    if (value.preview && this.audioUrl) return; // a pose to look at never pushes a dance off the stage
    if (value.patch) return this._patch(value);
    if (value.take === undefined) return;
    if (value.take !== this.take) {
      this.take = value.take;
      this.audio.pause();
      this._reset(value);
      this.audioUrl = null;
    }
    const audio = link(value.audio);
    if (audio !== (this.audioUrl ?? null)) {
      this.audioUrl = audio;
      if (audio) this.audio.src = audio;
      else { this.audio.removeAttribute("src"); this.audio.load(); }
    }
    this.duration = value.duration ?? this.duration;
    this.beats = value.beats ?? this.beats;
    const pane = value.panes?.at(-1) ?? {};
    this.motionBeats = pane.motion_beats ?? [];
    this.segments = (pane.segments ?? []).map(([start, stop]) => ({ start, stop }));
    this.seams = pane.seams ?? [];
    this.done = value.done ?? this.done;
    this.total = value.total ?? this.total;
    this.finished = value.finished ?? true;
    this.autoplay = value.autoplay ?? false;
    this.version++;
    this._labels(value);
    this._status(value.status);
    this.loader.load(value);
    this.wake();
  }

  /** A word about what is on the stage, whatever it is. */
  _patch(value) {
    this._status(value.status);
    if (value.finished !== undefined) this.finished = value.finished;
    this._arrived();
  }

  _labels(value) {
    this.title.textContent = value.title ?? "";
    this.subtitle.textContent = value.subtitle ?? "";
    labelPanes(this.paneLabels, value.panes ?? []);
  }

  _status(status) {
    const works = status?.kind === "working" && this.status?.kind !== "working";
    this.status = status ?? null;
    this.root.dataset.status = status?.kind ?? "";
    if (works) this._comeIntoView();
    this.wake();
  }

  /** On a phone the stage lies below the form. */
  _comeIntoView() {
    const box = this.stageBox.getBoundingClientRect();
    const visible = Math.min(box.bottom, window.innerHeight) - Math.max(box.top, 0);
    if (visible < 0.7 * box.height) this.root.scrollIntoView({ block: "start", behavior: "smooth" });
  }

  _arrived() {
    if (!this.started && this.autoplay && this.playable) {
      this.started = true;
      this.play();
    }
    if (this.waiting && (this.made > this.time + RESUME || this.complete)) {
      this.waiting = false;
      if (this.wanted) this._start();
    }
    this.wake();
  }

  /** Seconds of the dance that can be shown. */
  get made() {
    return Math.min(...this.tracks.map((t) => t.seconds));
  }

  get complete() {
    return (this.finished && !this.loader.pending) || (this.duration > 0 && this.made >= this.duration - 0.1);
  }

  /** Where a complete dance ends: with the music, or where it was cancelled. */
  get end() {
    return this.made < this.duration - 0.25 ? this.made : this.duration;
  }

  get playable() {
    return Boolean(this.audioUrl) && this.made > 0;
  }

  /** Where playback must stop: the end of the song, or of what is made so far. */
  get limit() {
    return this.complete ? this.end : Math.max(0, this.made - END);
  }

  // ---- verbs ---------------------------------------------------------------------------------------------

  toggle() {
    if (this.wanted) this.pause();
    else this.play();
  }

  play() {
    if (!this.playable) return;
    this.wanted = true;
    if (this.audio.ended || (this.complete && this.audio.currentTime >= this.end - 0.05)) this.audio.currentTime = 0;
    if (!this.complete && this.audio.currentTime >= this.limit) this.waiting = true;
    else this._start();
    this.wake();
  }

  _start() {
    this.audio.play().catch((error) => {
      if (error.name === "AbortError") return;
      this.wanted = false; // the browser wants a click first: the large button is there
      if (error.name === "NotSupportedError") this._status({ kind: "error", text: "The music could not be loaded." });
      this.wake();
    });
  }

  pause() {
    this.wanted = this.waiting = false;
    this.audio.pause();
    this.wake();
  }

  seek(time) {
    if (!this.playable) return;
    this.touched = true;
    const stop = this.complete ? Math.max(0, this.end - 0.01) : this.limit;
    this.audio.currentTime = Math.min(Math.max(0, time), stop);
    if (this.waiting && this.audio.currentTime < this.limit - 0.1) {
      this.waiting = false;
      this._start();
    }
    this.wake();
  }

  step(frames) {
    this.pause();
    const fps = this.tracks[0].fps;
    // a little after the frame's own time, so that rounding never lands on the one before
    this.seek((Math.round(this.audio.currentTime * fps - 0.06) + frames) / fps + 0.002);
  }

  beat(direction) {
    const now = this.audio.currentTime, times = this.beats.times;
    const next = direction > 0 ? times.find((t) => t > now + 0.03) : times.findLast((t) => t < now - (this.wanted ? 0.25 : 0.03));
    if (next !== undefined) this.seek(next);
  }

  setSpeed(rate) {
    this.audio.playbackRate = rate;
    this.wake();
  }

  toggleLoop() {
    this.loop = this.loop ? null : [0, this.duration];
    this.wake();
  }

  setLoop(end) {
    const now = this.audio.currentTime, loop = this.loop ?? [0, this.duration];
    loop[end] = now;
    if (loop[1] - loop[0] < 0.25) loop[1 - end] = end ? Math.max(0, now - 2) : Math.min(this.duration, now + 2);
    this.loop = [...loop];
    this.wake();
  }

  toggleMute() {
    this.audio.muted = !this.audio.muted;
    this.wake();
  }

  setVolume(volume) {
    this.audio.volume = volume;
    this.audio.muted = false;
    this.wake();
  }

  home() {
    this.orbit.home();
    this.wake();
  }

  // ---- the page ------------------------------------------------------------------------------------------

  _theme() {
    return THEMES[document.body.classList.contains("dark") ? "dark" : "light"];
  }

  _renderer(plain = false) {
    this.renderer?.dispose();
    this.canvas = newCanvas(this.stageBox, this.canvas);
    this.theme = this._theme();
    this.root.dataset.theme = this.theme.name;
    if (!plain) {
      try {
        this.renderer = new Stage(this.canvas, this.theme);
        this.canvas.addEventListener("webglcontextlost", (e) => {
          e.preventDefault();
          this._renderer(true);
          this._resize();
        });
      } catch {
        this.canvas = newCanvas(this.stageBox, this.canvas); // one that was asked for WebGL gives no 2-D context
        plain = true;
      }
    }
    if (plain) this.renderer = new Canvas2d(this.canvas, this.theme);
    this.root.dataset.renderer = this.renderer.name;
  }

  _listen() {
    const wake = () => this.wake();
    this.orbit.listen(this.stageBox, () => this.root.contains(document.activeElement), wake);
    this.stageBox.addEventListener("pointerdown", (e) => { if (!e.target.closest("button")) this.root.focus({ preventScroll: true }); });
    for (const name of ["play", "pause", "seeking", "seeked", "ended", "loadeddata", "ratechange", "volumechange"]) {
      this.audio.addEventListener(name, wake);
    }
    this.audio.addEventListener("pause", () => { if (!this.waiting && !this.audio.ended) this.wanted = false; });
    this.audio.addEventListener("play", () => { this.wanted = this.touched = true; });
    this.audio.addEventListener("ended", () => {
      if (this.loop) { this.audio.currentTime = this.loop[0]; this._start(); } else this.wanted = false;
    });
    this.audio.addEventListener("error", () => {
      if (this.audioUrl) this._status({ kind: "error", text: "The music could not be loaded. Dance again, or reload the page." });
      wake();
    });
    this.sizes = new ResizeObserver(() => this._resize());
    this.sizes.observe(this.root);
    this.themes = new MutationObserver(() => {
      const theme = this._theme();
      if (theme === this.theme) return;
      this.theme = theme;
      this.root.dataset.theme = theme.name;
      this.renderer.setTheme(theme);
      this.wake();
    });
    this.themes.observe(document.body, { attributes: true, attributeFilter: ["class"] });
    this.seen = true;
    this.views = new IntersectionObserver((entries) => { this.seen = entries[entries.length - 1].isIntersecting; this.wake(); });
    this.views.observe(this.root);
  }

  _resize() {
    const box = this.stageBox.getBoundingClientRect();
    if (!box.width) return;
    this.aspect = box.width / this.tracks.length / box.height;
    this.renderer.resize(box.width, box.height);
    this.timeline.resize();
    this.wake();
  }

  wake() {
    this.awake = 3; // pictures to draw even when nothing moves
  }

  // ---- the loop ------------------------------------------------------------------------------------------

  _tick(now) {
    if (!this.root.isConnected) return this.dispose();
    this.frame = requestAnimationFrame(this._tick);
    const dt = Math.min(0.1, (now - (this.last ?? now)) / 1000);
    this.last = now;
    const playing = !this.audio.paused;
    this._boundaries();
    if (!playing && !this.awake && !this.orbit.moved) { this.pace.rest(); return; }
    if (this.awake) this.awake--;
    // drawn for the middle of the time that the picture will stand
    const half = playing && this.clock.steady(performance.now()) ? Math.min(0.02, this.pace.interval / 2) * this.audio.playbackRate : 0;
    this.time = this.clock.time(performance.now());
    const showAt = Math.min(this.time + half, Math.max(this.time, this.limit));
    if (this.seen) this._draw(showAt, dt);
    if (updateView(this) && this.audioUrl && !this.timeline.zoom.width) this._resize();
    if (playing) addWatched(this.take, dt);
    if (playing && this.seen && !document.hidden) this.pace.tick(now, this.renderer);
    else this.pace.rest();
  }

  _boundaries() {
    if (this.audio.paused) return;
    const t = this.audio.currentTime;
    if (this.loop && t >= this.loop[1] - 0.015 && this.loop[1] < this.duration) this.audio.currentTime = this.loop[0];
    else if (this.complete && this.duration && t >= this.end) { // music longer than the dance
      if (this.loop) this.audio.currentTime = this.loop[0];
      else this.pause();
    } else if (!this.complete && t >= this.limit) {
      this.waiting = true;
      this.audio.pause();
      this.wake();
    }
  }

  _draw(time, dt) {
    const pelvises = [];
    for (let i = 0; i < this.tracks.length; i++) {
      if (!this.tracks[i].sample(time, this.poses[i])) {
        this.canvas.style.visibility = "hidden"; // nothing to show yet
        this.timeline.draw(this, this.theme);
        return;
      }
      pelvises.push(this.poses[i].places.subarray(0, 3));
    }
    this.canvas.style.visibility = "";
    const jump = this.cut || Math.abs(time - (this.drawn ?? 0)) > 1;
    this.aspect = this.renderer.size[0] / this.tracks.length / this.renderer.size[1];
    this.orbit.follow(pelvises, this.aspect, dt, jump);
    if (this.cut) this.orbit.moved = true;
    this.cut = false;
    const [pulse, strong] = this._pulse(time);
    this.renderer.draw(this.poses, this.orbit, pulse, strong);
    this.drawn = time;
    this.timeline.draw(this, this.theme);
  }

  _pulse(time) {
    const { times, positions } = this.beats;
    let low = 0, high = times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle] <= time) low = middle + 1;
      else high = middle;
    }
    if (!low) return [0, 0];
    const strong = positions[low - 1] === 1 ? 1 : 0;
    return [Math.exp(-(time - times[low - 1]) * (strong ? 6 : 8)) * (strong ? 1 : 0.65), strong];
  }

  /** 0 is the best picture; otherwise the player finds what the machine can draw in time. */
  quality(level) {
    this.renderer.quality?.(level);
    this.pace.fixed = true;
    this.wake();
  }

  /** What tests and the curious may read. */
  report() {
    return {
      poseTime: this.drawn ?? 0, audioTime: this.audio.currentTime, updates: 1 / this.pace.interval, renderer: this.renderer.name,
      level: this.renderer.level ?? 0, playing: !this.audio.paused, waiting: this.waiting, made: this.made, duration: this.duration,
      take: this.take, done: this.done, total: this.total, seeking: this.audio.seeking, status: this.status?.kind ?? "",
      places: this.poses.map((p) => Array.from(p.places)),
    };
  }

  dispose() {
    cancelAnimationFrame(this.frame);
    this.audio.pause();
    this.audio.removeAttribute("src");
    for (const o of [this.sizes, this.themes, this.views]) o.disconnect();
    this.renderer.dispose();
  }
}
