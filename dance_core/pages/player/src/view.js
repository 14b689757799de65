// The elements of the player. User text goes in by textContent, later.
import { clockText, icon, make } from "./dom.js";

// class of the sign, words, what it belongs to
const LEGEND = [["dp-key-beat", "music beat", "dp-beats"], ["dp-key-down", "downbeat, with its bar", "dp-beats"],
  ["dp-key-motion", "motion beat", "dp-marks"], ["dp-key-feet", "foot on the floor, left over right", "dp-marks"],
  ["dp-key-segment", "segment", "dp-marks"], ["dp-key-seam", "seam", "dp-marks"]];

/** Fills `root` and returns its parts by name. `onPlay` belongs to the large button. */
export function buildView(root, controls, timeline, onPlay) {
  root.classList.add("dp");
  root.tabIndex = 0;
  root.setAttribute("role", "region");
  root.setAttribute("aria-label", `Dance player. ${controls.help}`);
  const v = {
    title: make("div", { class: "dp-title" }),
    subtitle: make("div", { class: "dp-subtitle" }),
    paneLabels: make("div", { class: "dp-panes" }),
    message: make("div", { class: "dp-message", role: "status", "aria-live": "polite" }),
    fill: make("div", { class: "dp-fill" }),
    bigPlay: make("button", { type: "button", class: "dp-big", "aria-label": "Play", onclick: onPlay }, icon("play")),
    legend: make("div", { class: "dp-legend" }),
    slider: timeline.overview.element,
  };
  v.progress = make("div", { class: "dp-progress", role: "progressbar", "aria-label": "Segments made", "aria-valuemin": 0 }, v.fill);
  v.stageBox = make("div", { class: "dp-stage" }, make("div", { class: "dp-head" }, v.title, v.subtitle), v.paneLabels, v.bigPlay,
    controls.onStage, controls.overlay, controls.panel, make("div", { class: "dp-note" }, v.message, v.progress));
  for (const [k, value] of [["role", "slider"], ["aria-label", "Position in the song"], ["aria-valuemin", "0"],
    ["tabindex", "0"]]) {
    v.slider.setAttribute(k, value);
  }
  for (const [sign, text, belongs] of LEGEND) v.legend.append(make("span", { class: belongs }, make("i", { class: sign }), text));
  v.strips = make("div", { class: "dp-strips" }, timeline.zoom.element, timeline.lanes.element, v.slider);
  root.replaceChildren(v.stageBox, v.strips, controls.element, v.legend);
  return v;
}

/** A fresh canvas at the bottom of the stage. */
export function newCanvas(stageBox, old) {
  old?.remove();
  const canvas = make("canvas", { class: "dp-canvas", "aria-hidden": "true" });
  stageBox.prepend(canvas);
  return canvas;
}

/** The canvas of the rings around joints at fault, over every picture. */
export function marksCanvas(stageBox) {
  const canvas = make("canvas", { class: "dp-canvas dp-marks-canvas", "aria-hidden": "true" });
  stageBox.querySelector(".dp-head").before(canvas);
  return canvas;
}

/** The canvas of the two-dimensional picture, over the other. */
export function flatCanvas(stageBox) {
  const canvas = make("canvas", { class: "dp-canvas dp-flat", "aria-hidden": "true" });
  canvas.style.visibility = "hidden";
  stageBox.querySelector(".dp-head").before(canvas);
  return canvas;
}

/** Under each dancer: its name, where there are two, and the way to start a dance from its frame. */
export function labelPanes(element, panes, options, onStart) {
  const key = JSON.stringify([panes.map((p) => [p.label, p.take]), options.labels, options.tools]);
  if (element.dataset.key === key) return; // a button must not change under the finger
  element.dataset.key = key;
  element.classList.toggle("dp-two", panes.length > 1);
  element.replaceChildren(...panes.map((p, i) => make("div", { class: `dp-pane dp-pane-${i}` },
    panes.length > 1 && options.labels && p.label ? make("span", { class: "dp-label", text: p.label }) : null,
    p.take && options.tools ? make("button", { type: "button", class: "dp-start", title: "Start a new dance from this frame",
      onclick: () => onStart(i) }, icon("pose"), make("span", { text: "Start from this frame" })) : null)));
}

/** Words and buttons; nothing is touched that has not changed, since every touch costs the browser work. True if any did. */
export function updateView(p) {
  const s = p.status, tenth = p.time.toFixed(1);
  let text = s?.text ?? "";
  if (p.waiting && s?.kind !== "error") {
    const more = p.done < p.total ? `: ${p.done} of ${p.total} are made` : " to arrive";
    text = `Waiting for the next segment${more}`;
  }
  const key = [tenth, text, s?.kind, p.wanted, p.playable, p.touched, p.done, p.total, p.duration, p.audioUrl, p.audio.playbackRate,
    p.audio.muted, p.audio.volume, Boolean(p.loop), p.waiting, p.mirror, p.delay, p.camera.view, p.isFlat, p.flatView, p.screen.look, p.renderer.name,
    p.metronome.on, p.version].join();
  if (key === p.viewKey) return false;
  p.viewKey = key;
  p.controls.show();
  if (p.message.textContent !== text) p.message.textContent = text;
  const working = s?.kind === "working", share = p.total ? p.done / p.total : 0;
  p.progress.hidden = !working;
  p.progress.classList.toggle("dp-open", working && !p.total);
  p.fill.style.width = `${share * 100}%`;
  p.progress.setAttribute("aria-valuemax", p.total);
  p.progress.setAttribute("aria-valuenow", p.done);
  p.bigPlay.hidden = !p.playable || p.wanted || p.touched;
  p.stageBox.classList.toggle("dp-black", p.isFlat);
  p.root.classList.toggle("dp-still", p.playable && !p.wanted && p.touched);
  p.strips.hidden = p.legend.hidden = !p.audioUrl;
  p.slider.setAttribute("aria-valuemax", p.duration.toFixed(1));
  p.slider.setAttribute("aria-valuenow", tenth);
  p.slider.setAttribute("aria-valuetext", `${clockText(p.time)} of ${clockText(p.duration)}`);
  return true;
}
