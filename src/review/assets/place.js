// Where the reader was: pair, side, filters and scroll are kept, and come back when the page is loaded or opened again.

import { Refused, post } from "./api.js";
import { field } from "./dom.js";
import { keep, kept, leftDraft } from "./kept.js";
import { list } from "./screen.js";
import { on } from "./signals.js";
import { state } from "./state.js";
import { asked } from "./token.js";

/** @import { Draft } from "./kept.js" */
/** @import { Reader, Side } from "./types.js" */

/** How long after the last move the place is written down, in milliseconds. */
const QUIET = 300;

/** The fields of the filters, and the box that hides what they do not find. */
const [FIELDS, BOX] = [["search", "only", "type", "min", "max"], "filtering"];

/**
 * A place: where the reader is, which segment of the pair is selected, what stands in the filters, which row is the first in
 * view and how much of it is above.
 * @typedef {{ at: Reader | null, side: Side, index: number, fields: Record<string, string>, only: boolean, scroll: [number, number] }} Place
 */

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Writes the place down, a little later than it last changed. */
function soon() {
  clearTimeout(timer);
  timer = setTimeout(write, QUIET);
}

/** Writes the place down. */
function write() {
  if (!state.opened || !state.bead) return;
  const top = list.scroller.scrollTop;
  const first = list.at(top);
  /** @type {Place} */
  const place = {
    at: state.reader,
    side: state.side,
    index: state.index,
    fields: Object.fromEntries(FIELDS.map((id) => [id, field(id).value])),
    only: field(BOX).checked,
    scroll: [first, top - list.top(first)],
  };
  keep("place", place);
}

/**
 * The place that was left, and what was half written there.
 * @returns {Promise<{ place: Place | null, draft: Draft | null, at: Reader | null }>}
 */
export async function left() {
  /** @type {Place | null} */
  const found = kept("place");
  const isOurs = found && typeof found.fields === "object" && Array.isArray(found.scroll) && ["source", "target"].includes(found.side);
  const place = isOurs ? found : null;
  const draft = await leftDraft();
  const at = draft ? { side: draft.side, segment: draft.segment } : place?.at;
  return { place, draft, at: at && ["source", "target"].includes(at.side) && Number.isInteger(at.segment) ? at : null };
}

/**
 * Where what was found in a search stands now, for one who comes from there: the row, and the segment that holds it; no
 * segment where the text is gone, and the row is the nearest. Nothing where the address names nothing that could be found.
 * @returns {Promise<{ row: number, segment: [Side, number] | null } | null>}
 */
export async function sought() {
  const text = asked.get("sought");
  if (!text) return null;
  try {
    return await post("/api/sought", JSON.parse(text));
  } catch (error) {
    if (error instanceof Refused || error instanceof SyntaxError) return null;
    throw error;
  }
}

/**
 * Fills the filters as they were.
 * @param {Place} place
 */
export function fill({ fields, only, side, index }) {
  for (const id of FIELDS) if (typeof fields[id] === "string") field(id).value = fields[id];
  field(BOX).checked = Boolean(only);
  Object.assign(state, { side, index: Number(index) || 0 });
}

/**
 * Scrolls to where it was scrolled.
 * @param {Place} place
 */
export function scroll({ scroll: [first, above] }) {
  if (!(first >= 0 && first < state.shown)) return;
  list.scroller.scrollTop = list.top(first) + above;
  list.draw();
  list.scroller.scrollTop = list.top(first) + above;
}

/** Listens to what changes the place. */
export function listen() {
  on("moved", soon);
  list.scroller.addEventListener("scroll", soon, { passive: true });
  field("filters").addEventListener("input", soon);
  // A window that is closed at once has its place too.
  addEventListener("pagehide", write);
}
