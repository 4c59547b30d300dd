// What is asked of the server: rows, the evidence of the current bead, searches, the whole project again.

import { Refused, get, pause, post } from "./api.js";
import { $, field } from "./dom.js";
import * as doubts from "./doubts.js";
import { note, placeOf } from "./notes.js";
import * as panel from "./panel.js";
import * as place from "./place.js";
import { fail, go, keepFocus, list, plot, redraw, say, show } from "./screen.js";
import { on, tell } from "./signals.js";
import { state } from "./state.js";
import { w } from "./words.js";

/** @import { Bead, Detail, Project, Reader, Settings, Side } from "./types.js" */

/** How many rows are asked for at once, and how far ahead of the reader. */
const [PART, AHEAD] = [60, 40];

/** The parts asked for since the rows last changed. @type {Set<number>} */
const asked = new Set();
/** Counts the changes: an answer to an older question is of no use. */
let epoch = 0;

/** Other beads came: what was asked before is asked again when it is wanted. */
export function forget() {
  epoch += 1;
  asked.clear();
}

/**
 * Asks for the rows around `position`, once.
 * @param {number} position
 * @returns {Promise<void>}
 */
async function want(position) {
  const from = Math.floor(position / PART) * PART;
  if (asked.has(from)) return;
  asked.add(from);
  const then = epoch;
  try {
    /** @type {{ revision: number, beads: Bead[] }} */
    const part = await get("/api/rows", { from, count: PART });
    if (then !== epoch) {
      // Other beads came meanwhile: these rows are asked for again, if they are still wanted.
      if (position < state.total && !state.rows[position]) await want(position);
      return;
    }
    // What was changed meanwhile is on its way to this page, and may shift these rows.
    while (part.revision > state.revision && then === epoch) await pause(20);
    if (then !== epoch) {
      // Other beads came meanwhile: these rows are asked for again, if they are still wanted.
      if (position < state.total && !state.rows[position]) await want(position);
      return;
    }
    state.fill(from, part.beads);
    list.refresh(part.beads.map((_, i) => state.indexOf(from + i)).filter((i) => i >= 0));
    tell("arrived");
    if (state.position >= from && state.position < from + PART) {
      keepFocus();
      inspect();
    }
  } catch (error) {
    if (then === epoch) asked.delete(from);
    fail(error);
  }
}

/** Asks for the rows that the reader comes to next. */
function wantAhead() {
  for (const position of [state.position + AHEAD, state.position - AHEAD]) {
    if (position >= 0 && position < state.total && !state.rows[position]) want(position);
  }
}

/** Asks for everything again; the first time, goes to where the reader was. Gives what was half written there. */
export async function reload() {
  epoch += 1;
  const isFirst = !state.opened;
  await load(state.reader);
  const left = isFirst ? await place.left() : null;
  if (left?.at) await load(left.at);
  const sought = left && !left.draft ? await place.sought() : null;
  if (left && sought) {
    // Who comes for one pair sees it, whatever was filtered before.
    state.position = sought.row;
    left.place = null;
  }
  list.current = state.position;
  list.reset(state.total);
  tell("project");
  plot.soon();
  if (left?.place) place.fill(left.place);
  await want(state.position);
  if (sought) comeTo(sought.segment);
  if (field("search").value || filters()) await find();
  go(state.position, "centre");
  if (left?.place && !left.draft) place.scroll(left.place);
  return left?.draft ?? null;
}

/**
 * Selects the segment for which the reader came; where it is gone, the pair says so.
 * @param {[Side, number] | null} segment
 */
function comeTo(segment) {
  const { bead } = state;
  if (!bead) return;
  if (!segment) {
    const place = placeOf(bead);
    if (place) note(place, w().soughtGone);
    return say(w().soughtGone);
  }
  const [side, start] = segment;
  Object.assign(state, { side, index: Math.max(0, bead[side].findIndex((s) => s.start === start)) });
}

/**
 * Asks for the project, and where a segment stands in it.
 * @param {Reader | null} at
 */
async function load(at) {
  /** @type {Project} */
  const project = await get("/api/project", { at: at && JSON.stringify(at) });
  asked.clear();
  state.load(project);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let inspecting;
/** Asks why the current bead was made, a moment after the reader came to it. */
function inspect() {
  clearTimeout(inspecting);
  const { bead } = state;
  if (!bead) return;
  inspecting = setTimeout(async () => {
    try {
      /** @type {Detail} */
      const detail = await get(`/api/bead/${bead.id}`);
      if (state.bead?.id !== bead.id) return;
      state.detail = detail;
      state.marks = panel.marks(detail);
      if (!state.editing) redraw();
      panel.show(state);
    } catch (error) {
      if (!(error instanceof Refused && error.status === 404)) fail(error);
    }
  }, 60);
}

/** Whether a filter is set. */
const filters = () => ["only", "type", "min", "max"].some((id) => field(id).value);

/** Counts the searches: the answer to an older one is of no use. */
let searches = 0;

/** Searches and filters by what stands in the fields; a reader whose pair is hidden comes to the next one shown. */
export async function find() {
  searches += 1;
  const mine = searches;
  state.search = field("search").value;
  if (!state.search.trim() && !filters()) {
    state.hits = [];
    $("hits").textContent = "";
    if (state.view) show(null);
    list.refresh();
    return;
  }
  const only = field("only").value;
  const isDecision = ["pending", "accepted", "flagged", "rejected"].includes(only);
  /** @param {string} id */
  const share = (id) => (field(id).value === "" ? "" : Number(field(id).value) / 100);
  /** @type {{ rows: number[] }} */
  const { rows } = await get("/api/find", {
    q: state.search, type: field("type").value, min: share("min"), max: share("max"), decision: isDecision ? only : "", only: isDecision ? "" : only,
  });
  if (mine !== searches) return;
  state.hits = rows;
  $("hits").textContent = w().hits(rows.length);
  if (field("filtering").checked) show(rows);
  else if (state.view) show(null);
  list.refresh();
  // The rows are others now; who has left the field is in the list.
  keepFocus();
  if (state.view && rows.length && state.indexOf(state.position) < 0) go(rows[Math.min(rows.length - 1, state.firstFrom(state.position))], "centre");
}

/**
 * Goes to the next or the previous bead that is `what`.
 * @param {"pending" | "flagged" | "doubtful" | "other" | "null" | "finding" | "bookmarked" | "renewed"} what
 * @param {boolean} [backwards]
 */
export async function next(what, backwards) {
  if (what === "doubtful" && !backwards && doubts.isOpen()) return doubts.advance();
  /** @type {{ row: number | null }} */
  const { row } = await get("/api/next", { what, from: state.position, backwards: backwards || null });
  if (row === null) return say(w().nothing);
  go(row, "centre");
}

/**
 * Keeps settings in the project.
 * @param {Partial<Settings>} settings
 */
export async function keep(settings) {
  state.project.settings = await post("/api/settings", { ...state.project.settings, ...settings });
  tell("project");
  list.refresh();
  keepFocus();
  plot.draw();
}

on("missing", want);
on("moved", inspect);
on("moved", wantAhead);
