// An audible click on each beat, laid onto the sound card's own clock, to check the beats by ear.
const AHEAD = 0.35; // s of real time for which clicks are laid out
const KEPT = 64;

export class Metronome {
  constructor() {
    this.on = false;
    this.context = null;
    this.laid = new Map(); // beat index -> its nodes, until it has sounded
    this.log = []; // {beat, at}: seconds in the song, ms of performance.now() at which it can be heard
  }

  toggle() {
    this.on = !this.on;
    if (this.on) {
      this.context ??= new AudioContext({ latencyHint: "interactive" });
      this.context.resume();
    } else this.silence();
  }

  /** Takes back what has not sounded yet: after a pause, a seek, another speed. */
  silence() {
    for (const nodes of this.laid.values()) {
      try { nodes.tone.stop(); } catch { /* it has ended */ }
      nodes.gain.disconnect();
    }
    this.laid.clear();
  }

  /** Lays out the next clicks. `time`: seconds into the song at `now` ms; `rate`: playback rate. */
  lay(beats, time, now, rate) {
    if (!this.on || this.context.state !== "running") return;
    const { times, positions } = beats;
    for (let i = 0; i < times.length; i++) {
      const wait = (times[i] - time) / rate;
      if (wait <= 0.004 || this.laid.has(i)) continue;
      if (wait > AHEAD) break;
      this._click(i, times[i], this._audible(now) + wait, positions[i] === 1);
      this.log.push({ beat: times[i], at: now + wait * 1000 });
      if (this.log.length > KEPT) this.log.shift();
    }
  }

  /** The context's time of what leaves the loudspeaker at `now`: the media element's clock tells the same. */
  _audible(now) {
    const stamp = this.context.getOutputTimestamp?.();
    if (stamp?.performanceTime > 0) return stamp.contextTime + (now - stamp.performanceTime) / 1000;
    return this.context.currentTime - (this.context.outputLatency || this.context.baseLatency || 0);
  }

  _click(index, beat, when, strong) {
    const tone = this.context.createOscillator(), gain = this.context.createGain();
    const at = Math.max(when, this.context.currentTime);
    tone.frequency.value = strong ? 1760 : 1175;
    gain.gain.setValueAtTime(strong ? 0.55 : 0.38, at);
    gain.gain.exponentialRampToValueAtTime(0.001, at + 0.045);
    tone.connect(gain).connect(this.context.destination);
    tone.start(at);
    tone.stop(at + 0.05);
    tone.onended = () => { gain.disconnect(); this.laid.delete(index); };
    this.laid.set(index, { tone, gain });
  }

  dispose() {
    this.silence();
    this.context?.close();
  }
}
