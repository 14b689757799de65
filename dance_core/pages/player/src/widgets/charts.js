// The charts beside the player go with it: a line shows where it is, and a click goes there. Plotly says nothing of a
// click between two points, so the second is read off the axis: its range, over the width of the area that is drawn on.
import { make } from "../dom.js";

const STILL = 5; // pixels: a press that moves further draws a stretch to zoom into
const EVERY = 60; // ms between two places of the line

export function charts(element) {
  const box = element.closest(".in-charts");
  const line = make("div", { class: "in-now", "aria-hidden": "true" });
  let down = null;

  /** {figure, left, width, first, last}: where seconds lie on the page; undefined without a chart. */
  function axis() {
    const figure = box.querySelector(".js-plotly-plot"), area = figure?.querySelector(".nsewdrag")?.getBoundingClientRect();
    const [first, last] = figure?.layout?.xaxis?.range ?? [];
    return area?.width && last > first ? { figure, left: area.left, width: area.width, first: Number(first), last: Number(last) } : undefined;
  }

  box.addEventListener("pointerdown", (e) => { down = e.button === 0 && e.target.closest(".js-plotly-plot") ? [e.clientX, e.clientY] : null; }, true);
  addEventListener("pointerup", (e) => {
    const still = down && Math.hypot(e.clientX - down[0], e.clientY - down[1]) < STILL, a = axis(), p = window.__player;
    down = null;
    if (!still || !a || !p?.playable) return;
    const share = (e.clientX - a.left) / a.width;
    if (share >= 0 && share <= 1) p.visit(a.first + share * (a.last - a.first));
  }, true);

  setInterval(() => {
    const a = document.hidden || !box.offsetParent ? undefined : axis(), p = window.__player;
    const share = a && p ? (p.time - a.first) / (a.last - a.first) : -1;
    line.hidden = !(share >= 0 && share <= 1);
    if (line.hidden) return;
    if (line.parentElement !== a.figure) a.figure.append(line);
    line.style.left = `${a.left - a.figure.getBoundingClientRect().left + share * a.width}px`;
  }, EVERY);
}
