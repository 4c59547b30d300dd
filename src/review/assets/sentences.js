// What speaks for a pair, in sentences.

import { apart, made } from "./dom.js";
import { counted } from "./numbers.js";
import { direction } from "./text.js";
import { pick, sideOf } from "./words.js";

/** @import { Forms } from "./numbers.js" */
/** @import { Detail, Lone, Pair, Side, Words } from "./types.js" */

/** What is counted, in both languages. @type {[string, [Forms, Forms]][]} */
const THINGS = [
  ["words", [{ one: "# word", other: "# words" }, { one: "كلمة واحدة", two: "كلمتان", few: "# كلمات", many: "# كلمة", other: "# كلمة" }]],
  ["numbers", [{ one: "# number", other: "# numbers" }, { one: "عدد واحد", two: "عددان", few: "# أعداد", many: "# عددًا", other: "# عدد" }]],
  ["dates", [{ one: "# date", other: "# dates" }, { one: "تاريخ واحد", two: "تاريخان", few: "# تواريخ", many: "# تاريخًا", other: "# تاريخ" }]],
  ["names", [{ one: "# name", other: "# names" }, { one: "اسم واحد", two: "اسمان", few: "# أسماء", many: "# اسمًا", other: "# اسم" }]],
  ["symbols", [{ one: "# symbol", other: "# symbols" }, { one: "رمز واحد", two: "رمزان", few: "# رموز", many: "# رمزًا", other: "# رمز" }]],
];

/** What is said of evidence without values: where it speaks for the pair, and where it speaks against it. @type {[string, Words, Words][]} */
const SAID = [
  ["length", ["The lengths fit.", "الطولان متناسبان."], ["The lengths differ.", "الطولان غير متناسبين."]],
  ["structure", ["Punctuation and layout fit.", "الترقيم والتنسيق متوافقان."], ["Punctuation and layout differ.", "الترقيم والتنسيق مختلفان."]],
  ["embedding", ["The meaning agrees.", "المعنى متقارب."], ["The meaning differs.", "المعنى متباعد."]],
];

/** Costs below this, in nats, say nothing worth a sentence. */
const LITTLE = 0.5;

/** How strongly a cost speaks, in nats: below the first bound for neither side. @type {[number, Words, Words][]} */
const STRENGTHS = [
  [0.05, ["no weight", "بلا أثر"], ["no weight", "بلا أثر"]],
  [1, ["slightly for", "يؤيد قليلًا"], ["slightly against", "يعارض قليلًا"]],
  [4, ["for", "يؤيد"], ["against", "يعارض"]],
  [Infinity, ["strongly for", "يؤيد بقوة"], ["strongly against", "يعارض بقوة"]],
];

/**
 * How strongly evidence of a cost speaks, and for which side: `for`, `against`, `neither`.
 * @type {(cost: number) => { className: string, textContent: string }}
 */
export function strength(cost) {
  const found = STRENGTHS.find(([bound]) => Math.abs(cost) < bound) ?? STRENGTHS[STRENGTHS.length - 1];
  const className = found === STRENGTHS[0] ? "neither" : cost < 0 ? "for" : "against";
  return { className, textContent: pick(cost < 0 ? found[1] : found[2]) };
}

/** @type {(parts: string[]) => string} */
const joined = (parts) => new Intl.ListFormat(pick(["en", "ar"]), { type: "conjunction" }).format(parts);

/** @type {(side: Side) => Side} */
const across = (side) => (side === "source" ? "target" : "source");

/**
 * That a value has no counterpart: «458721 is missing on the right».
 * @type {(lone: Lone, languages: Pair<string>) => (Node | string)[]}
 */
function missing(lone, languages) {
  const lang = languages[lone.side];
  const value = apart(lone.text || lone.value, { lang, dir: direction(lang) });
  return [value, pick([` is missing ${sideOf(across(lone.side))}.`, ` غير موجود ${sideOf(across(lone.side))}.`])];
}

/**
 * The sentences of a pair.
 * @param {Detail} detail
 * @param {Pair<string>} languages
 * @returns {Node[]}
 */
export function sentences(detail, languages) {
  const counts = THINGS.flatMap(([kind, forms]) => {
    const n = detail.evidence.filter((item) => item.kind === kind).reduce((sum, item) => sum + item.matches.length, 0);
    return n ? [{ n, text: counted(n, pick(forms)) }] : [];
  });
  /** @type {(Node | string)[][]} */
  const lines = [];
  if (counts.length) {
    const list = joined(counts.map(({ text }) => text));
    const one = counts.length === 1 && counts[0].n === 1;
    lines.push([pick([`${list} ${one ? "agrees" : "agree"}.`, `متوافق في الجانبين: ${list}.`])]);
  }
  for (const [kind, good, bad] of SAID) {
    const cost = detail.evidence.filter((item) => item.kind === kind).reduce((sum, item) => sum + item.cost, 0);
    if (Math.abs(cost) >= LITTLE) lines.push([pick(cost < 0 ? good : bad)]);
  }
  const told = new Set(detail.doubts.filter(({ doubt }) => doubt === "missing-value").map(({ side, value }) => `${side} ${value}`));
  const lone = detail.evidence.flatMap((item) => item.unmatched).filter(({ side, value }) => !told.has(`${side} ${value}`));
  lines.push(...lone.map((item) => missing(item, languages)));
  return lines.map((parts) => made("p", {}, ...parts));
}
