// The shapes of what the server sends and of what the page's parts hand each other, for the checker alone.

export type Side = "source" | "target";
export type Decision = "pending" | "accepted" | "flagged" | "rejected";
export type Pair<T> = { source: T; target: T };

export interface Segment { start: number; text: string; corrected?: string; kind?: string }

export interface Bead {
  id: number;
  type: string;
  decision: Decision;
  pinned?: boolean;
  confidence: number | null;
  doubtful?: boolean;
  /** Something speaks against a bead made or fixed by hand. */
  doubts?: boolean;
  bookmarked?: boolean;
  /** Aligned anew for another version of a document, and neither accepted nor rejected. */
  renewed?: boolean;
  crossing?: boolean;
  comment?: string;
  source: Segment[];
  target: Segment[];
}

export interface Counts {
  beads: number; pending: number; accepted: number; flagged: number; rejected: number; doubtful: number; commented: number;
}
/** A format that can be downloaded. */
export interface Format { name: string; extension: string; about: string }
export interface History { undo: string | null; redo: string | null }
export interface Settings { interface: "en" | "ar"; autoRealign: boolean; reviewer: string }

export interface Project {
  revision: number;
  version: string;
  file: string;
  names: Pair<string>;
  languages: Pair<string>;
  settings: Settings;
  counts: Counts;
  history: History;
  formats: Format[];
  position: number | null;
  /** Whether it was opened from another page, to which it leads back. */
  home: boolean;
  /** How many pairs are new since the update of a document. */
  renewed: number;
}

/** A place in the original text of a segment, in UTF-16 units. */
export interface Place { segment: number; from: number; to: number }
export interface Match { value: string; texts: Pair<string>; places: Pair<Place | null> }
export interface Lone { side: Side; value: string; text: string; place: Place | null }
export interface Evidence { kind: string; cost: number; matches: Match[]; unmatched: Lone[] }
export interface Rival { index: number; type: string; probability: number; texts: Pair<string[]> }
export interface Detail {
  id: number;
  cost: number;
  reviewer: string | null;
  comment: string;
  evidence: Evidence[];
  doubts: Doubt[];
  rivals: Rival[];
}
/** A bead of a small alignment, and whether it is in none of those beside it. */
export interface SmallPair { texts: Pair<string[]>; differs: boolean }
/** What stands at a place, and what would stand there if a rival were taken. */
export interface Alternatives { id: number; stands: SmallPair[]; rivals: { index: number; probability: number; pairs: SmallPair[] }[] }
/** A doubt by its name, with what belongs to it. */
export interface Doubt { doubt: string; [more: string]: any }

/** A stretch of text to light up, in UTF-16 units. */
export interface Mark { from: number; to: number; class?: string; title?: string; /** The same on both sides of what was matched. */ match?: string }

/** Rows to take out and put in. */
export interface Window { from: number; removed: number; beads: Bead[]; new: number[] }

/** What an edit changed. */
export interface Change {
  revision: number;
  counts: Counts;
  history: History;
  window: Window | null;
  beads: number;
  focus: number | null;
  done: string;
  /** Of undo and redo: the edit that was taken back or made again. */
  of: string | null;
  /** How many beads something else is said of now. */
  said: number;
}

/** The answer to an edit: what it changed, and before it what others did that the page did not know, if that is not too much. */
export interface Answer extends Change { missed: Change[] | null }

/** An edit as the server takes it: its name and what belongs to it. */
export interface Edit { edit: string; [more: string]: any }

/** A segment, which stays where it is whatever becomes of the rows. */
export interface Reader { side: Side; segment: number }

/** The picture of the alignment: see `OutlineView` of the server. */
export interface Outline { revision: number; segments: Pair<number>; beads: [number, number, number, number, number, number][] }

/** A field of a question. */
export interface Field {
  name: string;
  label: string;
  /** A `check` has the value `on` or none. */
  kind?: "choice" | "long" | "number" | "text" | "check";
  value?: string;
  choices?: [string, string][];
  lang?: string;
  dir?: string;
  min?: number;
  max?: number;
  step?: number;
}

/** What an export would write, and what not and why: see `Leaving` of the server. */
export interface Leaving { total: number; written: number; rejected: number; undecided: number; unsure: number; alone: number; repeated: number; dropped: number }

/** What is to be looked at in the texts. */
export interface Finding { row: number; code: string; detail: string; source: string; target: string }
export interface Findings { revision: number; counts: Record<string, number>; found: Finding[] }

/** A text with the places that change, in UTF-16 units. */
export interface Marked { text: string; places: [number, number][] }
/** What finding and replacing would change. */
export interface Preview { texts: number; places: number; blank: number; shown: { side: Side; before: Marked; after: Marked }[] }

/** English and Arabic. */
export type Words = [string, string];

/** Something the reader can do. */
export interface Action {
  name: string;
  /** The keys that do it: what `KeyboardEvent.key` says, with `Ctrl ` before it where that is held. */
  keys?: string[];
  /** The keys as the help shows them, where that is not what follows from `keys`. */
  shown?: string;
  /** What the help says; actions of one meaning that follow each other share a line. */
  help?: Words;
  /** The words of its button in the bar or among the filters. */
  bar?: Words;
  /** The words of its button on the panel, and in which group of buttons it stands. */
  panel?: Words;
  group?: "change" | "go";
  /** Shorter words for the strip, where it stands beside others of its kind. */
  short?: Words;
  /**
   * How it stands in the order of what is done. `free`: at once, whatever is on its way. `waits`: what is done after it
   * waits until it is shown, since that depends on it. Otherwise it follows those that wait, and nothing waits for it.
   */
  order?: "free" | "waits";
  run: (key: string, action: Action) => unknown;
}
