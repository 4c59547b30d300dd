// Why these belong together: the evidence of the current bead in words, its doubts, its rivals.

import { $, apart, made } from "./dom.js";
import { direction } from "./text.js";
import { w } from "./words.js";

/** @import { Bead, Detail, Doubt, Evidence, Mark, Pair, Place, Rival } from "./types.js" */
/** @import { State } from "./state.js" */

const SIDES = /** @type {const} */ (["source", "target"]);

/** How many matches of a kind are shown, and how many rivals have a key. */
const [MATCHES, RIVALS] = [30, 9];

/** @type {(kind: string) => string} */
const named = (kind) => /** @type {Record<string, string>} */ (w().kinds)[kind] ?? kind;

/** A text in a language, written in its direction. @type {(lang: string) => { lang: string, dir: string }} */
const written = (lang) => ({ lang, dir: direction(lang) });

/** @type {(doubt: Doubt) => string} */
const inWords = (doubt) => /** @type {Record<string, (d: any) => string>} */ (w().doubt)[doubt.doubt]?.(doubt) ?? doubt.doubt;

/**
 * The places to light up, by side and segment.
 * @param {Detail} detail
 * @returns {Map<string, Mark[]>}
 */
export function marks(detail) {
  /** @type {Map<string, Mark[]>} */
  const found = new Map();
  /** @type {(side: string, place: Place | null, mark: { class: string, title: string }) => void} */
  const add = (side, place, mark) => {
    if (!place || place.from === place.to) return;
    const key = `${side} ${place.segment}`;
    found.set(key, [...(found.get(key) ?? []), { from: place.from, to: place.to, ...mark }]);
  };
  for (const item of detail.evidence) {
    for (const match of item.matches) {
      for (const side of SIDES) add(side, match.places[side], { class: item.kind, title: `${named(item.kind)}: ${match.value}` });
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
    const lines = detail.doubts.map((doubt) => made("li", { textContent: inWords(doubt) }));
    parts.push(made("h3", { textContent: w().doubts }), made("ul", { className: "doubts" }, ...lines));
  }
  if (detail.rivals.length) {
    const buttons = detail.rivals.slice(0, RIVALS).map((rival, place) => alternative(rival, place + 1, languages));
    parts.push(made("h3", { textContent: w().rivals }), ...buttons);
  }
  parts.push(made("h2", { textContent: /^0-|-0$/.test(bead.type) ? w().alone : w().evidence }));
  if (!detail.evidence.length) parts.push(made("p", { textContent: w().noEvidence }));
  parts.push(made("ul", {}, ...detail.evidence.map((item) => why(item, languages))));
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
  const title = `${rival.type} · ${w().percent(Math.round(rival.probability * 100))}`;
  const button = made("button", { type: "button", className: "rival" }, made("kbd", { textContent: String(number) }), " ", apart(title));
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
  const speaks = Math.abs(item.cost) < 0.05 ? "neither" : item.cost < 0 ? "for" : "against";
  const value = apart((speaks === "neither" ? 0 : -item.cost).toFixed(1).replace("-", "−"), { className: speaks });
  const line = made("li", { className: "why" }, made("span", { textContent: named(item.kind) }), value);
  const matches = item.matches.slice(0, MATCHES).map(({ value: of, texts: { source, target } }) => {
    if (!source && !target) return made("li", {}, apart(of));
    return made("li", {}, apart(source, written(languages.source)), "↔", apart(target, written(languages.target)));
  });
  const alone = item.unmatched.map((lone) => {
    const text = apart(lone.text || lone.value, written(languages[lone.side]));
    return made("li", {}, text, "∅", made("span", { textContent: w()[lone.side] }));
  });
  if (matches.length || alone.length) line.append(made("ul", { className: "pairs" }, ...matches, ...alone));
  return line;
}
