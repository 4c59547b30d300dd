// A list of any length of which only the rows in view are in the page. Heights are estimated and corrected
// when a row is first seen; a Fenwick tree gives the place of any row in logarithmic time.

const ESTIMATE = 92;
const BEYOND = 500;

export class VirtualList {
  /**
   * @param {HTMLElement} scroller what scrolls
   * @param {HTMLElement} grid what holds the rows
   * @param {(index: number) => HTMLElement} render gives the element of a row
   */
  constructor(scroller, grid, render) {
    this.scroller = scroller;
    this.grid = grid;
    this.render = render;
    /** The rows in the page. @type {Map<number, HTMLElement>} */
    this.shown = new Map();
    /** The row that stays in the page wherever it is; −1 for none. */
    this.current = -1;
    this.waiting = false;
    this.total = 0;
    this.heights = new Float64Array(0);
    this.tree = new Float64Array(1);
    this.reset(0);
    scroller.addEventListener("scroll", () => this.soon(), { passive: true });
    new ResizeObserver(() => this.soon()).observe(scroller);
  }

  /**
   * Another list, of `count` rows.
   * @param {number} count
   */
  reset(count) {
    this.heights = new Float64Array(count).fill(ESTIMATE);
    this.build();
    for (const element of this.shown.values()) element.remove();
    this.shown.clear();
    this.soon();
  }

  /** Makes the tree of the heights anew. */
  build() {
    const n = this.heights.length;
    this.tree = new Float64Array(n + 1);
    for (let i = 1; i <= n; i += 1) {
      this.tree[i] += this.heights[i - 1];
      const up = i + (i & -i);
      if (up <= n) this.tree[up] += this.tree[i];
    }
    this.total = this.top(n);
    this.grid.style.height = `${this.total}px`;
  }

  /**
   * The place of row `index`.
   * @param {number} index
   */
  top(index) {
    let sum = 0;
    for (let i = index; i > 0; i -= i & -i) sum += this.tree[i];
    return sum;
  }

  /**
   * The row at place `y`.
   * @param {number} y
   */
  at(y) {
    let [index, step] = [0, 1];
    const n = this.heights.length;
    while (step * 2 <= n) step *= 2;
    for (let rest = y; step > 0; step >>= 1) {
      if (index + step <= n && this.tree[index + step] <= rest) {
        index += step;
        rest -= this.tree[index];
      }
    }
    return Math.min(index, Math.max(0, n - 1));
  }

  /**
   * Corrects the height of a row; gives by how much.
   * @param {number} index
   * @param {number} height
   */
  set(index, height) {
    const by = height - this.heights[index];
    if (Math.abs(by) < 0.5) return 0;
    this.heights[index] = height;
    for (let i = index + 1; i < this.tree.length; i += i & -i) this.tree[i] += by;
    this.total += by;
    return by;
  }

  /**
   * Rows went and came.
   * @param {number} from
   * @param {number} removed
   * @param {number} added
   */
  splice(from, removed, added) {
    if (removed === added) {
      this.refresh(Array.from({ length: added }, (_, i) => from + i));
      return;
    }
    const next = new Float64Array(this.heights.length - removed + added).fill(ESTIMATE);
    next.set(this.heights.subarray(0, from + Math.min(removed, added)));
    next.set(this.heights.subarray(from + removed), from + added);
    this.heights = next;
    this.build();
    for (const [index, element] of this.shown) {
      if (index >= from) { element.remove(); this.shown.delete(index); }
    }
    this.draw();
  }

  /**
   * Makes all rows in view again, or of them those that `which` names, whose heights are measured with the next frame.
   * @param {number[]} [which]
   */
  refresh(which) {
    for (const index of which ?? [...this.shown.keys()]) {
      const old = this.shown.get(index);
      if (!old) continue;
      const element = this.render(index);
      element.style.top = old.style.top;
      old.replaceWith(element);
      this.shown.set(index, element);
    }
    if (which) this.soon();
    else this.draw();
  }

  /** Draws at the next frame. */
  soon() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => { this.waiting = false; this.draw(); });
  }

  /**
   * Puts the rows in view into the page, takes out the others, and sets them in their places; tells whether any had
   * another height than was thought.
   */
  draw() {
    const n = this.heights.length;
    let corrected = false;
    if (n === 0) return corrected;
    const view = this.scroller.clientHeight || 800;
    for (let round = 0; round < 4; round += 1) {
      const scroll = this.scroller.scrollTop;
      const first = this.at(Math.max(0, scroll - BEYOND));
      const last = Math.min(n - 1, this.at(scroll + view + BEYOND), first + 180);
      const anchor = this.at(scroll);
      const offset = scroll - this.top(anchor);
      for (const [index, element] of this.shown) {
        if ((index < first || index > last) && index !== this.current) { element.remove(); this.shown.delete(index); }
      }
      /** @type {number[]} */
      const wanted = [];
      for (let i = first; i <= last; i += 1) wanted.push(i);
      if (this.current >= 0 && this.current < n && (this.current < first || this.current > last)) wanted.push(this.current);
      const fresh = wanted.filter((i) => !this.shown.has(i));
      for (const index of fresh) this.shown.set(index, this.render(index));
      if (fresh.length) {
        const order = [...this.shown.keys()].sort((a, b) => a - b);
        /** @type {HTMLElement | null} */
        let before = null;
        for (const index of order.reverse()) {
          const element = this.shown.get(index);
          if (!element) continue;
          if (element.parentNode !== this.grid || element.nextSibling !== before) this.grid.insertBefore(element, before);
          before = element;
        }
      }
      let moved = 0;
      for (const [index, element] of this.shown) {
        const by = this.set(index, element.offsetHeight || ESTIMATE);
        if (by) moved += Math.abs(by);
      }
      this.grid.style.height = `${this.total}px`;
      for (const [index, element] of this.shown) element.style.top = `${this.top(index)}px`;
      if (moved < 0.5) break;
      corrected = true;
      const back = this.top(anchor) + offset;
      if (Math.abs(back - this.scroller.scrollTop) > 0.5) this.scroller.scrollTop = back;
    }
    return corrected;
  }

  /**
   * Whether any of row `index` is in view.
   * @param {number} index
   */
  inView(index) {
    const view = this.scroller.clientHeight || 800;
    const top = this.top(index);
    return index >= 0 && top < this.scroller.scrollTop + view && top + this.heights[index] > this.scroller.scrollTop;
  }

  /**
   * Brings row `index` into view.
   * @param {number} index
   * @param {"nearest" | "centre"} [where]
   */
  reveal(index, where = "nearest") {
    const view = this.scroller.clientHeight || 800;
    // Where it stands is known when the rows before it are measured, which those that come into view are not yet.
    for (let round = 0; round < 3; round += 1) {
      const [top, height, scroll] = [this.top(index), this.heights[index], this.scroller.scrollTop];
      if (where === "centre" && (top < scroll || top + height > scroll + view)) {
        this.scroller.scrollTop = Math.max(0, top - view / 3);
      } else if (top < scroll + 8) {
        this.scroller.scrollTop = Math.max(0, top - 8);
      } else if (top + height > scroll + view - 8) {
        this.scroller.scrollTop = Math.min(top, top + height - view + 8);
      }
      if (!this.draw()) break;
    }
  }
}
