// Numbers as the language of the page writes them, and words that go with them.

import { state } from "./state.js";
import { pick } from "./words.js";

/** @import { Plural } from "./types.js" */

export { pick };

/** The language of the page. */
const language = () => state.project.settings.interface;

/**
 * A whole number; digits are those that Arabic readers of either custom know.
 * @type {(n: number) => string}
 */
export const number = (n) => String(n);

/**
 * A share from 0 to 1 in per cent, rounded down: 100 % is said of what is certain alone.
 * @type {(share: number) => string}
 */
export function percent(share) {
  const whole = Math.floor(share * 100 + 1e-9);
  return language() === "ar" ? `${whole}٪` : `${whole} %`;
}

/**
 * The words that go with a number, in which `#` stands for it.
 * @type {(words: Plural, n: number) => string}
 */
export function plural(words, n) {
  const { [language()]: forms } = words;
  const form = forms[new Intl.PluralRules(language()).select(n)] ?? forms.other;
  return form.replace("#", number(n));
}

/** @type {Plural} */
export const PAIRS = {
  en: { one: "1 pair", other: "# pairs" },
  ar: { zero: "لا زوج", one: "زوج واحد", two: "زوجان", few: "# أزواج", many: "# زوجًا", other: "# زوج" },
};

/** How many pairs. @type {(n: number) => string} */
export const pairs = (n) => plural(PAIRS, n);
