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
    this.draw();
  }

  /** Draws the picture. */
  draw() {
    const { canvas, data } = this;
    const scale = devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (!width || !height) return;
    const context = canvas.getContext("2d");
    if (!context) return;
    canvas.width = width * scale;
    canvas.height = height * scale;
    context.scale(scale, scale);
    const style = getComputedStyle(document.documentElement);
    /** @param {string} name */
    const colour = (name) => style.getPropertyValue(name).trim();
    context.fillStyle = colour("--wash");
    context.fillRect(0, 0, width, height);
    if (!data) return;
    /** @param {number} t */
    const x = (t) => (t / Math.max(1, data.segments.target)) * width;
    /** @param {number} s */
    const y = (s) => (s / Math.max(1, data.segments.source)) * height;
    if (this.window) {
      const n = data.beads.length;
      /** @param {number} f */
      const row = (f) => data.beads.slice(Math.min(n - 1, Math.floor(f * n))).find((b) => b[0] >= 0)?.[0] ?? data.segments.source;
      const [top, end] = [y(row(this.window[0])), y(row(this.window[1]))];
      context.fillStyle = colour("--current");
      context.fillRect(0, top, width, Math.max(3, end - top));
    }
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
  }
}
