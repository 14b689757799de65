// What a visitor can do with the player: every button and key ends in one of these verbs.
import { VIEWS } from "./camera.js";
import { clockText } from "./dom.js";
import { FLAT_VIEWS } from "./flat.js";
import { remember } from "./remember.js";

const LAST = 0.03; // s before the end: no browser is asked for the last block of the music (music/seek_table.py)
// WebKitGTK now and then hangs where a place is asked for before the music is there
const AGENT = globalThis.navigator?.userAgent ?? "";
const WEBKIT = /AppleWebKit/.test(AGENT) && !/Chrom/.test(AGENT);
export const MAX_DELAY = 0.4; // s that a loudspeaker may be late

/** The verbs; Player has the state that they change. */
export class Playback {
  toggle() {
    if (this.wanted) this.pause();
    else this.play();
  }

  play() {
    if (!this.playable) return;
    this.wanted = true;
    const ended = this.audio.ended || (this.complete && this.audio.currentTime >= this.end - 0.05);
    this.waiting = !this.complete && this.audio.currentTime >= this.limit;
    if (this.audio.error) this._revive(ended ? 0 : this.audio.currentTime);
    else {
      if (ended) this.audio.currentTime = 0;
      if (!this.waiting) this._start();
    }
    this.wake();
  }

  _start() {
    this.audio.play().catch((error) => {
      if (error.name === "AbortError" || this.audio.error) return; // `_lost` sees to an error
      this.wanted = false; // the browser wants a click first: the large button is there
      this.wake();
    });
  }

  /** Fetches the music anew, to go on at `place` (s). */
  _fetch(place) {
    const { audio } = this, rate = audio.playbackRate;
    audio.load();
    const there = () => { audio.currentTime = place; };
    if (WEBKIT) audio.addEventListener("loadedmetadata", there, { once: true });
    else there(); // read and kept from now on, and sought to when the music is there
    audio.playbackRate = rate;
    if (this.wanted && !this.waiting) this._start();
    this.wake();
  }

  /** The browser reports an error of the music: some can't find a place in a good file, and networks fail. */
  _lost() {
    if (!this.audioUrl) return;
    const { audio, audioUrl: url } = this, at = audio.currentTime, again = this.recovery.lost(at);
    if (again) {
      setTimeout(() => { if (this.audioUrl === url && audio.error && this.root.isConnected) this._fetch(again.place); }, again.wait);
    } else {
      this.pause();
      const what = this.recovery.loaded ? `The music was lost at ${clockText(at)} and could not be loaded again.` : "The music could not be loaded.";
      this._status(this.lostStatus = { kind: "error", text: `${what} Press play to try once more, or reload the page.` });
    }
    this.wake();
  }

  /** Somebody wants music that was lost. */
  _revive(place) {
    this.recovery.asked();
    if (this.status === this.lostStatus) this._status(null);
    this._fetch(place);
  }

  pause() {
    this.wanted = this.waiting = false;
    this.audio.pause();
    this.wake();
  }

  seek(time) {
    if (!this.playable) return;
    this.touched = true;
    const stop = this.complete ? Math.max(0, this.end - LAST) : this.limit;
    const place = Math.min(Math.max(0, time), stop);
    this.recovery.asked();
    if (this.audio.error) this._revive(place);
    else this.audio.currentTime = place;
    if (this.waiting && this.audio.currentTime < this.limit - 0.1) {
      this.waiting = false;
      this._start();
    }
    this.wake();
  }

  step(frames) {
    if (!this.options.tools) return;
    this.pause();
    const fps = this.tracks[0].fps;
    // a little after the frame's own time, so that rounding never lands on the one before
    this.seek((Math.round(this.audio.currentTime * fps - 0.06) + frames) / fps + 0.002);
  }

  beat(direction) {
    if (!this.options.tools || !this.options.beats) return;
    const now = this.audio.currentTime, times = this.beats.times;
    const next = direction > 0 ? times.find((t) => t > now + 0.03) : times.findLast((t) => t < now - (this.wanted ? 0.25 : 0.03));
    if (next !== undefined) this.seek(next);
  }

  setSpeed(rate) {
    if (!this.options.tools) return;
    this.audio.playbackRate = rate;
    this.wake();
  }

  toggleLoop() {
    if (!this.options.tools) return;
    this.loop = this.loop ? null : [0, this.duration];
    this.wake();
  }

  setLoop(end) {
    if (!this.options.tools) return;
    const now = this.audio.currentTime, loop = this.loop ?? [0, this.duration];
    loop[end] = now;
    if (loop[1] - loop[0] < 0.25) loop[1 - end] = end ? Math.max(0, now - 2) : Math.min(this.duration, now + 2);
    this.loop = [...loop];
    this.wake();
  }

  /** Goes to a stretch (s) and plays it slowly, over and over, with some time before and after it. */
  study(start, stop, speed = 0.5) {
    if (!this.options.tools || !this.playable) return;
    const room = Math.max(0.3, (1.5 - (stop - start)) / 2);
    this.loop = [Math.max(0, start - room), Math.min(this.duration, stop + room)];
    this.setSpeed(speed);
    this.seek(start);
    this.play();
  }

  /** Goes to a second, and lets a loop go that does not have it. */
  visit(time) {
    if (this.loop && (time < this.loop[0] || time >= this.loop[1])) this.loop = null;
    this.seek(time);
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

  toggleClick() {
    if (!this.options.tools || !this.options.beats) return;
    this.metronome.toggle();
    this.root.dispatchEvent(new Event("click-toggled"));
    this.wake();
  }

  /** Seconds by which the loudspeaker is late: the picture waits for the sound. */
  setDelay(seconds) {
    this.delay = Math.min(MAX_DELAY, Math.max(0, seconds));
    remember("delay", this.delay);
    this.wake();
  }

  setLook(look) {
    if (this.options.look) return;
    remember("look", look);
    this.screen.show(look, true);
  }

  toggleLook() {
    this.setLook(this.screen.look === "body" ? "skeleton" : "body");
  }

  setCamera(view) {
    this.camera.view = VIEWS.includes(view) ? view : "follow";
    this.wake();
  }

  nextCamera() {
    if (this.isFlat) return this.setFlatView(FLAT_VIEWS[(FLAT_VIEWS.indexOf(this.flatView) + 1) % FLAT_VIEWS.length]);
    this.setCamera(VIEWS[(VIEWS.indexOf(this.camera.view) + 1) % VIEWS.length]);
    remember("camera", this.camera.view);
  }

  toggleMirror() {
    this.mirror = !this.mirror;
    this.cut = true;
    this.wake();
  }

  /** In two dimensions, or back to three. */
  toggleFlat() {
    this.wantsFlat = !this.wantsFlat;
    remember("flat", this.wantsFlat);
    this.cut = true;
    this.wake();
  }

  /** Where the two-dimensional picture looks from: one of FLAT_VIEWS. */
  setFlatView(view) {
    this.flatView = FLAT_VIEWS.includes(view) ? view : FLAT_VIEWS[0];
    remember("flatView", this.flatView);
    this.wake();
  }

  home() {
    this.camera.home();
    if (this.isFlat) this.setFlatView("front");
    this.wake();
  }

  /** Asks the page for a dance that starts from the frame that is shown. */
  startHere(pane) {
    const take = this.panes[pane]?.take;
    if (take) this.tell("select", { take, seconds: Math.round(this.drawnTime * 1000) / 1000 });
  }
}
