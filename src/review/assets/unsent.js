// Edits that the server has not acknowledged yet: kept in the browser while it is away, so that closing the
// page or starting the program again loses none of them.

/** @import { Edit } from "./types.js" */
/** @import { State } from "./state.js" */
/** @typedef {{ path: string, edit?: Edit }} Entry */

const KEY = "muqabala-unsent";

/** @type {(entry: Entry) => string} What a page says of an edit that can no longer be made. */
const told = ({ edit }) => edit?.text ?? edit?.edit ?? "";

export class Unsent {
  /** @type {Entry[]} */
  edits = [];
  away = false;

  /**
   * Remembers an edit that is about to be sent.
   * @param {string} path
   * @param {Edit | undefined} edit
   * @param {State} state
   */
  add(path, edit, state) {
    /** @type {Entry} */
    const entry = { path, edit };
    this.edits.push(entry);
    if (this.away) this.keep(state);
    return entry;
  }

  /**
   * Forgets an edit that was answered.
   * @param {Entry} entry
   */
  remove(entry) {
    this.edits = this.edits.filter((e) => e !== entry);
    this.away = false;
    if (!this.edits.length) localStorage.removeItem(KEY);
  }

  /**
   * The server is away: what waits is written down.
   * @param {State} state
   */
  keep(state) {
    this.away = true;
    if (!this.edits.length || !state.opened) return;
    localStorage.setItem(KEY, JSON.stringify({ project: state.project.file, revision: state.revision, edits: this.edits }));
  }

  /**
   * What an earlier page left: edits that can still be made, or what is lost since the project changed.
   * @param {State} state
   * @returns {{ edits: Entry[], lost: string | null }}
   */
  left(state) {
    const none = { edits: [], lost: null };
    /** @type {{ project: string, revision: number, edits: Entry[] } | null} */
    let found = null;
    try { found = JSON.parse(localStorage.getItem(KEY) ?? "null"); } catch { /* nothing of ours */ }
    if (!found || found.project !== state.project.file) return none;
    localStorage.removeItem(KEY);
    if (found.revision === state.revision) return { edits: found.edits, lost: null };
    // The program may have stored the edits and stopped before it could say so.
    if (found.revision + found.edits.length === state.revision) return none;
    return { edits: [], lost: found.edits.map(told).filter(Boolean).join(" · ") };
  }
}
