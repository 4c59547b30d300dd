// What the reader changes: each turns where the reader is into an edit and sends it.

import { ask } from "./dialogs.js";
import * as inline from "./inline.js";
import { step } from "./moves.js";
import { send } from "./queue.js";
import { list, redraw, say, selected } from "./screen.js";
import { across, state } from "./state.js";
import { w } from "./words.js";

/** @import { Decision } from "./types.js" */

/** @type {(name: string, fields: Record<string, unknown>) => ReturnType<typeof send>} */
const edit = (name, fields) => send("/api/edit", { edit: name, ...fields });

/**
 * Sets a decision; the same again takes it back.
 * @param {Decision} decision
 */
export function decide(decision) {
  const { bead, position } = state;
  if (!bead) return;
  const again = bead.decision === decision;
  edit("decide", { bead: bead.id, decision: again ? "pending" : decision });
  if (decision === "accepted" && !again) step(1, position);
}

/** Pins the bead, or frees it. */
export const pin = () => state.bead && edit("pin", { bead: state.bead.id, pinned: !state.bead.pinned });

/** @param {"next" | "previous"} neighbour */
export const merge = (neighbour) => state.bead && edit("merge", { bead: state.bead.id, with: neighbour });

export const unlink = () => state.bead && edit("unlink", { bead: state.bead.id });

export const realign = () => state.bead && edit("realign", { around: state.bead.id });

export const realignAll = () => edit("realign", { around: null });

/** @param {"next" | "previous"} to */
export const move = (to) => state.segment && edit("move", { side: state.side, segment: state.segment.start, to });

export const join = () => state.segment && edit("join-segments", { side: state.side, segment: state.segment.start });

/** Splits the bead before the selected segment, and the other side in proportion. */
export function split() {
  const { bead, side } = state;
  if (!bead) return;
  const other = across(side);
  const [n, m] = [bead[side].length, bead[other].length];
  const here = state.index || Math.ceil(n / 2);
  const there = n === m ? here : Math.round((here / Math.max(1, n)) * m);
  return edit("split", { bead: bead.id, [side]: here, [other]: Math.min(there, m) });
}

/** Takes one end of a link, then the other. */
export function link() {
  const { bead, side, linking: from } = state;
  if (!bead) return;
  if (!from || from.id === bead.id) {
    state.linking = { id: bead.id, side };
    return say(w().linkFrom);
  }
  state.linking = null;
  return edit("link", from.side === "source" ? { source: from.id, target: bead.id } : { source: bead.id, target: from.id });
}

/**
 * Takes an alternative.
 * @param {number} number from 1, as the panel shows them
 */
export function takeRival(number) {
  const rival = state.detail?.rivals[number - 1];
  return rival ? edit("take-rival", { bead: state.detail?.id, rival: rival.index }) : say(w().nothing);
}

/** Asks for a comment. */
export async function comment() {
  const { bead } = state;
  if (!bead) return;
  const given = await ask(w().commentAsk, [{ name: "text", label: w().comment, kind: "long", value: bead.comment }], { ok: w().save });
  if (given) edit("comment", { bead: bead.id, text: given.text });
}

/** Asks above which confidence everything is to be accepted. */
export async function acceptAbove() {
  const given = await ask(w().aboveAsk, [{ name: "least", label: w().sign, kind: "number", min: 0, max: 100, step: 1, value: "90" }]);
  if (given) edit("accept-above", { confidence: Number(given.least) / 100 });
}

/**
 * Puts a segment into a bead further off.
 * @param {{ side: string, segment: number }} what
 * @param {number} bead
 */
export const place = (what, bead) => edit("place", { ...what, bead });

export const undo = () => send("/api/undo");

export const redo = () => send("/api/redo");

/** Ends what was edited inside the row. */
function endEditing() {
  state.editing = false;
  redraw();
}

/** Lets the reader cut the selected segment between two words; one that was corrected is corrected instead. */
export function splitSegment() {
  const { segment, side } = state;
  const element = selected();
  if (!segment || !element) return;
  if (segment.corrected !== undefined) return correct();
  state.editing = true;
  say(w().splitHelp);
  inline.cut(element, segment.text, {
    end: endEditing,
    done: (at) => edit("split-segment", { side, segment: segment.start, at: segment.start + at }),
  });
}

/** Opens a field for the corrected text of the selected segment. */
export function correct() {
  const { segment, side } = state;
  const element = selected();
  if (!segment || !element) return;
  state.editing = true;
  inline.correct(element, segment, {
    end: endEditing,
    done: (text) => edit("correct", { side, segment: segment.start, text }),
  });
  list.draw();
}
