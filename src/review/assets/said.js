// Shares and counts in the words of the page.

import { counted, percent } from "./numbers.js";
import { pick } from "./words.js";

/** @import { Forms } from "./numbers.js" */

/**
 * A share from 0 to 1 in per cent, rounded down: 100 is said of what is certain alone.
 * @type {(share: number) => number}
 */
export const whole = (share) => Math.floor(share * 100 + 1e-9);

/** The same as it is written. @type {(share: number) => string} */
export const shown = (share) => percent(whole(share));

/**
 * A number with its noun, in the language of the page.
 * @type {(both: [Forms, Forms], n: number) => string}
 */
export const plural = (both, n) => counted(n, pick(both));

/** @type {[Forms, Forms]} */
const PAIRS = [
  { one: "# pair", other: "# pairs" },
  { zero: "لا أزواج", one: "زوج واحد", two: "زوجان", few: "# أزواج", many: "# زوجًا", other: "# زوج" },
];

/** How many pairs. @type {(n: number) => string} */
export const pairs = (n) => plural(PAIRS, n);
