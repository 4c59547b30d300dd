// Edits on their way to the server, one after the other, and what their answers change.

import { Refused, postUntilSent } from "./api.js";
import { forget, reload } from "./rows.js";
import { banner, fail, go, list, plot, say } from "./screen.js";
import { tell } from "./signals.js";
import { state } from "./state.js";
import { Unsent } from "./unsent.js";
import { w } from "./words.js";

/** @import { Answer, Edit } from "./types.js" */

/** How long a bead that the aligner changed is pointed at, in milliseconds. */
const FRESH = 2500;

const unsent = new Unsent();

/**
 * Says that the server is away, or back under another token.
 * @param {boolean} gone
 */
function away(gone) {
  unsent.keep(state);
  banner(gone ? w().gone : w().down);
}

/** The server is there again. */
function back() {
  unsent.away = false;
  banner(null);
}

/** @type {Promise<Answer | null>} */
let sending = Promise.resolve(null);

/**
 * Sends an edit after those before it, and shows what it changed; gives the answer, or `null` if it was refused.
 * @param {string} path
 * @param {Edit} [edit]
 */
export function send(path, edit) {
  const entry = unsent.add(path, edit, state);
  sending = sending.then(async () => {
    try {
      const body = () => ({ revision: state.revision, ...(edit ? { edit } : {}), ...(state.reader ? { at: state.reader } : {}) });
      const answer = await postUntilSent(path, body, away, () => banner(null)).finally(() => unsent.remove(entry));
      await changed(answer);
      return answer;
    } catch (error) {
      if (error instanceof Refused && error.status === 409) {
        await reload();
        say(w().stale);
        // What a person wrote is not thrown away.
        if (edit?.text) banner(`${w().notSent} ${edit.text}`);
      } else fail(error);
    }
    return null;
  });
  return sending;
}

/**
 * Shows what an edit changed.
 * @param {Answer} answer
 */
async function changed(answer) {
  state.revision = answer.revision;
  Object.assign(state.project, { counts: answer.counts, history: answer.history, revision: answer.revision });
  tell("counts");
  plot.soon();
  const { window } = answer;
  if (!window) {
    await reload();
    if (answer.focus !== null) go(answer.focus, "centre");
  } else {
    forget();
    list.splice(...state.splice(window));
    state.fresh = new Set(window.new);
    state.marks = new Map();
    go(answer.focus ?? state.position);
    setTimeout(() => { state.fresh = new Set(); }, FRESH);
  }
  const done = w().done[answer.done] ?? answer.done;
  const number = window?.new.length ?? 0;
  say(number > 1 ? `${done} · ${w().realigned(number)}` : done);
}

/** Sends what an earlier page left, and looks from now on whether the server is there. */
export function start() {
  const { edits, lost } = unsent.left(state);
  for (const { path, edit } of edits) send(path, edit);
  if (lost) banner(`${w().notSent} ${lost}`);
  return {
    away,
    back: () => {
      back();
      if (!state.editing) reload().catch(fail);
    },
  };
}
