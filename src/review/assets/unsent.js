// Edits that the server has not acknowledged yet: kept in the browser while it is away, so that closing the
// page or starting the program again loses none of them.

const KEY = "muqabala-unsent";

/** What a page says of an edit that can no longer be made. */
const told = ({ edit }) => edit?.text ?? edit?.edit ?? "";

export class Unsent {
  constructor() {
    this.edits = [];
    this.away = false;
  }

  /** Remembers an edit that is about to be sent. */
  add(path, edit, page) {
    const entry = { path, edit };
    this.edits.push(entry);
    if (this.away) this.keep(page);
    return entry;
  }

  /** Forgets an edit that was answered. */
  remove(entry) {
    this.edits = this.edits.filter((e) => e !== entry);
    this.away = false;
    if (!this.edits.length) localStorage.removeItem(KEY);
  }

  /** The server is away: what waits is written down. */
  keep(page) {
    this.away = true;
    if (!this.edits.length || !page.project) return;
    localStorage.setItem(KEY, JSON.stringify({ project: page.project.file, revision: page.revision, edits: this.edits }));
  }

  /** What an earlier page left: edits that can still be made, or what is lost since the project changed. */
  left(page) {
    const none = { edits: [], lost: null };
    let found;
    try { found = JSON.parse(localStorage.getItem(KEY)); } catch { /* nothing of ours */ }
    if (!found || found.project !== page.project.file) return none;
    localStorage.removeItem(KEY);
    if (found.revision === page.revision) return { edits: found.edits, lost: null };
    // The program may have stored the edits and stopped before it could say so.
    if (found.revision + found.edits.length === page.revision) return none;
    return { edits: [], lost: found.edits.map(told).filter(Boolean).join(" · ") };
  }
}
