// The mouse: clicks choose, a double click cuts, a segment is dragged to another bead.

import { perform } from "./actions.js";
import { $, around, at } from "./dom.js";
import { place } from "./edits.js";
import { go } from "./screen.js";
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
    if (event.detail && around(doing, "#panel")) doing.blur();
    return perform(doing.dataset.do ?? "", doing.dataset.key);
  }
  if (state.editing) return undefined;
  const line = around(at(event), ".row[data-bead]");
  if (!line) return undefined;
  const side = around(at(event), "[data-side]")?.dataset.side;
  if (side) state.side = /** @type {Side} */ (side);
  go(Number(line.dataset.position));
  state.index = Number(around(at(event), ".segment")?.dataset.index ?? 0);
  return go(state.position);
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

/**
 * The cell over which the dragged segment is, if it could be put there.
 * @type {(event: Event) => HTMLElement | null | undefined}
 */
const under = (event) => (dragged ? around(at(event), ".row[data-bead]")?.querySelector(`.cell[data-side="${dragged.side}"]`) : null);

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

/** Listens to the mouse. */
export function listen() {
  document.addEventListener("click", click);
  const grid = $("grid");
  grid.addEventListener("mousedown", press);
  grid.addEventListener("dragstart", start);
  grid.addEventListener("dragover", over);
  grid.addEventListener("drop", drop);
}
