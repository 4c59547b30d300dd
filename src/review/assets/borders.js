// The border between two pairs, on either side, dragged with the mouse: the segments that would go over are shown
// before it is let go. What is given up or cut short leaves nothing behind.

import { $, around, at, made } from "./dom.js";
import { send } from "./queue.js";
import { list } from "./screen.js";
import { state } from "./state.js";

/** @import { Side } from "./types.js" */

/**
 * A drag: the side, where the pair above stands, the segments of both pairs from top to bottom with the y at which the
 * border passes each, and how many of them stand above the border.
 * @typedef {{ side: Side, above: number, segments: HTMLElement[], first: number, now: number, pointer: number, line: HTMLElement }} Drag
 */

/** @type {Drag | null} */
let drag = null;

/** Takes away what a drag shows. */
function clear() {
  if (!drag) return;
  for (const segment of drag.segments) segment.classList.remove("coming");
  drag.line.remove();
  document.body.classList.remove("dragging-border");
  drag = null;
}

/** @param {PointerEvent} event */
function start(event) {
  const handle = around(at(event), ".border");
  if (!handle || event.button !== 0 || state.editing) return;
  const row = around(handle, ".row");
  const side = /** @type {Side} */ (handle.dataset.side);
  const above = Number(row?.dataset.position);
  const below = list.shown.get(state.indexOf(above) + 1);
  // With pairs hidden between them the two are no neighbours.
  if (!row || !below || Number(below.dataset.position) !== above + 1) return;
  const of = (/** @type {HTMLElement} */ line) => /** @type {HTMLElement[]} */ ([...line.querySelectorAll(`.segment[data-side="${side}"]`)]);
  const [upper, lower] = [of(row), of(below)];
  event.preventDefault();
  const line = made("div", { className: "border-line" });
  $("grid").append(line);
  drag = { side, above, segments: [...upper, ...lower], first: upper.length, now: upper.length, pointer: event.pointerId, line };
  handle.setPointerCapture(event.pointerId);
  document.body.classList.add("dragging-border");
  show();
}

/** Shows where the border would stand, and what goes over. */
function show() {
  if (!drag) return;
  const { segments, first, now, line, side, above } = drag;
  segments.forEach((segment, i) => segment.classList.toggle("coming", i >= Math.min(first, now) && i < Math.max(first, now)));
  const grid = $("grid").getBoundingClientRect();
  const cell = list.shown.get(state.indexOf(above))?.querySelector(`.cell[data-side="${side}"]`)?.getBoundingClientRect();
  const y = now < segments.length ? segments[now].getBoundingClientRect().top : segments[segments.length - 1].getBoundingClientRect().bottom;
  if (!cell) return;
  line.style.top = `${(now === first ? cell.bottom : y) - grid.top}px`;
  line.style.left = `${cell.left - grid.left}px`;
  line.style.width = `${cell.width}px`;
}

/** @param {PointerEvent} event */
function move(event) {
  if (!drag || event.pointerId !== drag.pointer) return;
  const y = event.clientY;
  drag.now = drag.segments.filter((segment) => {
    const box = segment.getBoundingClientRect();
    return (box.top + box.bottom) / 2 < y;
  }).length;
  show();
}

/** @param {PointerEvent} event */
function drop(event) {
  if (!drag || event.pointerId !== drag.pointer) return;
  const { side, segments, first, now } = drag;
  clear();
  if (now === first) return;
  const moved = now > first ? segments[now - 1] : segments[now];
  send("/api/edit", { edit: "move", side, segment: Number(moved.dataset.segment), to: now > first ? "previous" : "next" });
}

/** Listens to the mouse. */
export function listen() {
  const grid = $("grid");
  grid.addEventListener("pointerdown", start);
  grid.addEventListener("pointermove", move);
  grid.addEventListener("pointerup", drop);
  grid.addEventListener("pointercancel", clear);
  grid.addEventListener("lostpointercapture", clear);
  addEventListener("blur", clear);
  addEventListener("keydown", (event) => {
    if (!drag || event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    clear();
  }, true);
}
