// The player: one audio element as the clock, one or two dancers, two strips, controls.
import { Camera } from "./camera.js";
import { Clock } from "./clock.js";
import { Controls } from "./controls.js";
import { Flat } from "./flat.js";
import { makePose } from "./kinematics.js";
import { Loader, link } from "./loader.js";
import { drawMarks } from "./marks.js";
import { Metronome } from "./metronome.js";
import { MAX_DELAY, Playback } from "./playback.js";
import { Recovery } from "./recovery.js";
import { recall } from "./remember.js";
import { Screen } from "./screen.js";
import { FIELD_OF_VIEW } from "./stage.js";
import { Timeline } from "./timeline.js";
import { buildView, flatCanvas, labelPanes, marksCanvas, updateView } from "./view.js";
import { addWatched, begunAgain, watched } from "./watched.js";

const END = 0.04; // s: playback waits this much before the end of what is made
const RESUME = 0.5; // s of new dance that end the waiting
const STUCK = 4000; // ms for which the music stood, and nothing more of it came, before it is fetched anew; then twice as long
const FETCHES = 3; // times at most
const REST = 280; // ms without a new picture after which a coarse one is drawn sharply
const OPEN = { titles: true, labels: true, beats: true, marks: true, tools: true, look: "", camera: "follow" };
const SMALL = 'audio/mp4; codecs="mp4a.40.2"'; // what `value.small` is
const HALF = Math.tan((FIELD_OF_VIEW * Math.PI) / 360);

export class Player extends Playback {
  /** `tell(event, data)` hands events on to the page: play, pause, end (how it was watched), select (a frame). */
  constructor(root, tell = () => {}) {
    super();
    this.root = root;
    this.tell = tell;
    this.audio = new Audio();
    this.audio.preload = "auto";
    this.recovery = new Recovery();
    this.clock = new Clock(this.audio);
    this.metronome = new Metronome();
    this.camera = new Camera();
    this.delay = Math.min(MAX_DELAY, Math.max(0, Number(recall("delay", 0)) || 0));
    this.mirror = false;
    this.take = null;
    this.options = OPEN;
    this._reset({});
    this.controls = new Controls(this);
    this.timeline = new Timeline((t) => this.seek(t), (f) => this.study(f.start, f.stop));
    Object.assign(this, buildView(root, this.controls, this.timeline, () => this.play()));
    this.controls.keys(root);
    this.screen = new Screen(root, this.stageBox, () => this.wake());
    this.setCamera(recall("camera", "follow"));
    this.flat = new Flat(flatCanvas(this.stageBox));
    this.marks = marksCanvas(this.stageBox);
    this.wantsFlat = recall("flat", false) === true;
    this.setFlatView(recall("flatView", "front"));
    this._listen();
    this._tick = this._tick.bind(this);
    this.frame = requestAnimationFrame(this._tick);
  }

  // ---- what is shown -------------------------------------------------------------------------------------

