// The whole alignment as a picture: down the source, across the target, a colour for what was decided.

import { get } from "./api.js";
import { made } from "./dom.js";

const COLOURS = ["--soft", "--good", "--doubt", "--bad"];

/** @import { Outline, Window } from "./types.js" */

/** The decisions in the order of the colours. */
const DECISIONS = ["pending", "accepted", "flagged", "rejected"];

/** How long after the last change the picture is drawn, in milliseconds: once a change, not once a key. */
const QUIET = 250;

export class Plot {
  /** @type {Outline | null} */
  data = null;
  /** What part of the rows is in view, from 0 to 1. @type {[number, number] | null} */
  window = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;
  /** Counts the changes: a picture asked for before the last is out of date. */
  changes = 0;
  waiting = false;
  /** Shows the part that is in view; it moves, and nothing is drawn. */
  frame = made("div", { className: "in-view" });

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {(position: number) => void} go is told where the reader clicked
   */
  constructor(canvas, go) {
    this.canvas = canvas;
    canvas.before(this.frame);
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
    this.changes += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      const { changes } = this;
      try {
        /** @type {Outline} */
        const data = await get("/api/outline");
        if (changes !== this.changes) return this.soon();
        this.data = data;
        this.draw();
      } catch { /* the banner says that the server is away */ }
    }, QUIET);
  }

  /**
   * Takes in what was changed: of other words about the same beads nothing needs to be asked.
   * @param {Window} window
   * @param {boolean} isShape whether the window holds other beads than before
   */
  change({ from, beads }, isShape) {
    const { data } = this;
    if (!data || isShape) return this.soon();
    beads.forEach((bead, i) => {
      const own = data.beads[from + i];
      if (own) [own[4], own[5]] = [DECISIONS.indexOf(bead.decision), Number(Boolean(bead.doubtful))];
    });
    this.changes += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), QUIET);
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
    requestAnimationFrame(() => { this.waiting = false; this.show(); });
  }

  /** @param {string} name */
  colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  /** Shows the part that is in view. */
  show() {
    const height = this.canvas.clientHeight;
    this.frame.hidden = !this.data || !this.window;
    if (!this.window) return;
    const [top, end] = this.window.map((share) => this.source(share) * height);
    this.frame.style.transform = `translateY(${top}px)`;
    this.frame.style.height = `${Math.max(3, end - top)}px`;
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

  /** Draws the beads; what is in view stands behind them. */
  draw() {
    const { canvas, data } = this;
    const scale = devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const context = canvas.getContext("2d");
    if (!width || !height || !context) return;
    canvas.width = width * scale;
    canvas.height = height * scale;
    this.show();
    if (!data) return;
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
  }
}
