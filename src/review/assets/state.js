// What the page knows: the project, the rows seen so far, where the reader is. Nothing here draws or asks.

/** @import { Alternatives, Bead, Detail, Edit, Mark, Project, Reader, Segment, Side, Window } from "./types.js" */

/** @type {Project} */
const NONE = {
  revision: 0,
  version: "",
  file: "",
  names: { source: "", target: "" },
  languages: { source: "", target: "" },
  settings: { interface: "en", autoRealign: true, reviewer: "" },
  counts: { beads: 0, pending: 0, accepted: 0, flagged: 0, rejected: 0, doubtful: 0, commented: 0 },
  history: { undo: null, redo: null },
  formats: [],
  position: null,
  home: false,
  renewed: 0,
};

/** @type {(side: Side) => Side} */
export const across = (side) => (side === "source" ? "target" : "source");

/**
 * What some edits do to a bead is plain before the server says so; nothing of the others is foreseen.
 * @type {Record<string, (bead: Bead, edit: Edit) => Bead>}
 */
const PLAIN = {
  decide: (bead, { decision }) => ({ ...bead, decision }),
  comment: (bead, { text }) => ({ ...bead, comment: text.trim() }),
  correct: (bead, { side, segment, text }) => {
    const corrected = text ?? undefined;
    return { ...bead, [side]: bead[/** @type {Side} */ (side)].map((s) => (s.start === segment ? { ...s, corrected } : s)) };
  },
};

/** @type {(bead: Bead, edit: Edit) => boolean} */
const concerns = (bead, edit) => (edit.edit === "correct" ? bead[/** @type {Side} */ (edit.side)].some((s) => s.start === edit.segment) : bead.id === edit.bead);

export class State {
  /** The edits on their way. @type {Edit[]} */
  pending = [];
  /** Whether a project was loaded. */
  opened = false;
  project = NONE;
  revision = 0;
  /** The beads by their position in the project; those not asked for yet are missing. @type {(Bead | undefined)[]} */
  rows = [];
  /** The positions that are shown, where a filter shows fewer than all. @type {number[] | null} */
  view = null;
  /** The reader's place: position of the bead, side, segment in the bead. */
  position = 0;
  /** @type {Side} */
  side = "source";
  index = 0;
  search = "";
  /** @type {number[]} */
  hits = [];
  invisible = false;
  /** Evidence of the current bead, and where it is to be lit up. @type {Detail | null} */
  detail = null;
  /** @type {Map<string, Mark[]>} */
  marks = new Map();
  /** Beads to point at, since the aligner changed them. @type {Set<number>} */
  fresh = new Set();
  /** One end of a link whose other end is to come. @type {{ id: number, side: Side } | null} */
  linking = null;
  /** Whether a row is being edited, and must not be drawn again. */
  editing = false;
  /** A segment for which the one that it belongs to is to come. @type {{ side: Side, segment: number } | null} */
  thread = null;
  /** The ways to cut the place of a bead, while the doubtful places are gone through. @type {Alternatives | null} */
  ways = null;
  /** Why edits were refused, by the place of their pair, and what the reader had typed. @type {Map<string, { why: string, typed?: string }>} */
  notes = new Map();

  /** How many beads there are. */
  get total() {
    return this.project.counts.beads;
  }

  /** How many rows are shown. */
  get shown() {
    return this.view ? this.view.length : this.total;
  }

  /**
   * The position of row `index` of the list: they differ while a filter shows fewer rows.
   * @type {(index: number) => number | undefined}
   */
  place(index) {
    return this.view ? this.view[index] : index;
  }

