// Edits on their way to the server, one after the other: shown at once where it is plain what they do, sent in the
// order in which they were made, and taken back if they are refused. What other pages changed is taken in between.

import { Refused, get, pause, postUntilSent } from "./api.js";
import { note, placeOfEdit } from "./notes.js";
import { forget, reload } from "./rows.js";
import { pairs } from "./said.js";
import { banner, fail, go, keepFocus, keepFocusSoon, list, plot, say } from "./screen.js";
import { on, tell } from "./signals.js";
import { state } from "./state.js";
import { Unsent } from "./unsent.js";
import { w } from "./words.js";

/** @import { Answer, Bead, Change, Edit } from "./types.js" */
/** @import { Entry } from "./unsent.js" */

/** How long a bead that the aligner changed is pointed at, in milliseconds. */
const FRESH = 2500;

const unsent = new Unsent();

/** The last edit on its way. @type {Promise<Answer | null>} */
let sending = Promise.resolve(null);

/**
 * Sends an edit after those before it; gives the answer when it is shown, or `null` if the edit was refused.
 * @param {string} path
 * @param {Edit} [edit]
 */
export const send = (path, edit) => enqueue({ path, edit, revision: state.revision, own: [], place: placeOfEdit(edit) });

/** @param {Entry} entry */
function enqueue(entry) {
  unsent.add(entry, state);
  foresee();
  sending = sending.then(() => deliver(entry));
  return sending;
}

/** Shows what the edits on their way will have done. */
function foresee() {
  state.pending = unsent.entries.flatMap(({ edit }) => edit ?? []);
  const changed = state.foresee(state.pending.at(-1));
  if (changed >= 0) {
    list.refresh([state.indexOf(changed)]);
    keepFocusSoon();
  }
}

/**
 * @param {Entry} entry
 * @returns {Promise<Answer | null>}
 */
async function deliver(entry) {
  const { path, edit, revision, own } = entry;
  const body = () => ({ revision, own, known: state.revision, ...(edit ? { edit } : {}), ...(state.reader ? { at: state.reader } : {}) });
  try {
    /** @type {Answer} */
    const answer = await postUntilSent(path, body, away, () => banner(null));
    const { window } = answer;
    if (entry.place) state.notes.delete(entry.place);
    const isNew = !window || window.removed + window.beads.length > 0;
    forgetEntry(entry, isNew ? answer.revision : null);
    const foreseen = edit !== undefined && state.isPlain(edit);
    await take(answer.missed, answer);
    if (!foreseen && answer.focus !== null) go(answer.focus, window ? "nearest" : "centre");
    say(inWords(answer));
    return answer;
  } catch (error) {
    forgetEntry(entry, null);
    if (!(error instanceof Refused)) throw error;
    await rollBack(entry, error);
    return null;
  }
}

/**
 * What was done, and to how many pairs.
 * @param {Answer} answer
 */
function inWords({ done, of, said, window }) {
  const word = (/** @type {string} */ name) => w().done[name] ?? name;
  const what = of ? `${word(done)}: ${word(of)}` : word(done);
  const changed = window?.new.length ?? 0;
  if (said > 1) return `${what} · ${pairs(said)}`;
  return changed > 1 ? `${what} · ${w().realigned(changed)}` : what;
}

/**
 * Takes back what was shown as done, and says beside the pair why it was not made.
 * @param {Entry} entry
 * @param {Refused} error
 */
async function rollBack({ place, edit }, error) {
  const why = [404, 409].includes(error.status) ? w().stale : w().refused?.[error.named ?? ""] ?? error.message;
  // What others did meanwhile comes first.
  /** @type {{ revision: number }} */
  const { revision } = await get("/api/rows", { from: 0, count: 0 });
  if (revision !== state.revision) {
    /** @type {{ missed: Change[] | null }} */
    const { missed } = await get("/api/changes", { since: state.revision });
    await take(missed);
  }
  const position = edit && state.isPlain(edit) ? state.positionOf(edit) : -1;
  if (position >= 0) {
    /** @type {{ revision: number, beads: Bead[] }} */
    const part = await get("/api/rows", { from: position, count: 1 });
    if (part.revision === state.revision && part.beads.length) state.rows[position] = state.foreseen(part.beads[0]);
    else await reload();
  }
  say(why);
  // What a person wrote is not thrown away.
  if (place) note(place, why, edit?.text || undefined);
  else if (edit?.text) banner(`${w().notSent} ${edit.text}`);
  list.refresh();
  keepFocus();
}

/** @type {(entry: Entry, revision: number | null) => void} */
function forgetEntry(entry, revision) {
  unsent.remove(entry, state, revision);
  state.pending = unsent.entries.flatMap(({ edit }) => edit ?? []);
}

/**
 * Shows what was changed: first what others did, which may be too much to tell, then this page's own.
 * @param {Change[] | null} missed
 * @param {Change} [own]
 */
async function take(missed, own) {
  const known = missed ? [...missed, ...(own ? [own] : [])] : null;
  for (const change of known ?? []) {
    if (change.revision <= state.revision) continue;
    if (change.revision !== state.revision + 1 || !change.window) return reload();
    show(change, change.window);
  }
  return known ? undefined : reload();
}

/**
 * Shows one change; the reader stays at the same segment.
 * @param {Change} change
 * @param {NonNullable<Change["window"]>} window
 */
function show(change, window) {
  const { revision, counts, history } = change;
  state.revision = revision;
  Object.assign(state.project, { counts, history, revision });
  tell("counts");
  const isShape = state.isShape(window);
  plot.change(window, isShape);
  state.fresh = new Set(window.new);
  setTimeout(() => { state.fresh = new Set(); }, FRESH);
  if (isShape) forget();
  const { bead } = state;
  list.splice(...state.splice(window));
  list.current = state.indexOf(state.position);
  list.soon();
  if (state.position >= window.from && state.position < window.from + window.beads.length) tell("moved");
  if (state.bead?.id !== bead?.id) {
    state.marks = new Map();
    go(state.position);
  } else keepFocusSoon();
  // A field that stood in a row which went is opened again in the one that came.
  if (state.editing && !document.querySelector(".editing, .gap")) tell("lost");
}

/**
 * Says that the server is away, or back under another token.
 * @param {boolean} gone
 */
export function away(gone) {
  unsent.keep(state);
  banner(gone ? w().gone : w().down);
}

/** The server is there again. */
export function back() {
  banner(null);
  if (!state.editing && !unsent.entries.length) reload().catch(fail);
}

/** Sends what earlier pages left. */
export function start() {
  for (const entry of unsent.left(state)) enqueue(entry);
  unsent.keep(state);
}

/** Asks again and again what was changed elsewhere; while edits are on their way, their answers tell it. */
async function listen() {
  for (;;) {
    await sending;
    try {
      /** @type {{ missed: Change[] | null }} */
      const { missed } = await get("/api/changes", { since: state.revision });
      if (!state.editing) await take(missed);
      else await pause(1000);
    } catch {
      // The banner says that the server is away.
      await pause(1000);
    }
  }
}

let isListening = false;
on("project", () => {
  // As soon as a revision is known: rows of a later one wait until the changes between are told.
  if (isListening) return;
  isListening = true;
  listen();
});
