// What the two strips show: waveform, beats and downbeats with bar numbers, and for each dancer motion beats, foot
// contacts (left over right), segments and seams. `model` is the player.
import { faultsOf } from "./lanes.js";

const TOP = 15; // px for the bars' numbers
const ROW = 13; // px for a dancer's motion beats
const FEET = 13; // px for a dancer's feet
const WAVE = 52; // px

const told = (model) => (model.options.marks ? model.panes.filter((p) => p.motion_beats) : []);

/** Height of the zoomed strip in px. */
export function zoomHeight(model) {
  return TOP + WAVE + 6 + Math.max(1, told(model).length) * (model.options.marks ? ROW + FEET : 0);
}

export function drawZoom(strip, model, theme, from, to) {
  const { c, width: w, height: h, ratio } = strip, span = to - from;
  const x = (t) => ((t - from) / span) * w;
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  c.clearRect(0, 0, w, h);
  const panes = told(model), low = TOP + WAVE;
  if (panes.length) segments(c, panes.at(-1), theme, x, from, to, low + 4);
  loop(c, model, theme, x, h);
  wave(c, model, theme, w, from, to, TOP + WAVE / 2, WAVE / 2 - 3);
  if (model.options.beats) beats(c, model, theme, x, from, to, low);
  panes.forEach((pane, i) => {
    const top = low + 5 + i * (ROW + FEET), two = panes.length > 1;
    c.fillStyle = two ? theme.panes[i] : theme.motion;
    for (const t of pane.motion_beats) if (t >= from - 0.1 && t <= to + 0.1) diamond(c, x(t), top + ROW / 2, 4.2);
    feet(c, model.tracks[i], two ? [theme.panes[i], theme.panes[i]] : theme.feet, x, from, to, top + ROW + 1);
    seams(c, pane, theme, x, from, to, two && i ? top : 0, two ? top + ROW + FEET : h);
  });
}

export function drawOverview(strip, model, theme, duration) {
  const { c, width: w, height: h, ratio } = strip, x = (t) => (t / duration) * w;
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  c.clearRect(0, 0, w, h);
  const panes = told(model);
  if (panes.length) segments(c, panes.at(-1), theme, x, 0, duration, h);
  loop(c, model, theme, x, h);
  wave(c, model, theme, w, 0, duration, (h - 3) / 2, (h - 3) / 2 - 3);
  c.strokeStyle = theme.seam;
  c.lineWidth = 1;
  c.globalAlpha = 0.8;
  for (const pane of panes) for (const t of pane.seams) vertical(c, Math.round(x(t)) + 0.5, 2, h - 5);
  c.globalAlpha = 1;
  for (const f of faultsOf(model)) if (f.severity >= 0.5) {
    c.fillStyle = theme.severe;
    c.fillRect(x(f.start), 0, Math.max(2, x(f.stop) - x(f.start)), 3);
  }
  c.fillStyle = theme.waveAhead; // how much is made
  c.fillRect(0, h - 2.5, w, 2.5);
  c.fillStyle = theme.motion;
  c.fillRect(0, h - 2.5, x(Math.min(model.made, duration)), 2.5);
}

function segments(c, pane, theme, x, from, to, h) {
  c.fillStyle = theme.bar;
  pane.segments.forEach(([start, stop], i) => { if (stop >= from && start <= to && i % 2 === 0) c.fillRect(x(start), 0, x(stop) - x(start), h); });
}

function loop(c, model, theme, x, h) {
  if (!model.loop) return;
  c.fillStyle = theme.loop;
  c.fillRect(x(model.loop[0]), 0, x(model.loop[1]) - x(model.loop[0]), h);
}

function beats(c, model, theme, x, from, to, low) {
  const { times, positions } = model.beats;
  let bar = 0;
  c.font = "10px system-ui, sans-serif";
  c.textAlign = "center";
  c.textBaseline = "middle";
  for (let i = 0; i < times.length; i++) {
    const down = positions[i] === 1;
    if (down) bar++;
    if (times[i] < from - 0.2 || times[i] > to + 0.2) continue;
    const px = Math.round(x(times[i])) + 0.5;
    c.globalAlpha = down ? 1 : 0.55;
    c.strokeStyle = theme.beat;
    c.lineWidth = down ? 2 : 1;
    vertical(c, px, down ? TOP - 2 : TOP + 6, down ? low + 2 : low - 6);
    c.globalAlpha = 1;
    if (!down) continue;
    c.fillStyle = theme.quiet;
    c.fillText(String(bar), px, 8);
  }
}

/** Left foot over right foot; pale where only the heel or only the toes stand. */
function feet(c, track, colours, x, from, to, top) {
  const first = Math.max(0, Math.floor(from * track.fps)), last = Math.min(track.frames, Math.ceil(to * track.fps));
  for (const side of [0, 1]) {
    c.fillStyle = colours[side];
    let begun = first, state = 0;
    for (let f = first; f <= last; f++) {
      const now = f < last ? (track.feet(f) >> (2 * side)) & 3 : -1;
      if (now === state) continue;
      if (state > 0) {
        c.globalAlpha = state === 3 ? 0.95 : 0.45;
        c.fillRect(x((begun - 0.5) / track.fps), top + side * 6, x((f - 0.5) / track.fps) - x((begun - 0.5) / track.fps), 4.5);
      }
      begun = f;
      state = now;
    }
  }
  c.globalAlpha = 1;
}

function seams(c, pane, theme, x, from, to, top, low) {
  c.strokeStyle = theme.seam;
  c.lineWidth = 1.25;
  c.setLineDash([3, 3]);
  for (const t of pane.seams) if (t >= from && t <= to) vertical(c, Math.round(x(t)) + 0.5, top, low);
  c.setLineDash([]);
}

function wave(c, model, theme, w, from, to, middle, half) {
  const peaks = model.peaks, rate = 100;
  c.fillStyle = theme.waveAhead;
  if (!peaks) {
    c.fillRect(0, middle - 0.5, w, 1);
    return;
  }
  const step = 2, edge = model.made;
  for (const ahead of [false, true]) {
    c.fillStyle = ahead ? theme.waveAhead : theme.wave;
    c.beginPath();
    for (let px = 0; px < w; px += step) {
      const t0 = from + (px / w) * (to - from), t1 = from + ((px + step) / w) * (to - from);
      if (t0 >= edge !== ahead) continue;
      let high = 0;
      const last = Math.max(Math.floor(t0 * rate) + 1, Math.floor(t1 * rate));
      for (let k = Math.floor(t0 * rate); k < last && k < peaks.length; k++) if (peaks[k] > high) high = peaks[k];
      const y = Math.max(0.5, (high / 255) * half);
      c.rect(px, middle - y, step - 0.6, 2 * y);
    }
    c.fill();
  }
}

function vertical(c, x, y0, y1) {
  c.beginPath();
  c.moveTo(x, y0);
  c.lineTo(x, y1);
  c.stroke();
}

function diamond(c, x, y, r) {
  c.beginPath();
  c.moveTo(x, y - r);
  c.lineTo(x + r, y);
  c.lineTo(x, y + r);
  c.lineTo(x - r, y);
  c.fill();
}
