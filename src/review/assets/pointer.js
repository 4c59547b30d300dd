// The mouse: clicks choose, a double click cuts, a segment is dragged to another bead.

import { perform } from "./actions.js";
import { $, around, at } from "./dom.js";
import { isOtherEnd } from "./column.js";
import { place } from "./edits.js";
import { go, keepFocus } from "./screen.js";
import { state } from "./state.js";

/** @import { Side } from "./types.js" */

/**
 * A click on a button does what that is for; one on a segment chooses it.
 * @param {MouseEvent} event
 */
function click(event) {
  const doing = around(at(event), "[data-do]");
  if (doing) {
    // After the mouse, the keys go to the list again; who came by keyboard stays.
    if (event.detail && around(doing, "#panel, #strip, #places")) {
      doing.blur();
      keepFocus();
    }
    return perform(doing.dataset.do ?? "", doing.dataset.key);
  }
  if (state.editing || !choose(at(event))) return undefined;
  // A click on the other side is the other end of a link that is open.
  if (around(at(event), ".segment") && isOtherEnd()) return perform("belong");
  return undefined;
}

/**
 * Goes to the pair and the segment at an element; gives whether there is one.
 * @param {HTMLElement} where
 */
export function choose(where) {
  const line = around(where, ".row[data-bead]");
  if (!line) return false;
  const side = around(where, "[data-side]")?.dataset.side;
  if (side) state.side = /** @type {Side} */ (side);
  go(Number(line.dataset.position));
  state.index = Number(around(where, ".segment")?.dataset.index ?? 0);
  go(state.position);
  return true;
}

/**
 * Cuts the segment. Not `dblclick`: the row may be drawn again while the button is down, which leaves that event
 * without a segment.
 * @param {MouseEvent} event
 */
function press(event) {
  if (event.detail !== 2 || event.button !== 0 || state.editing || !around(at(event), ".segment")) return;
  event.preventDefault();
  perform("splitSegment");
}

/** The segment that is being dragged. @type {{ side: string, segment: number } | null} */
let dragged = null;

/** What a segment of this page carries while it is dragged; what comes from elsewhere has it not. */
const OURS = "application/x-muqabala-segment";

/**
 * The cell over which the dragged segment is, if it could be put there.
 * @type {(event: DragEvent) => HTMLElement | null | undefined}
 */
const under = (event) => (dragged && event.dataTransfer?.types.includes(OURS) ? around(at(event), ".row[data-bead]")?.querySelector(`.cell[data-side="${dragged.side}"]`) : null);

/** Takes the mark off the cell that a segment was over. */
function clear() {
  for (const over of document.querySelectorAll(".over")) over.classList.remove("over");
}

/** @param {DragEvent} event */
function start(event) {
  const segment = around(at(event), ".segment");
  if (!segment || state.editing) return;
  dragged = { side: segment.dataset.side ?? "", segment: Number(segment.dataset.segment) };
  if (!event.dataTransfer) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData(OURS, "");
  event.dataTransfer.setData("text/plain", segment.textContent ?? "");
}

/** @param {DragEvent} event */
function over(event) {
  clear();
  const cell = under(event);
  if (!cell) return;
  event.preventDefault();
  cell.classList.add("over");
}

/** @param {DragEvent} event */
function drop(event) {
  const cell = under(event);
  clear();
  const line = cell && around(cell, ".row");
  if (!line || !dragged) return;
  event.preventDefault();
  place(dragged, Number(line.dataset.bead));
  dragged = null;
}

/** A drag is over, wherever it was let go or given up. */
function end() {
  clear();
  dragged = null;
}

/**
 * What comes from elsewhere is put nowhere: a file let go over the page would take its place.
 * @param {DragEvent} event
 */
function foreign(event) {
  if (event.defaultPrevented || around(at(event), "input, textarea")) return;
  event.preventDefault();
  if (event.dataTransfer) event.dataTransfer.dropEffect = "none";
}

/** Listens to the mouse. */
export function listen() {
  document.addEventListener("click", click);
  const grid = $("grid");
  grid.addEventListener("mousedown", press);
  grid.addEventListener("dragstart", start);
  grid.addEventListener("dragover", over);
  grid.addEventListener("drop", drop);
  grid.addEventListener("dragleave", (event) => { if (!grid.contains(/** @type {Node | null} */ (event.relatedTarget))) clear(); });
  document.addEventListener("dragend", end);
  document.addEventListener("dragover", foreign);
  document.addEventListener("drop", foreign);
}
