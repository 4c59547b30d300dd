// What was refused, beside the pair that it was about: why, and what the reader had typed.

import { made } from "./dom.js";
import { state } from "./state.js";
import { pick } from "./words.js";

/** @import { Bead, Edit, Words } from "./types.js" */

const SIDES = /** @type {const} */ (["source", "target"]);

/** @type {Record<"dismiss" | "typed", Words>} */
const WORDS = {
  dismiss: ["Close this note", "إغلاق هذه الملاحظة"],
  typed: ["You had written:", "كنت قد كتبت:"],
};

/**
 * The name of the place of a pair: a segment of it, which stays where it is whatever becomes of the rows.
 * @type {(bead: Bead | undefined) => string | null}
 */
export function placeOf(bead) {
  for (const side of SIDES) if (bead?.[side].length) return `${side} ${bead[side][0].start}`;
  return null;
}

/**
 * The place at which an edit is made, if it is made at one.
 * @param {Edit | undefined} edit
 */
export function placeOfEdit(edit) {
  if (!edit) return null;
  if (typeof edit.segment === "number" && edit.edit !== "place") return `${edit.side} ${edit.segment}`;
  const id = edit.bead ?? edit.around ?? edit.source;
  return placeOf(state.bead?.id === id ? state.bead : state.rows.find((bead) => bead?.id === id));
}

/**
 * Whether a pair holds the segment at a place.
 * @type {(bead: Bead, place: string) => boolean}
 */
const holds = (bead, place) => SIDES.some((side) => bead[side].some((segment) => `${side} ${segment.start}` === place));

/**
 * Says beside the pair at `place` why an edit was not made.
 * @param {string} place
 * @param {string} why
 * @param {string} [typed] what the reader had written
 */
export const note = (place, why, typed) => state.notes.set(place, { why, typed });

/**
 * Takes the notes beside a pair away; gives whether there were any.
 * @param {Bead} bead
 */
export function dismiss(bead) {
  const places = [...state.notes.keys()].filter((place) => holds(bead, place));
  for (const place of places) state.notes.delete(place);
  return places.length > 0;
}

/**
 * The notes beside a pair, as a cell of its row; nothing where there are none.
 * @param {Bead} bead
 * @returns {HTMLElement[]}
 */
export function cells(bead) {
  return [...state.notes].filter(([place]) => holds(bead, place)).map(([, { why, typed }]) => {
    const close = made("button", { type: "button", className: "round", textContent: "×" });
    close.setAttribute("aria-label", pick(WORDS.dismiss));
    close.dataset.do = "dismiss";
    const cell = made("div", { className: "refused", lang: document.documentElement.lang }, made("span", { textContent: why }), close);
    if (typed) cell.append(made("p", {}, `${pick(WORDS.typed)} `, made("bdi", { textContent: typed })));
    cell.setAttribute("role", "gridcell");
    return cell;
  });
}
