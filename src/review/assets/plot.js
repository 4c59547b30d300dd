// The whole alignment as a picture: down the source, across the target, a colour for what was decided.

import { get } from "./api.js";

const COLOURS = ["--soft", "--good", "--doubt", "--bad"];

/** @import { Outline } from "./types.js" */

export class Plot {
  /** @type {Outline | null} */
  data = null;
  /** What part of the rows is in view, from 0 to 1. @type {[number, number] | null} */
  window = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;
  /** The beads. @type {OffscreenCanvas | null} */
  layer = null;
  waiting = false;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {(position: number) => void} go is told where the reader clicked
   */
  constructor(canvas, go) {
    this.canvas = canvas;
    canvas.addEventListener("click", (event) => {
      if (!this.data) return;
      const box = canvas.getBoundingClientRect();
      const wanted = ((event.clientY - box.top) / box.height) * this.data.segments.source;
      let [best, least] = [0, Infinity];
      this.data.beads.forEach(([a, b], index) => {
        const far = a < 0 ? Infinity : Math.abs((a + b) / 2 - wanted);
        if (far < least) [best, least] = [index, far];
      });
      go(best);
    });
    new ResizeObserver(() => this.draw()).observe(canvas);
  }

  /** Asks for the picture again, a little later than the last who asked. */
  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      try { this.data = await get("/api/outline"); this.draw(); } catch { /* the banner says that the server is away */ }
    }, 250);
  }

  /**
   * Says which rows are in view.
   * @param {number} from
   * @param {number} to
   * @param {number} total
   */
  view(from, to, total) {
    this.window = total ? [from / total, to / total] : null;
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => { this.waiting = false; this.compose(); });
  }

  /** Draws the picture. */
  draw() {
    this.layer = this.beads();
    this.compose();
  }

  /** @param {string} name */
  colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  /** Puts the beads over the part that is in view. */
  compose() {
    const { canvas, data, layer } = this;
    const scale = devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const context = canvas.getContext("2d");
    if (!width || !height || !context) return;
    canvas.width = width * scale;
    canvas.height = height * scale;
    context.fillStyle = this.colour("--wash");
    context.fillRect(0, 0, canvas.width, canvas.height);
    if (!data || !layer) return;
    if (this.window) {
      const [top, end] = this.window.map((share) => this.source(share) * canvas.height);
      context.fillStyle = this.colour("--current");
      context.fillRect(0, top, canvas.width, Math.max(3 * scale, end - top));
    }
    context.drawImage(layer, 0, 0);
  }

  /**
   * How far down the source the row is that stands at this share of all rows.
   * @param {number} share
   */
  source(share) {
    if (!this.data) return 0;
    const { beads, segments } = this.data;
    for (let i = Math.min(beads.length - 1, Math.floor(share * beads.length)); i < beads.length; i += 1) {
      if (beads[i][0] >= 0) return beads[i][0] / Math.max(1, segments.source);
    }
    return 1;
  }

  /** The beads, as a picture of their own that is drawn once a change. */
  beads() {
    const { canvas, data } = this;
    const scale = devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (!width || !height || !data) return null;
    const layer = new OffscreenCanvas(width * scale, height * scale);
    const context = layer.getContext("2d");
    if (!context) return null;
    context.scale(scale, scale);
    const colours = new Map([...COLOURS, "--doubt"].map((name) => [name, this.colour(name)]));
    const colour = (/** @type {string} */ name) => colours.get(name) ?? "";
    const x = (/** @type {number} */ t) => (t / Math.max(1, data.segments.target)) * width;
    const y = (/** @type {number} */ s) => (s / Math.max(1, data.segments.source)) * height;
    let [s, t] = [0, 0];
    for (const pass of [0, 1]) {
      for (const [a, b, c, d, decision, doubtful] of data.beads) {
        const loud = decision >= 2 || (doubtful && decision === 0);
        if (a >= 0) s = b;
        if (c >= 0) t = d;
        if (Boolean(pass) !== Boolean(loud)) continue;
        context.fillStyle = colour(decision === 0 && doubtful ? "--doubt" : COLOURS[decision]);
        const w = c < 0 ? 3 : Math.max(2.5, x(d - c));
        const h = a < 0 ? 2 : Math.max(2, y(b - a));
        context.fillRect(c < 0 ? x(t) : x(c), a < 0 ? y(s) : y(a), w, h);
        if (loud) context.fillRect(width - 5, a < 0 ? y(s) : y(a), 5, Math.max(2, h));
      }
    }
    return layer;
  }
}