  _reset(value) {
    if (this.loader) this.loader.gone = true;
    this.loader = new Loader(value.panes, {
      arrived: () => this._arrived(),
      outlined: (peaks) => { this.peaks = peaks; this.version++; this.wake(); },
      failed: (answered) => this._missing(answered),
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
    this.mended = null; // beats that somebody set by hand since the dance began
    this.panes = [];
    this.time = 0;
    this.duration = 0;
    this.done = this.total = 0;
    this.metronome.silence();
    this.stuck = { at: -1, since: 0, times: 0 }; // where the music was, ms since when it is there, how often it was fetched anew
  }

  /** Takes a new value of the component (see pages/player/component.py). */
  set(value) {
    if (!value || typeof value !== "object") return;
    if (value.nonce !== undefined && value.nonce === this.nonce) return; // our own note on how it was watched
    this.nonce = value.nonce;
    if (value.preview && this.audioUrl) return; // a pose to look at never pushes a dance off the stage
    if (value.patch) return this._patch(value);
    if (value.take === undefined) return;
    if (value.take !== this.take || Math.max(1, value.panes?.length ?? 0) !== this.tracks.length) {
      this.take = value.take;
      this.audio.pause();
      this._reset(value);
      this.screen.begin();
      this.audioUrl = null;
    }
    const audio = link(this.audio.canPlayType(SMALL) && value.small ? value.small : value.audio);
    if (audio !== (this.audioUrl ?? null)) {
      this.audioUrl = audio;
      this.recovery = new Recovery();
      if (audio) this.audio.src = audio;
      else { this.audio.removeAttribute("src"); this.audio.load(); }
    }
    this.duration = value.duration ?? this.duration;
    this.beats = this.mended ?? value.beats ?? this.beats;
    this.panes = value.panes ?? this.panes;
    this.done = value.done ?? this.done;
    this.total = value.total ?? this.total;
    this.finished = value.finished ?? true;
    this.autoplay = value.autoplay ?? false;
    this.version++;
    this._options({ ...OPEN, ...value.options });
    const chosen = this.options.look || recall("look", "");
    this.screen.show(chosen || "body", Boolean(chosen), link(value.body) ?? undefined);
    this._labels(value);
    this._status(value.status);
    this.loader.load(value);
    this.wake();
  }

  /** Shows and clicks other beats than those that came with the dance: {times (s), positions}. */
  setBeats(beats) {
    this.beats = this.mended = beats;
    this.version++;
    this.metronome.silence(); // it would go on with the beats' numbers
    this.wake();
  }

  /** Seconds of the song that are heard at the moment `now`, in ms of performance.now(). */
  heardAt(now) {
    return Math.max(0, this.clock.peek(now) - this.shift);
  }

  _options(options) {
    const camera = options.camera !== this.options.camera;
    this.options = options;
    if (camera) this.setCamera(options.camera);
    for (const k of ["titles", "labels", "beats", "marks", "tools"]) this.root.classList.toggle(`dp-no-${k}`, !options[k]);
  }

  /** A word about what is on the stage, whatever it is. */
  _patch(value) {
    this._status(value.status);
    if (value.finished !== undefined) this.finished = value.finished;
    this._arrived();
  }

  _labels(value) {
    this.title.textContent = this.options.titles ? value.title ?? "" : "";
    this.subtitle.textContent = this.options.titles ? value.subtitle ?? "" : "";
    labelPanes(this.paneLabels, this.panes, this.options, (pane) => this.startHere(pane));
  }

  _status(status) {
    const works = status?.kind === "working" && this.status?.kind !== "working";
    this.status = status ?? null;
    this.root.dataset.status = status?.kind ?? "";
    if (works) this._comeIntoView();
    this.wake();
  }

  /** A part of the dance can't be had. What was said of a fault before says more than this. */
  _missing(answered) {
    if (this.status?.kind === "error") return;
    const text = answered ? "A part of the dance could not be loaded. Reload the page to try again."
      : "The server does not answer, so a part of the dance could not be loaded. What came until then stays on the stage.";
    this._status({ kind: "error", text });
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

  /** Whether the picture is drawn in two dimensions: never where all shall see the same. */
  get isFlat() {
    return this.wantsFlat && this.options.tools;
  }

  get playable() {
    return Boolean(this.audioUrl) && this.made > 0;
  }

  /** Where playback must stop: the end of the song, or of what is made so far. */
  get limit() {
    return this.complete ? this.end : Math.max(0, this.made - END);
  }

  get renderer() {
    return this.screen.renderer;
  }

  // ---- the page ------------------------------------------------------------------------------------------

  _listen() {
    const wake = () => this.wake();
    this.camera.listen(this.stageBox, () => this.root.contains(document.activeElement), (how) => {
      if (this.isFlat && how) this.setFlatView(how === "home" ? "front" : "own"); // who turns the view has one of his own
      wake();
    });
    this.stageBox.addEventListener("pointerdown", (e) => { if (!e.target.closest("button, input")) this.root.focus({ preventScroll: true }); });
    for (const name of ["play", "pause", "seeking", "seeked", "ended", "loadeddata", "ratechange", "volumechange"]) {
      this.audio.addEventListener(name, wake);
    }
    for (const name of ["pause", "seeking", "ratechange"]) this.audio.addEventListener(name, () => this.metronome.silence());
    this.audio.addEventListener("seeking", () => { if (this.audio.currentTime < 1) begunAgain(this.take); });
    this.audio.addEventListener("pause", () => {
      if (!this.waiting && !this.audio.ended) this.wanted = false;
      this.tell(watched(this.take).ended && this.audio.currentTime > this.end - 0.3 ? "end" : "pause", watched(this.take));
    });
    this.audio.addEventListener("play", () => { this.wanted = this.touched = true; this.tell("play", watched(this.take)); });
    this.audio.addEventListener("ended", () => {
      if (this.loop) { this.audio.currentTime = this.loop[0]; this._start(); } else this.wanted = false;
    });
    this.audio.addEventListener("progress", () => { this.stuck.since = performance.now(); });
    this.audio.addEventListener("loadeddata", () => { this.recovery.loaded = true; });
    this.audio.addEventListener("timeupdate", () => { if (!this.audio.paused && !this.audio.seeking) this.recovery.plays(this.audio.currentTime); });
    this.audio.addEventListener("error", () => this._lost());
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
    const playing = !this.audio.paused && !this.audio.error;
    this._boundaries();
    this._unstick(performance.now());
    if (!playing && !this.awake && !this.camera.moved) return this._stand(now);
    this.restless = now;
    if (this.awake) this.awake--;
    if (playing) this.renderer.sharpen(false);
    if (playing && this.screen.open && !document.hidden && !this.isFlat) this.screen.tick(now);
    else this.screen.rest();
    const { playbackRate } = this.audio, clock = performance.now();
    // drawn for the middle of the time that the picture will stand
    const half = playing && this.clock.steady(clock) ? Math.min(0.02, this.screen.pace.interval / 2) * playbackRate : 0;
    this.time = this.clock.time(clock);
    const heard = this.time - this.shift;
    const showAt = Math.min(Math.max(0, heard + half), Math.max(heard, this.limit));
    if (this.screen.open) this._draw(showAt, dt, playing);
    if (updateView(this) && this.audioUrl && !this.timeline.zoom.width) this.timeline.resize();
    if (playing) {
      addWatched(this.take, dt, this.time, this.end);
      this.metronome.lay(this.beats, this.time, clock, playbackRate);
    }
  }

  /** Nothing moves: after a moment a coarse picture is drawn once more, sharply. */
  _stand(now) {
    this.screen.rest();
    if (now - (this.restless ?? now) > REST && this.screen.open && this.renderer.sharpen(true)) this._draw(this.drawnTime, 0, false);
  }

  /** Seconds by which the picture is held back, in the song's time: nothing while it stands. */
  get shift() {
    return this.audio.paused ? 0 : this.delay * this.audio.playbackRate;
  }

  _boundaries() {
    if (this.audio.paused || this.audio.error) return;
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

  /** Browsers can lose the thread of a file: music that should run and stands is fetched anew from where it stands. */
  _unstick(now) {
    const { audio, stuck } = this, at = audio.currentTime;
    if (audio.paused || audio.ended || audio.seeking || audio.error || at !== stuck.at) Object.assign(stuck, { at, since: now });
    if (now - stuck.since < STUCK * 2 ** stuck.times || stuck.times === FETCHES) return;
    stuck.times++;
    stuck.since = now;
    this._fetch(at);
  }

  _draw(time, dt, playing) {
    for (let i = 0; i < this.tracks.length; i++) {
      if (this.tracks[i].sample(time, this.poses[i], this.mirror)) continue;
      this.screen.canvas.style.visibility = this.flat.canvas.style.visibility = "hidden"; // nothing to show yet
      this.marks.style.visibility = "hidden";
      this.timeline.draw(this, this.screen.theme);
      return;
    }
    this.screen.canvas.style.visibility = this.isFlat ? "hidden" : "";
    this.flat.canvas.style.visibility = this.isFlat ? "" : "hidden";
    const jump = this.cut || Math.abs(time - this.drawnTime) > 1;
    this.camera.follow(this.poses, this._reaches(), this.screen.aspect(this.tracks.length), HALF, dt, playing, jump);
    if (this.cut) this.camera.moved = true;
    this.cut = false;
    if (this.isFlat) this.flat.draw(this.poses, this.tracks, this.flatView, time, this.camera, this.mirror);
    else this.screen.draw(this.poses, this.camera, ...this._pulse(time));
    this.marks.style.visibility = this.isFlat ? "hidden" : "";
    if (!this.isFlat) drawMarks(this.marks, this, time, HALF);
    this.drawn = time;
    this.pictures = (this.pictures ?? 0) + 1;
    this.timeline.draw(this, this.screen.theme);
  }

  get drawnTime() {
    return this.drawn ?? 0;
  }

  _reaches() {
    return this.tracks.map(({ reach: r }) => (this.mirror ? [-r[1], -r[0], r[2], r[3]] : r));
  }

  _pulse(time) {
    const { times, positions } = this.beats;
    if (!this.options.beats) return [0, 0];
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

  /**
   * What tests and the curious may read. The pose is in time where `poseTime` is `clockTime` less `shift`: `clockTime` is
   * the music's place as clock.js works it out, while `audioTime`, what the browser tells, may be 40 ms old.
   */
  report() {
    return {
      poseTime: this.drawnTime, clockTime: this.clock.peek(), audioTime: this.audio.currentTime, shift: this.shift,
      updates: 1 / this.screen.pace.interval, cost: this.screen.cost ?? 0,
      pictures: this.pictures ?? 0, renderer: this.renderer.name, look: this.screen.drawn, camera: this.camera.view,
      flat: this.isFlat ? this.flatView : "", points: this.isFlat ? this.flat.points : [],
      level: this.renderer.level, playing: !this.audio.paused, waiting: this.waiting, made: this.made, duration: this.duration,
      take: this.take, done: this.done, total: this.total, seeking: this.audio.seeking, status: this.status?.kind ?? "",
      places: this.poses.map((p) => Array.from(p.places)), watched: watched(this.take),
    };
  }

  dispose() {
    cancelAnimationFrame(this.frame);
    this.audio.pause();
    this.audio.removeAttribute("src");
    this.metronome.dispose();
    this.screen.dispose();
  }
}
