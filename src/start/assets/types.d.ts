// The shapes of what the server sends and of what the start page's parts hand each other, for the checker alone.

export type Side = "source" | "target";
export type Way = "two" | "paste" | "both";

/** A project as it is listed. */
export interface Listed extends Far {
  name: string;
  documents: [string, string];
  languages: [string, string];
  opened: number;
  shown: boolean;
  trouble: string | null;
}

/** How far a review is. */
export interface Far { beads: number; decided: number; flagged: number }

export interface Desk {
  /** When this run of the program began. */
  run: number;
  folder: string;
  languages: [string, string][];
  projects: Listed[];
}

/** What was seen in a file. */
export type Seen =
  | { kind: "document"; format: string; bytes: number; language: string; segments: number; start: string; warnings: string[] }
  | { kind: "both"; format: string; bytes: number; languages: [string | null, string | null]; units: number; starts: [string, string] };

/** A pair that was found: its texts in pieces, of which every second one is a word found. */
export interface Hit {
  file: string;
  /** The name under which its project is listed, if it is in one. */
  project: string | null;
  /** Its number when it was read. */
  number: number;
  /** What tells it from others, whatever its number. */
  mark: string;
  /** Where it stands in the documents of its project, the side with the words first; none of a memory. */
  spots: { side: Side; start: number; within: number; text: string }[];
  languages: [string, string];
  texts: [string[], string[]];
}
/** What a search found, in how many files and pairs, and which files could not be read wholly, and why. */
export interface FoundWords { files: number; pairs: number; more: boolean; hits: Hit[]; troubles: [string, string][] }
/** A file of all hits. */
export interface WrittenHits { upload: number; name: string; pairs: number; leftOut: number }

/** Why something failed. */
export interface Why { error: string; name?: string | null }

/** How far a job is. */
export type Said =
  | { state: "working"; step?: string; number?: number; of?: number; [more: string]: any }
  | { state: "done"; result: any }
  | { state: "failed"; why: Why }
  | { state: "stopped" };

/** A finding in a memory, with the texts of its unit: language and text. */
export interface MemoryFinding { line: number; unit: number | null; lang: string | null; detail: string; texts: [string, string][] }

/** A kind of finding. */
export interface Kind {
  code: string;
  severity: "error" | "warning" | "note";
  mend: "fix" | "clean" | "hand";
  text: string;
  count: number;
  dropped: boolean;
  findings: MemoryFinding[];
}

/** What is wrong with a memory, and what it holds. */
export interface Found { units: number; bytes: number; kinds: Kind[]; pairs: [string, number][]; languages: string[]; tool: string }

/** A memory that was made of another. */
export interface Made {
  upload: number;
  name: string;
  report: {
    units: number;
    mended?: [string, string, number][];
    leftOut?: [string, string, number][];
    lost?: [string, string, number][];
    unreadable: number;
    without?: number;
  };
  told: { line: number; code: string; detail: string }[];
}

/** A pair of documents of many, and what came of it. */
export interface PairRow {
  name: string;
  project?: string;
  languages?: [string, string];
  beads?: number;
  alone?: number;
  doubtful?: number;
  sure?: number | null;
  suspicions?: string[];
  /** What was said of the documents when they were read, in English. */
  warnings?: string[];
  why?: Why;
}
