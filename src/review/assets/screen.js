// What is drawn: the list of beads and the picture beside it, the place of the reader in both, and what the page says.

import { Refused } from "./api.js";
import { $, field } from "./dom.js";
import { VirtualList } from "./list.js";
import { banner, sayFor } from "./live.js";
import { Plot } from "./plot.js";
import { row } from "./row.js";
import { tell } from "./signals.js";
import { state } from "./state.js";
import { w } from "./words.js";

/** @import { Bead } from "./types.js" */

/**
 * The bead at `position`; one not known yet is asked for.
 * @param {number} position
 * @returns {Bead | undefined}
 */
function bead(position) {
  if (!state.rows[position]) tell("missing", position);
  return state.rows[position];
}

export const list = new VirtualList($("list"), $("grid"), (index) => {
  const position = state.place(index) ?? 0;
  return row(bead(position), position, state);
});

export const plot = new Plot(/** @type {HTMLCanvasElement} */ ($("canvas")), (position) => go(position, "centre"));

/** Shows in the picture which part of the project is in view. */
function showView() {
  const view = list.scroller;
  plot.view(state.place(list.at(view.scrollTop)) ?? 0, state.place(list.at(view.scrollTop + view.clientHeight)) ?? state.total, state.total);
}

/**
 * Goes to a position.
 * @param {number} position
 * @param {"nearest" | "centre"} [where]
 */
export function go(position, where) {
  if (!state.total) return;
  const before = state.position;
  state.moveTo(position);
  // Who goes to a pair that the filters hide sees all pairs again: the reader's own is never out of sight.
  if (state.view?.length && state.indexOf(state.position) < 0) {
    field("filtering").checked = false;
    show(null);
  }
  const index = state.indexOf(state.position);
  list.current = index;
  list.refresh([state.indexOf(before), index].filter((i) => i >= 0));
  if (index >= 0) list.reveal(index, where);
  keepFocus();
  tell("moved");
  showView();
}

/** Draws the current row again, and keeps the focus in it. */
export function redraw() {
  list.refresh([list.current]);
  keepFocus();
}

/** The element of the selected segment. */
export const selected = () => /** @type {HTMLElement | null | undefined} */ (list.shown.get(list.current)?.querySelector(".selected"));

/** Puts the focus on the selected segment, unless the reader is in a form. */
export function keepFocus() {
  state.clampSegment();
  if (state.editing || document.activeElement?.closest(".bar, .filters, dialog, #panel, #plot, #foot, #strip, #menu, #places")) return;
  selected()?.focus({ preventScroll: true });
}

let focusing = false;
/** The same with the next frame: the browser measures the whole page for it, which once a frame is enough. */
export function keepFocusSoon() {
  if (focusing) return;
  focusing = true;
  requestAnimationFrame(() => { focusing = false; keepFocus(); });
}

/**
 * Shows these positions only, or all.
 * @param {number[] | null} view
 */
export function show(view) {
  state.view = view;
  list.current = state.indexOf(state.position);
  list.reset(state.shown);
  tell("shown");
}

/** Whether any of the current row is in view. */
export const inSight = () => list.inView(list.current);

/**
 * Says something for a moment.
 * @param {string} text
 */
export const say = (text) => sayFor(text, 2600);

export { banner };

/**
 * Says what went wrong.
 * @param {unknown} error
 */
export function fail(error) {
  if (!(error instanceof Refused)) return banner(w().down);
  if (error.status === 401) banner(w().gone);
  else say(w().refused?.[error.named ?? ""] ?? error.message);
}

$("list").addEventListener("scroll", () => { if (state.opened) showView(); }, { passive: true });
