// What the page says: for a moment, until it is over, or that something failed.

import { Refused } from "./api.js";
import { apart, made } from "./dom.js";
import { banner, sayFor } from "./live.js";
import { spoken, w } from "./words.js";

/** @import { Why } from "./types.js" */

/**
 * Says something for a moment.
 * @param {string} text
 */
export const say = (text) => sayFor(text, 4000);

export { banner };

/**
 * Why something failed, as the server or the network says it.
 * @type {(error: unknown) => Why}
 */
export function reason(error) {
  if (error instanceof Refused) return { error: error.message, name: error.named };
  return { error: String(error instanceof Error ? error.message : error), name: null };
}

/** Where the program's own words say no more than the page's. */
const ALL_SAID = ["open", "taken", "busy", "full", "upload", "project", "job", "no-word", "pair"];

/**
 * What to tell the reader: in plain words what to do, and what the program itself says.
 * @param {Why} why
 * @param {string} [of] the file that it is about
 */
export function told(why, of) {
  const known = why.name ?? "";
  const plain = w().why[known] ?? w().failed;
  const line = made("span", {}, ...(of ? [apart(of), ": "] : []), plain);
  const own = made("span", { className: "said", lang: "en", dir: "ltr" }, apart(why.error));
  if (ALL_SAID.includes(known)) return [line];
  return spoken() === "ar" || known ? [line, own] : [made("span", {}, apart(why.error))];
}

/**
 * Says in `place` what went wrong, or nothing more.
 * @param {HTMLElement} place
 * @param {unknown} [error]
 */
export function fail(place, error) {
  place.classList.add("trouble");
  place.hidden = error === undefined;
  place.replaceChildren(...(error === undefined ? [] : told(reason(error))));
}
