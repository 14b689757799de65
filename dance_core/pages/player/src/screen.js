// What is drawn with and onto: WebGL where there is some, the 2-D canvas where not, in the colours of the page.
import { loadBody } from "./body.js";
import { Canvas2d } from "./canvas2d.js";
import { recall } from "./remember.js";
import { Stage, softwareGl } from "./stage.js";
import { THEMES } from "./theme.js";
import { newCanvas } from "./view.js";

/** The picture in `box` inside `root`. `wake` is called when it has to be drawn anew. */
export class Screen {
  constructor(root, box, wake) {
    this.root = root;
    this.box = box;
    this.wake = wake;
    this.look = "body"; // as wanted; drawn is what the renderer can
    this.seen = true;
    this._renderer();
    this._listen();
  }

  _theme() {
    return THEMES[document.body.classList.contains("dark") ? "dark" : "light"];
  }

  _renderer(plain = false) {
    this.renderer?.dispose();
    this.canvas = newCanvas(this.box, this.canvas);
    this.theme = this._theme();
    this.root.dataset.theme = this.theme.name;
    if (!plain) {
      try {
        // without a graphics card the canvas is faster than software GL; "renderer": "webgl" kept in the browser insists
        if (softwareGl() && recall("renderer", "") !== "webgl") return this._plain();
        this.renderer = new Stage(this.canvas, this.theme);
        this.canvas.addEventListener("webglcontextlost", (e) => {
          e.preventDefault();
          this._renderer(true);
          this.resize();
          this.show(this.look);
        });
      } catch {
        this.canvas = newCanvas(this.box, this.canvas); // one that was asked for WebGL gives no 2-D context
        return this._plain(true);
      }
    } else return this._plain();
    this.root.dataset.renderer = this.renderer.name;
  }

  /** `bare`: there is no WebGL at all. */
  _plain(bare = false) {
    this.bare = bare;
    this.renderer = new Canvas2d(this.canvas, this.theme);
    this.root.dataset.renderer = this.renderer.name;
  }

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
    if (!box.width) return;
    this.renderer.resize(box.width, box.height);
    this.wake();
  }

  /** "body" or "skeleton". The body is fetched when it is first wanted; until then, and without it, the skeleton dances. */
  show(look, url = this.url) {
    this.look = look;
    this.url = url;
    this.renderer.show(look);
    if (look === "body" && url && !this.renderer.parts) {
      loadBody(url).then((parts) => {
        this.renderer.show(this.look, parts);
        this.wake();
      }, () => { /* the skeleton stays */ });
    }
    this.wake();
  }

  /** The look that is drawn. */
  get drawn() {
    return this.renderer.look ?? "skeleton";
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
