// What the reader changes: each turns where the reader is into an edit and sends it.

import { post } from "./api.js";
import { ask } from "./dialogs.js";
import * as doubts from "./doubts.js";
import * as inline from "./inline.js";
import { dropDraft, keepDraft } from "./kept.js";
import { step } from "./moves.js";
import { send } from "./queue.js";
import { fail, go, keepFocus, list, redraw, say, selected } from "./screen.js";
import { on } from "./signals.js";
import { across, state } from "./state.js";
import { pick, w } from "./words.js";

/** @import { Draft } from "./kept.js" */
/** @import { Decision, Words } from "./types.js" */

/** @type {[Words, Words]} */
const [MARKED, UNMARKED] = [["Bookmark set", "وُضعت إشارة"], ["Bookmark taken away", "أُزيلت الإشارة"]];

/** @type {(name: string, fields: Record<string, unknown>) => ReturnType<typeof send>} */
const edit = (name, fields) => send("/api/edit", { edit: name, ...fields });

/**
 * Sets a decision; the same again takes it back.
 * @param {Decision} decision
 */
export function decide(decision) {
  const { bead, position } = state;
  if (!bead || doubts.isOver()) return undefined;
  const again = bead.decision === decision;
  const sent = edit("decide", { bead: bead.id, decision: again ? "pending" : decision });
  if (decision !== "accepted" || again) return undefined;
  if (doubts.isOpen()) return sent.then(() => doubts.advance());
  return step(1, position);
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
 * @param {number} number from 1, as the panel and the places show them
 */
export function takeRival(number) {
  const { bead, detail, ways } = state;
  if (doubts.isOver()) return undefined;
  const known = ways?.id === bead?.id ? ways : detail?.id === bead?.id ? detail : null;
  const rival = known?.rivals[number - 1];
  if (!known || !rival) return say(w().nothing);
  const sent = edit("take-rival", { bead: known.id, rival: rival.index });
  return doubts.isOpen() ? sent.then((done) => (done ? doubts.advance() : undefined)) : sent;
}

/**
 * Asks for a comment.
 * @param {string} [draft] what was half written before
 */
export async function comment(draft) {
  const { bead, reader } = state;
  if (!bead || !reader) return;
  const given = await ask(w().commentAsk, [{ name: "text", label: w().comment, kind: "long", value: draft ?? bead.comment }], {
    ok: w().save,
    typed: ({ text }) => keepDraft({ kind: "comment", ...reader, text }),
  });
  dropDraft();
  if (given) edit("comment", { bead: bead.id, text: given.text });
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

/** The correction that is being written. @type {Draft | null} */
let writing = null;

/**
 * Opens a field for the corrected text of the selected segment.
 * @param {string} [draft] what was half written before
 */
export function correct(draft) {
  const { segment, side } = state;
  const element = selected();
  if (!segment || !element) return;
  state.editing = true;
  writing = { kind: "correct", side, segment: segment.start, text: draft ?? segment.corrected ?? segment.text };
  const open = writing;
  inline.correct(element, segment, {
    draft,
    typed: (text) => { open.text = text; keepDraft(open); },
    end: () => { writing = null; dropDraft(); endEditing(); },
    done: (text) => edit("correct", { side, segment: segment.start, text }),
  });
  list.draw();
}

/**
 * Opens again what was half written, at its segment.
 * @param {Draft} draft
 */
export function resume({ kind, side, segment, text }) {
  const index = state.bead?.[side].findIndex((s) => s.start === segment) ?? -1;
  if (index < 0) return;
  Object.assign(state, { side, index, editing: false });
  go(state.position);
  if (kind === "correct") correct(text);
  else comment(text).catch(fail);
}

on("lost", () => {
  if (writing) resume(writing);
  else state.editing = false;
});

/** Sets a bookmark at the current pair, or takes it away. */
export async function bookmark() {
  const { bead, reader, position } = state;
  if (!bead || !reader) return;
  /** @type {{ bookmarked: boolean }} */
  const { bookmarked } = await post("/api/bookmark", reader);
  const now = state.rows[position];
  if (now?.id === bead.id) state.rows[position] = { ...now, bookmarked };
  list.refresh([state.indexOf(position)]);
  keepFocus();
  say(pick(bookmarked ? MARKED : UNMARKED));
}
