// Where the reader goes: up and down, from side to side, to a hit, to a number.

import { ask } from "./dialogs.js";
import { field } from "./dom.js";
import { dismiss } from "./notes.js";
import { go, keepFocus, list, say, show } from "./screen.js";
import { tell } from "./signals.js";
import { state } from "./state.js";
import { w } from "./words.js";

/** How many rows Page Down goes. */
const PAGE = 8;

/**
 * Goes some rows on or back from a position.
 * @param {number} by
 * @param {number} [from]
 */
export function step(by, from = state.position) {
  let index = state.indexOf(from);
  // The current bead may be one that the filter does not show.
  if (index < 0) index = state.firstFrom(from) - (by > 0 ? 1 : 0);
  const next = state.place(index + by);
  if (next !== undefined && index + by >= 0 && next < state.total) go(next);
}

/**
 * Goes a page on or back, and no further than there are rows.
 * @param {1 | -1} way
 */
export function page(way) {
  const index = state.indexOf(state.position);
  step(way * Math.min(PAGE, way > 0 ? state.shown - 1 - index : index));
}

/**
 * Goes to the first or the last row.
 * @param {"first" | "last"} which
 */
export function end(which) {
  const place = state.place(which === "first" ? 0 : state.shown - 1);
  if (place !== undefined) go(place);
}

/**
 * Goes to the side that stands left or right.
 * @param {"left" | "right"} direction
 */
export function turn(direction) {
  const mirrored = document.documentElement.dir === "rtl";
  state.side = (direction === "left") !== mirrored ? "source" : "target";
  state.index = 0;
  go(state.position);
}

/**
 * Goes to a segment further on in the bead.
 * @param {number} by
 */
export function segment(by) {
  state.index += by;
  go(state.position);
}

/**
 * Goes to the next or the previous hit, round at the end.
 * @param {boolean} [backwards]
 */
export function hit(backwards) {
  if (!state.hits.length) return say(w().nothing);
  const after = state.hits.find((p) => p > state.position) ?? state.hits[0];
  const before = state.hits.findLast((p) => p < state.position) ?? state.hits[state.hits.length - 1];
  go(backwards ? before : after, "centre");
}

/** Asks for a number and goes there. */
export async function goto() {
  const given = await ask(w().gotoAsk, [{ name: "n", label: `1–${state.total}`, kind: "number", min: 1, max: state.total }]);
  if (!given?.n) return;
  if (state.view) show(null);
  go(Number(given.n) - 1, "centre");
}

/** Into the field of the search. */
export function search() {
  field("search").focus();
  field("search").select();
}

/** Takes away what was said beside the current pair. */
export function dismissNotes() {
  if (state.bead && dismiss(state.bead)) list.refresh();
  keepFocus();
}

/** Leaves whatever was begun, and goes back to the list. */
export function escape() {
  state.linking = null;
  tell("escape");
  if (state.bead && dismiss(state.bead)) list.refresh();
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  keepFocus();
}

/** Shows or hides the marks that are not seen. */
export function invisible() {
  state.invisible = !state.invisible;
  list.refresh();
  keepFocus();
}
