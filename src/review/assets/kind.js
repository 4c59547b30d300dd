// How many segments of each side a pair has, as a picture that turns with the sides of the page, and in words.

import { made } from "./dom.js";
import { counted, number } from "./numbers.js";
import { pick } from "./words.js";

/** How many dots are told apart at a glance; of more the number is shown. */
const DOTS = 4;

/** @type {[import("./numbers.js").Forms, import("./numbers.js").Forms]} */
const SEGMENTS = [
  { one: "# segment", other: "# segments" },
  { one: "مقطع واحد", two: "مقطعان", few: "# مقاطع", many: "# مقطعًا", other: "# مقطع" },
];

/** @type {(n: number) => string} */
const dots = (n) => (n === 0 ? "○" : n > DOTS ? `${number(n)}×●` : "●".repeat(n));

/** @type {(type: string) => number[]} */
const sizes = (type) => type.split("-").map(Number);

/** @type {(n: number) => string} */
const segments = (n) => counted(n, pick(SEGMENTS));

/**
 * A type such as `2-1` as text: ●●–●, the source first. In a line from right to left it stands mirrored, as the sides do.
 * @type {(type: string) => string}
 */
export const drawn = (type) => sizes(type).map(dots).join("–");

/**
 * A type such as `2-1` in words.
 * @type {(type: string) => string}
 */
export function told(type) {
  const [source, target] = sizes(type);
  if (!source || !target) return `${segments(source || target)}${pick([", no counterpart", "، بلا مقابل"])}`;
  return `${segments(source)} ${pick(["with", "مقابل"])} ${segments(target)}`;
}

/**
 * The picture of a type, with its words for who does not see it or asks what it is.
 * @type {(type: string) => HTMLElement}
 */
export function picture(type) {
  const box = made("span", { className: "kind", title: told(type) }, ...sizes(type).flatMap((n, i) => [
    ...(i ? [made("span", { className: "dash", textContent: "–" })] : []), made("span", { textContent: dots(n) }),
  ]));
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", told(type));
  return box;
}
