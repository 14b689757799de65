// What can be drawn, from the best picture down: with which renderer, how finely, and at last only the skeleton.

// WebGL: pixels a CSS pixel at most, shadows and a shaded floor, share of the figure's points
export const WEBGL = [
  { ratio: 2, rich: true, detail: 1 }, { ratio: 1.25, rich: true, detail: 1 }, { ratio: 1, rich: true, detail: 0.7 },
  { ratio: 1, rich: false, detail: 0.6 }, { ratio: 0.75, rich: false, detail: 0.6 }, { ratio: 0.55, rich: false, detail: 0.5 },
];
export const PLAIN = WEBGL.findIndex((l) => !l.rich); // the first that a processor may draw

// the 2-D canvas: pixels a CSS pixel at most, points of the moving body (raster.js); a still picture has all
export const CANVAS = [
  { ratio: 2, grain: "middle" }, { ratio: 1.25, grain: "middle" }, { ratio: 1, grain: "middle" }, { ratio: 0.75, grain: "coarse" },
  { ratio: 0.55, grain: "coarse" },
];
export const FIRST = 2; // where the canvas begins: a pixel a CSS pixel

// Seconds between pictures above which a rung is left for a cheaper one. A coarser picture is a small loss, a coarser
// body a larger one; the skeleton is another picture altogether and comes only where the body would stutter.
const SMOOTH = 0.0195, FAIR = 0.029, ENOUGH = 0.0315, STUTTERS = 0.055;

/**
 * The rungs for a screen of `density` pixels a CSS pixel: {renderer, level, look, limit, pixels, work}. `look` is what the rung
 * can show: "" all that is wanted. `pixels` are drawn for one
 * CSS pixel; `work` is how much there is to draw, against the other rungs of its renderer.
 * What would look the same as the rung above is left out.
 */
export function ladder(density) {
  const rungs = [];
  WEBGL.forEach(({ ratio, rich, detail }, level) => {
    const pixels = Math.min(density, ratio) ** 2, work = pixels * (rich ? 3 : 1) * detail;
    if (rungs.length && work === rungs.at(-1).work) return;
    rungs.push({ renderer: "webgl", level, look: "", limit: SMOOTH, pixels, work });
  });
  rungs.at(-1).limit = FAIR;
  const fine = [];
  CANVAS.forEach(({ ratio, grain }, level) => {
    const pixels = Math.min(density, ratio) ** 2, work = (pixels + 0.6) * (grain === "coarse" ? 0.5 : 1);
    if (fine.length && work === fine.at(-1).work) fine.pop();
    fine.push({ renderer: "canvas", level, look: "", limit: level < FIRST ? SMOOTH : level === FIRST ? FAIR : ENOUGH, pixels, work });
  });
  fine.at(-1).limit = STUTTERS;
  return [...rungs, ...fine, { renderer: "canvas", level: CANVAS.length - 1, look: "skeleton", limit: Infinity, pixels: 0.3, work: 0.5 }];
}
