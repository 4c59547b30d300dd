// Text of the documents on the page: always as text nodes, never as markup.

import { made } from "./dom.js";

/** @import { Mark } from "./types.js" */

const DANGER = /[\u202a-\u202e\u2066-\u2069]/;
/** @type {Record<string, string>} */
const NAMES = {
  "\u200e": "LRM", "\u200f": "RLM", "\u061c": "ALM", "\u200b": "ZWSP", "\u200c": "ZWNJ", "\u200d": "ZWJ",
  "\u00a0": "NBSP", "\u202f": "NNBSP", "\u00ad": "SHY", "\u0640": "TAT", "\ufeff": "BOM", "\t": "TAB",
};

/** @type {(c: string) => string} */
const code = (c) => `U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

/** The scripts that run from right to left. */
const MIRRORED = new Set(["Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"]);

/**
 * The direction in which a language is written: that of a text's lines, whatever letters the text begins with.
 * @type {(language: string) => "ltr" | "rtl"}
 */
export function direction(language) {
  try {
    return MIRRORED.has(new Intl.Locale(language).maximize().script ?? "") ? "rtl" : "ltr";
  } catch {
    return "ltr";
  }
}

/**
 * A text of a document inside a sentence of the interface: it runs as its language does, and the sentence keeps its order.
 * @type {(text: string, language: string) => string}
 */
export const isolated = (text, language) => `${direction(language) === "rtl" ? "\u2067" : "\u2066"}${text}\u2069`;

/**
 * Whether the text holds characters that can change the order of what is read.
 * @type {(text: string) => boolean}
 */
export const hasOverrides = (text) => DANGER.test(text);

/**
 * How a character that is not seen is shown: its name and a class.
 * @type {(c: string, invisible: boolean) => [string, string] | null}
 */
function special(c, invisible) {
  if (DANGER.test(c)) return [code(c), "unseen danger"];
  const n = c.charCodeAt(0);
  if ((n < 32 && c !== "\t" && c !== "\n" && c !== "\r") || (n >= 127 && n < 160)) return [code(c), "unseen danger"];
  if (invisible && NAMES[c]) return [NAMES[c], "unseen"];
  return null;
}

/**
 * Fills `element` with `text`, in which `marks` are lit up.
 * @param {HTMLElement} element
 * @param {string} text
 * @param {{ marks?: Mark[], invisible?: boolean }} [options]
 */
export function fill(element, text, { marks = [], invisible = false } = {}) {
  const cuts = new Set([0, text.length]);
  for (const m of marks) { cuts.add(Math.max(0, m.from)); cuts.add(Math.min(text.length, m.to)); }
  for (let i = 0; i < text.length; i += 1) {
    if (special(text[i], invisible)) { cuts.add(i); cuts.add(i + 1); }
  }
  const at = [...cuts].sort((a, b) => a - b);
  const out = document.createDocumentFragment();
  for (let i = 0; i + 1 < at.length; i += 1) {
    const [from, to] = [at[i], at[i + 1]];
    const piece = text.slice(from, to);
    const shown = piece.length === 1 ? special(piece, invisible) : null;
    /** @type {Node} */
    let node = shown ? made("span", { textContent: shown[0], className: shown[1] }) : document.createTextNode(piece);
    const own = marks.filter((m) => m.from <= from && to <= m.to);
    if (own.length) {
      const mark = made("mark", { className: own.map((m) => m.class ?? "").join(" ").trim() }, node);
      const title = own.map((m) => m.title).find(Boolean);
      if (title) mark.title = title;
      const match = own.map((m) => m.match).find(Boolean);
      if (match) mark.dataset.match = match;
      node = mark;
    }
    out.append(node);
  }
  element.replaceChildren(out);
}

/** @type {Record<string, string>} */
const LETTERS = { "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ک": "ك", "ة": "ه", "ؤ": "و" };

/**
 * The comparison key of `text` and, for each of its units, where it stands in `text`; as `find.rs` folds.
 * @param {string} text
 */
export function fold(text) {
  let key = "";
  /** @type {number[]} */
  const places = [];
  let white = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    const n = c.charCodeAt(0);
    if (/[\u064b-\u065f\u0670\u0640]/.test(c)) continue;
    if (/[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]/.test(c)) continue;
    let folded = LETTERS[c] ?? c.toLowerCase();
    if (n >= 0x660 && n <= 0x669) folded = String(n - 0x660);
    if (n >= 0x6f0 && n <= 0x6f9) folded = String(n - 0x6f0);
    if (/\s/.test(c)) {
      if (white) continue;
      folded = " ";
    }
    white = folded === " ";
    for (const unit of folded.split("")) { key += unit; places.push(i); }
  }
  return { key, places };
}

/**
 * Where `needle` stands in `text`, as marks.
 * @type {(text: string, needle: string) => Mark[]}
 */
export function hits(text, needle) {
  const wanted = fold(needle).key.trim();
  if (!wanted) return [];
  const { key, places } = fold(text);
  /** @type {Mark[]} */
  const found = [];
  for (let at = key.indexOf(wanted); at >= 0; at = key.indexOf(wanted, at + wanted.length)) {
    found.push({ from: places[at], to: places[at + wanted.length - 1] + 1, class: "hit" });
  }
  return found;
}

/**
 * How many bytes the first `units` of `text` have in UTF-8.
 * @type {(text: string, units: number) => number}
 */
export const bytes = (text, units) => new TextEncoder().encode(text.slice(0, units)).length;