  /**
   * The first row of the list at or after `position`.
   * @type {(position: number) => number}
   */
  firstFrom(position) {
    if (!this.view) return position;
    let [low, high] = [0, this.view.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.view[middle] < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * The row of the list at which `position` stands, −1 if it is not shown.
   * @type {(position: number) => number}
   */
  indexOf(position) {
    if (!this.view) return position;
    const found = this.firstFrom(position);
    return this.view[found] === position ? found : -1;
  }

  /**
   * The current bead.
   * @returns {Bead | undefined}
   */
  get bead() {
    return this.rows[this.position];
  }

  /**
   * The selected segment.
   * @returns {Segment | undefined}
   */
  get segment() {
    return this.bead?.[this.side][this.index];
  }

  /**
   * Where the reader is: a segment, which stays where it is whatever becomes of the rows.
   * @returns {Reader | null}
   */
  get reader() {
    const { bead } = this;
    if (!bead) return null;
    const side = bead[this.side].length ? this.side : across(this.side);
    return { side, segment: (bead[side][this.index] ?? bead[side][0]).start };
  }

  /** Keeps the selected segment one that the current bead has. */
  clampSegment() {
    const { bead } = this;
    if (bead) this.index = Math.max(0, Math.min(this.index, bead[this.side].length - 1));
  }

  /**
   * Moves the reader to a position that there is.
   * @param {number} position
   */
  moveTo(position) {
    const before = this.position;
    this.position = Math.max(0, Math.min(this.total - 1, position));
    if (before === this.position) return;
    this.index = 0;
    this.marks = new Map();
    this.detail = null;
  }

  /**
   * Another project, or the same anew: no row of it is known.
   * @param {Project} project
   */
  load(project) {
    this.opened = true;
    this.project = project;
    this.revision = project.revision;
    this.rows = new Array(project.counts.beads);
    this.position = Math.max(0, Math.min(project.position ?? this.position, project.counts.beads - 1));
    this.view = null;
  }

  /**
   * Whether it is plain what an edit does.
   * @param {Edit} edit
   */
  isPlain(edit) {
    return edit.edit in PLAIN;
  }

  /**
   * The bead as it will be when the edits on their way are made.
   * @param {Bead} bead
   */
  foreseen(bead) {
    for (const edit of this.pending) if (this.isPlain(edit) && concerns(bead, edit)) bead = PLAIN[edit.edit](bead, edit);
    return bead;
  }

  /**
   * The position of the bead that a plain edit concerns, −1 where it is not known.
   * @param {Edit} edit
   */
  positionOf(edit) {
    const concerned = (/** @type {Bead | undefined} */ bead) => bead !== undefined && concerns(bead, edit);
    return concerned(this.bead) ? this.position : this.rows.findIndex(concerned);
  }

  /**
   * Changes the bead that an edit concerns as it will be; gives its position, −1 where nothing is foreseen.
   * @param {Edit | undefined} edit
   */
  foresee(edit) {
    if (!edit || !this.isPlain(edit)) return -1;
    const position = this.positionOf(edit);
    const bead = this.rows[position];
    if (bead) this.rows[position] = PLAIN[edit.edit](bead, edit);
    return position;
  }

  /**
   * Takes in beads that were asked for, where none is known yet.
   * @param {number} from
   * @param {Bead[]} beads
   */
  fill(from, beads) {
    beads.forEach((bead, i) => { this.rows[from + i] ??= this.foreseen(bead); });
  }

  /**
   * Whether a window holds other beads than were known, not only other words about the same ones.
   * @type {(window: Window) => boolean}
   */
  isShape({ from, removed, beads }) {
    return removed !== beads.length || beads.some((bead, i) => (this.rows[from + i]?.id ?? bead.id) !== bead.id);
  }

  /**
   * Rows went and came; the reader stays at the same segment. Gives the same in rows of the list: from, how many went,
   * how many came.
   * @type {(window: Window) => [number, number, number]}
   */
  splice(window) {
    const { from, removed } = window;
    const beads = window.beads.map((bead) => this.foreseen(bead));
    const { reader } = this;
    const isShape = this.isShape(window);
    this.rows.splice(from, removed, ...beads);
    if (this.position >= from + removed) this.position += beads.length - removed;
    else if (this.position >= from) {
      const same = beads.findIndex((bead) => reader && bead[reader.side].some((s) => s.start === reader.segment));
      if (same >= 0) this.position = from + same;
    }
    this.position = Math.max(0, Math.min(this.total - 1, this.position));
    if (!this.view) return [from, removed, beads.length];
    const low = this.firstFrom(from);
    const high = this.firstFrom(from + removed);
    if (!isShape) return [low, high - low, high - low];
    const shift = beads.length - removed;
    // What was not shown is not shown now, whatever others did to it.
    const inside = low < high ? beads.map((_, i) => from + i) : [];
    this.view = [...this.view.slice(0, low), ...inside, ...this.view.slice(high).map((p) => p + shift)];
    return [low, high - low, inside.length];
  }
}

/** What this page knows. */
export const state = new State();
