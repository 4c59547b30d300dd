// Edits that the server has not acknowledged yet: kept in the browser while it is away, so that closing the
// page or starting the program again loses none of them.

/** @import { Edit } from "./types.js" */
/** @import { State } from "./state.js" */

/**
 * An edit, the revision that was shown when it was made, the revisions since then that this page made itself, and the
 * place of its pair.
 * @typedef {{ path: string, edit?: Edit, revision: number, own: number[], place?: string | null }} Entry
 */

const KEY = "muqabala-unsent";

export class Unsent {
  /** @type {Entry[]} */
  entries = [];
  /** Whether what waits is written down. */
  kept = false;
  /** Each page has its own place, so that none overwrites what another keeps. */
  key = `${KEY} ${crypto.randomUUID()}`;

  /**
   * Remembers an edit that is about to be sent.
   * @param {Entry} entry
   * @param {State} state
   */
  add(entry, state) {
    this.entries.push(entry);
    if (this.kept) this.keep(state);
  }

  /**
   * Forgets an edit that was answered; `revision` is the one that it made, if it made one.
   * @param {Entry} entry
   * @param {State} state
   * @param {number | null} revision
   */
  remove(entry, state, revision) {
    this.entries = this.entries.filter((e) => e !== entry);
    if (revision !== null) for (const other of this.entries) other.own.push(revision);
    if (this.kept) this.keep(state);
  }

  /**
   * The server is away: what waits is written down.
   * @param {State} state
   */
  keep(state) {
    this.kept = this.entries.length > 0;
    if (this.kept) localStorage.setItem(this.key, JSON.stringify({ project: state.project.file, entries: this.entries }));
    else localStorage.removeItem(this.key);
  }

  /**
   * What earlier pages left. What is still open there is sent from there too, and made once.
   * @param {State} state
   * @returns {Entry[]}
   */
  left(state) {
    /** @type {Entry[]} */
    const all = [];
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(KEY) && name !== this.key)) {
      /** @type {{ project: string, entries: Entry[] } | null} */
      let found = null;
      try { found = JSON.parse(localStorage.getItem(key) ?? "null"); } catch { /* nothing of ours */ }
      if (found?.project !== state.project.file || !Array.isArray(found.entries)) continue;
      localStorage.removeItem(key);
      all.push(...found.entries);
    }
    return all;
  }
}
