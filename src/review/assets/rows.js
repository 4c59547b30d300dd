// What is asked of the server: rows, the evidence of the current bead, searches, the whole project again.

import { Refused, get, pause, post } from "./api.js";
import { $, field } from "./dom.js";
import * as panel from "./panel.js";
import { fail, go, keepFocus, list, plot, redraw, say, show } from "./screen.js";
import { on, tell } from "./signals.js";
import { state } from "./state.js";
import { w } from "./words.js";

/** @import { Bead, Detail, Project, Settings } from "./types.js" */

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

/** Asks for everything again. */
export async function reload() {
  epoch += 1;
  const at = state.reader;
  /** @type {Project} */
  const project = await get("/api/project", { at: at && JSON.stringify(at) });
  asked.clear();
  state.load(project);
  list.current = state.position;
  list.reset(state.total);
  tell("project");
  plot.soon();
  await want(state.position);
  if (state.search || filters()) await find();
  go(state.position, "centre");
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

/** Searches and filters by what stands in the fields. */
export async function find() {
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
  state.hits = rows;
  $("hits").textContent = w().hits(rows.length);
  if (field("filtering").checked) show(rows);
  else if (state.view) show(null);
  list.refresh();
}

/**
 * Goes to the next or the previous bead that is `what`.
 * @param {"pending" | "flagged" | "doubtful"} what
 * @param {boolean} [backwards]
 */
export async function next(what, backwards) {
  /** @type {{ row: number | null }} */
  const { row } = await get("/api/next", { what, from: state.position, backwards: backwards || null });
  if (row === null) return say(w().nothing);
  if (state.view && state.indexOf(row) < 0) {
    field("filtering").checked = false;
    show(null);
  }
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
