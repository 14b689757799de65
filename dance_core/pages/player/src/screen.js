// What is drawn with and onto: WebGL where that is quick, the 2-D canvas where not, in the colours of the page. Whether
// it is quick is measured: some browsers hide that WebGL is worked out by the processor.
import { loadBody } from "./body.js";
import { Canvas2d } from "./canvas2d.js";
import { FIRST, PLAIN, ladder } from "./ladder.js";
import { Pace } from "./pace.js";
import { recall, recallBriefly, rememberBriefly } from "./remember.js";
import { Stage, softwareGl } from "./stage.js";
import { THEMES } from "./theme.js";
import { newCanvas } from "./view.js";

const PROBES = 4; // first pictures whose full cost is measured; the first of them builds programs and does not count
const BEYOND = 4; // times what is too dear: then one of them is enough

/** The picture in `box` inside `root`. `wake` is called when it has to be drawn anew. */
export class Screen {
  constructor(root, box, wake) {
    this.root = root;
    this.box = box;
    this.wake = wake;
    this.wanted = "body";
    this.insisted = false; // somebody chose the look: then only the fineness gives way
    this.seen = true;
    this.probes = [];
    this.insists = recall("renderer", "") === "webgl"; // kept in the browser by hand
    this.rungs = ladder(window.devicePixelRatio || 1);
    this.pace = new Pace(this.rungs, this._first(), (rung) => this._allowed(rung));
    this._follow();
    this._listen();
  }

  _theme() {
    return THEMES[document.body.classList.contains("dark") ? "dark" : "light"];
  }

  // ---- which renderer ------------------------------------------------------------------------------------

  /** The rung to begin with: what held earlier in this visit, or what the browser says of its WebGL. */
  _first() {
    const { rungs } = this;
    try {
      this.soft = softwareGl();
    } catch {
      this.lost = true; // there is no WebGL
    }
    const held = rungs.findIndex((r) => keyOf(r) === recallBriefly("rung"));
    if (held >= 0 && this._allowed(rungs[held])) return held;
    if (!this._allowed(rungs[0])) return this._canvas;
    return this.soft ? rungs.findIndex((r) => r.renderer === "webgl" && r.level >= PLAIN) : 0;
  }

  _allowed(rung) {
    if (rung.look && this.insisted) return false;
    return rung.renderer === "canvas" ? this.lost || !this.insists : !this.lost && (this.insists || !this.soft);
  }

  /** Draws from now on as the pace's rung says. */
  _follow() {
    const { rung } = this.pace;
    if (rung.renderer !== this.renderer?.name) this._renew(rung.renderer);
    if (this.renderer.name !== rung.renderer) return this._follow(); // no WebGL after all
    this.renderer.quality(rung.level);
    this.root.dataset.renderer = rung.renderer;
    this.resize();
    this._look();
  }

  _renew(name) {
    this.renderer?.dispose();
    this.canvas = newCanvas(this.box, this.canvas);
    this.theme = this._theme();
    this.root.dataset.theme = this.theme.name;
    if (name === "canvas") this.renderer = new Canvas2d(this.canvas, this.theme);
    else {
      try {
        this.renderer = new Stage(this.canvas, this.theme, this.pace.rung.level);
        this.canvas.addEventListener("webglcontextlost", (e) => {
          e.preventDefault();
          this._lose();
        });
      } catch {
        this._lose();
      }
    }
  }

  /** There is no WebGL, or not any more. */
  _lose() {
    this.lost = true;
    this._turn(this._canvas);
  }

  _turn(rung) {
    this.pace.turn(rung);
    this._follow();
  }

  /** One more picture is to come while the music plays: finds what the machine can draw in time. */
  tick(now) {
    if (this.pace.tick(now, this.cost)) this._hold();
  }

  /** Takes the pace's rung, and begins with it when the page is loaded again in this visit. */
  _hold() {
    this._follow();
    rememberBriefly("rung", keyOf(this.pace.rung));
  }

  /** Pictures come unevenly, or not at all. */
  rest() {
    this.pace.rest();
  }

  /** Another dance comes onto the stage. */
  begin() {
    if (this.pace.begin(performance.now())) this._hold();
  }

  /** One picture; see Stage.draw. `cost` is then the ms that it took, where that is known. */
  draw(...what) {
    const { renderer } = this, begun = performance.now(), probing = renderer.name === "webgl" && this.probes.length < PROBES;
    renderer.draw(...what);
    if (renderer.finish && (probing || this.pace.doubts)) renderer.finish();
    else if (renderer.finish) return (this.cost = 0);
    this.cost = performance.now() - begun;
    if (probing && this.probes.push(this.cost) > 1 && !this.insists) this._probed(what);
  }

  /** Enough was seen of WebGL: if it is worked out by the processor, the canvas draws from this picture on. */
  _probed(what) {
    const least = Math.min(...this.probes.slice(1));
    if (!this.pace.dear(this.probes.length < PROBES ? least / BEYOND : least)) return;
    this.probes.length = PROBES;
    this.pace.turn(this._canvas);
    this._hold();
    this.renderer.draw(...what);
  }

  /** The rung with which the canvas begins. */
  get _canvas() {
    return this.rungs.findIndex((r) => r.renderer === "canvas" && r.level >= FIRST);
  }

  // ---- the page ------------------------------------------------------------------------------------------

  _listen() {
    this.sizes = new ResizeObserver(() => this.resize());
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
    this.views = new IntersectionObserver((entries) => { this.seen = entries[entries.length - 1].isIntersecting; this.wake(); });
    this.views.observe(this.root);
  }

  resize() {
    const box = this.box.getBoundingClientRect();
    if (!box.width || !box.height) return;
    this.sized = true;
    this.renderer.resize(box.width, box.height);
    this.wake();
  }

  /** Whether there is a picture to draw, and somebody may see it. */
  get open() {
    return this.seen && this.sized === true;
  }

  /**
   * "body" or "skeleton"; `insisted`: somebody chose it. The body is fetched when it is first wanted; until then, and
   * without it, the skeleton dances.
   */
  show(look, insisted, url = this.url) {
    this.wanted = look;
    this.url = url;
    this.insisted = insisted;
    if (!this._allowed(this.pace.rung)) this._turn(this.rungs.findLastIndex((r) => r.renderer === "canvas" && !r.look));
    else this._look();
    this.wake();
  }

  _look() {
    const { look, url } = this, parts = this.body && this.body.url === url ? this.body.parts : undefined;
    this.renderer.show(look, parts); // a new renderer has it from its first picture on
    if (look !== "body" || !url || parts) return;
    loadBody(url).then((found) => {
      this.body = { url, parts: found };
      this._look();
      this.renderer.prepare?.();
      this.wake();
    }, () => { /* the skeleton stays */ });
  }

  /** The look that is to be drawn: as wanted, or as the machine can. */
  get look() {
    return this.pace.rung.look || this.wanted;
  }

  /** The look that is drawn. */
  get drawn() {
    return this.renderer.look;
  }

  /** Width over height of each of `panes`. */
  aspect(panes) {
    return this.renderer.size[0] / panes / this.renderer.size[1];
  }

  dispose() {
    for (const o of [this.sizes, this.themes, this.views]) o.disconnect();
    this.renderer.dispose();
  }
}

const keyOf = (rung) => `${rung.renderer} ${rung.level} ${rung.look}`;
