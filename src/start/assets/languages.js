// The names of languages, in the language of the page.

import { made } from "./dom.js";
import { spoken, w } from "./words.js";

/** @type {[string, string][]} */
let known = [];

/** @type {(languages: [string, string][]) => void} */
export const know = (languages) => { known = languages; };

/**
 * What a language is called.
 * @param {string} code
 */
export function called(code) {
  if (spoken() === "en") {
    const name = known.find(([other]) => other === code)?.[1];
    if (name) return name;
  }
  try {
    return new Intl.DisplayNames([spoken()], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/**
 * The choices of a language, the first of them what was found out.
 * @param {string | null} found the code that was found, `und` where none was
 * @param {string} first what the first says where nothing was looked for
 */
export function choices(found, first = w().ofFile) {
  const unknown = found === "und" ? w().undetected : first;
  const top = made("option", { value: "", textContent: found && found !== "und" ? w().detected(called(found)) : unknown });
  const names = known.map(([code]) => /** @type {[string, string]} */ ([code, called(code)]));
  names.sort((a, b) => a[1].localeCompare(b[1], spoken()));
  return [top, ...names.map(([value, name]) => made("option", { value, textContent: `${name} (${value})` }))];
}
