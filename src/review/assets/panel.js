// Why these belong together: the evidence of the current bead in words, its doubts, its rivals.

import { $, apart, made } from "./dom.js";
import { drawn } from "./kind.js";
import { shown as share } from "./said.js";
import { sentences, strength } from "./sentences.js";
import { direction, isolated } from "./text.js";
import { w } from "./words.js";

/** @import { Bead, Detail, Doubt, Evidence, Mark, Pair, Place, Rival, Side } from "./types.js" */
/** @import { State } from "./state.js" */

const SIDES = /** @type {const} */ (["source", "target"]);

/** How many matches of a kind are shown, and how many rivals have a key. */
const [MATCHES, RIVALS] = [30, 9];

/** @type {(kind: string) => string} */
const named = (kind) => /** @type {Record<string, string>} */ (w().kinds)[kind] ?? kind;

/** A text in a language, written in its direction. @type {(lang: string) => { lang: string, dir: string }} */
const written = (lang) => ({ lang, dir: direction(lang) });

/**
 * A doubt in words; what it cites of a document keeps the direction of its language.
 * @type {(doubt: Doubt, languages: Pair<string>) => string}
 */
function inWords(doubt, languages) {
  const cited = doubt.text ?? doubt.value;
  const text = cited && isolated(cited, languages[/** @type {Side} */ (doubt.side)] ?? "");
  return /** @type {Record<string, (d: any) => string>} */ (w().doubt)[doubt.doubt]?.({ ...doubt, text }) ?? doubt.doubt;
}

/**
 * The places to light up, by side and segment.
 * @param {Detail} detail
 * @returns {Map<string, Mark[]>}
 */
export function marks(detail) {
  /** @type {Map<string, Mark[]>} */
  const found = new Map();
  /** @type {(side: string, place: Place | null, mark: Partial<Mark>) => void} */
  const add = (side, place, mark) => {
    if (!place || place.from === place.to) return;
    const key = `${side} ${place.segment}`;
    found.set(key, [...(found.get(key) ?? []), { from: place.from, to: place.to, ...mark }]);
  };
  for (const item of detail.evidence) {
    for (const [i, { value, places }] of item.matches.entries()) {
      const mark = { class: item.kind, title: `${named(item.kind)}: ${value}`, match: `${item.kind} ${i}` };
      for (const side of SIDES) add(side, places[side], mark);
    }
    for (const lone of item.unmatched) add(lone.side, lone.place, { class: "lone", title: lone.value });
  }
  return found;
}

/**
 * Fills the panel for the current bead, or empties it where nothing is known of that.
 * @param {State} state
 */
export function show({ bead, detail, project }) {
  $("panel").setAttribute("aria-label", w().panel);
  $("commands").hidden = !bead || !detail;
  const parts = bead && detail ? about(bead, detail, project.languages) : [];
  $("why").replaceChildren(...parts);
}

/**
 * @param {Bead} bead
 * @param {Detail} detail
 * @param {Pair<string>} languages
 * @returns {Node[]}
 */
function about(bead, detail, languages) {
  /** @type {Node[]} */
  const parts = [];
  if (detail.doubts.length) {
    const lines = detail.doubts.map((doubt) => made("li", { textContent: inWords(doubt, languages) }));
    parts.push(made("h3", { textContent: w().doubts }), made("ul", { className: "doubts" }, ...lines));
  }
  if (detail.rivals.length) {
    const buttons = detail.rivals.slice(0, RIVALS).map((rival, place) => alternative(rival, place + 1, languages));
    parts.push(made("h3", { textContent: w().rivals }), ...buttons);
  }
  parts.push(made("h2", { textContent: /^0-|-0$/.test(bead.type) ? w().alone : w().evidence }));
  if (!detail.evidence.length) parts.push(made("p", { textContent: w().noEvidence }));
  parts.push(...sentences(detail, languages), made("ul", {}, ...detail.evidence.map((item) => why(item, languages))));
  if (bead.comment) {
    const by = detail.reviewer ? ` (${detail.reviewer})` : "";
    parts.push(made("h3", { textContent: w().comment + by }), made("blockquote", { textContent: bead.comment, dir: "auto" }));
  }
  return parts;
}

/**
 * The button that takes an alternative.
 * @param {Rival} rival
 * @param {number} number
 * @param {Pair<string>} languages
 */
function alternative(rival, number, languages) {
  const title = `${drawn(rival.type)} · ${share(rival.probability)}`;
  const button = made("button", { type: "button", className: "rival" }, made("kbd", { textContent: String(number) }), " ", made("span", { textContent: title }));
  for (const side of SIDES) {
    button.append(made("p", { textContent: rival.texts[side].join(" ¦ ") || w().none, ...written(languages[side]) }));
  }
  Object.assign(button.dataset, { do: "rival", key: number });
  return button;
}

/**
 * What evidence of one kind says, and on what it rests.
 * @param {Evidence} item
 * @param {Pair<string>} languages
 */
function why(item, languages) {
  const value = made("span", { ...strength(item.cost), title: w().weight(-item.cost) });
  const line = made("li", { className: "why" }, made("span", { textContent: named(item.kind) }), value);
  const matches = item.matches.slice(0, MATCHES).map(({ value: of, texts: { source, target } }, i) => {
    if (!source && !target) return made("li", {}, apart(of));
    const line = made("li", {}, apart(source, written(languages.source)), "↔", apart(target, written(languages.target)));
    line.dataset.match = `${item.kind} ${i}`;
    return line;
  });
  const alone = item.unmatched.map((lone) => {
    const text = apart(lone.text || lone.value, written(languages[lone.side]));
    return made("li", {}, text, "∅", made("span", { textContent: w()[lone.side] }));
  });
  if (matches.length || alone.length) line.append(made("ul", { className: "pairs" }, ...matches, ...alone));
  return line;
}
