// What this browser keeps of a project between two looks at the page: where the reader was, what was half written.
// Nothing here is part of the project.

import { state } from "./state.js";

/** @type {(what: string) => string} */
const named = (what) => `muqabala-${what} ${state.project.file}`;

/**
 * What a text of the storage says, or nothing where it is not ours.
 * @type {(text: string | null) => any}
 */
function parsed(text) {
  try { return JSON.parse(text ?? "null"); } catch { return null; }
}

/**
 * Keeps a value: for this window, and for the next that opens the project.
 * @param {string} what
 * @param {unknown} value
 */
export function keep(what, value) {
  const text = JSON.stringify(value);
  sessionStorage.setItem(named(what), text);
  localStorage.setItem(named(what), text);
}

/**
 * The value kept last: by this window, else by another.
 * @type {(what: string) => any}
 */
export const kept = (what) => parsed(sessionStorage.getItem(named(what))) ?? parsed(localStorage.getItem(named(what)));

const DRAFT = "muqabala-draft";

/** This window's own place for what is half written; a window that was copied gets another. @type {string} */
let own = "";

/** Takes a place of its own for as long as the window lives, so that others know what was left and what is still written. */
async function settle() {
  for (let id = sessionStorage.getItem(DRAFT) ?? crypto.randomUUID(); !own; id = crypto.randomUUID()) {
    await new Promise((/** @type {(value?: unknown) => void} */ done) => {
      navigator.locks.request(`${DRAFT} ${id}`, { ifAvailable: true }, (lock) => {
        if (lock) own = id;
        done();
        return lock ? new Promise(() => {}) : undefined;
      });
    });
  }
  sessionStorage.setItem(DRAFT, own);
}

/**
 * Keeps what is half written.
 * @param {Draft} draft
 */
export const keepDraft = (draft) => localStorage.setItem(`${DRAFT} ${own}`, JSON.stringify({ project: state.project.file, ...draft }));

/** What was half written is finished, or was given up. */
export const dropDraft = () => localStorage.removeItem(`${DRAFT} ${own}`);

/**
 * Something half written: a corrected text, or a comment, at a segment.
 * @typedef {{ kind: "correct" | "comment", side: import("./types.js").Side, segment: number, text: string }} Draft
 */

/**
 * What was half written in this window before it was loaded again, or in one that is closed.
 * @returns {Promise<Draft | null>}
 */
export async function leftDraft() {
  await settle();
  const { held } = await navigator.locks.query();
  const alive = new Set((held ?? []).map(({ name }) => name));
  const mine = `${DRAFT} ${own}`;
  const names = Object.keys(localStorage).filter((name) => name.startsWith(`${DRAFT} `) && (name === mine || !alive.has(name)));
  for (const name of names.sort((a, b) => Number(b === mine) - Number(a === mine))) {
    const draft = parsed(localStorage.getItem(name));
    if (draft?.project !== state.project.file || typeof draft.text !== "string" || typeof draft.segment !== "number") continue;
    localStorage.removeItem(name);
    keepDraft(draft);
    return draft;
  }
  return null;
}
