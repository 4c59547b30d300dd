// What the findings in the texts are called, and what more there is to say of one, in the language of the page.

import { number } from "./numbers.js";
import { pick } from "./words.js";

/** @import { Words } from "./types.js" */

/** The kinds, in the order in which they are shown. @type {Record<string, Words>} */
export const KINDS = {
  "number-mismatch": ["Numbers differ", "أعداد مختلفة"],
  "placeholder-differs": ["Placeholders differ", "عناصر نائبة مختلفة"],
  "untranslated": ["Not translated", "نص غير مترجم"],
  "contradiction": ["Same source, another translation", "الأصل نفسه بترجمة أخرى"],
  "swapped-languages": ["The two languages are swapped", "اللغتان متبادلتان"],
  "wrong-script": ["Text in another script", "نص بأبجدية أخرى"],
  "length-ratio": ["Lengths far apart", "طولان متباعدان"],
  "long-segment": ["Very long text", "نص طويل جدًا"],
  "double-blank": ["Double blanks", "فراغ مزدوج"],
  "hidden-mark": ["Hidden marks", "علامات خفية"],
  "bidi-override": ["Marks that turn the text around", "علامات تقلب اتجاه النص"],
  "bidi-unbalanced": ["Marks of direction that are not closed", "علامات اتجاه غير مغلقة"],
  "mojibake": ["Garbled letters", "حروف مشوَّهة"],
  "lost-characters": ["Lost characters", "محارف ضائعة"],
  "presentation-forms": ["Letters in forms for display", "حروف بأشكال العرض"],
  "soft-hyphen": ["Soft hyphens", "شرطات خفية"],
  "double-escaped": ["Escaped twice", "ترميز مكرَّر"],
};

/** Codes of the scripts that the rules name in English. @type {Record<string, string>} */
const SCRIPTS = {
  Latin: "Latn", Cyrillic: "Cyrl", Greek: "Grek", Arabic: "Arab", Hebrew: "Hebr", Han: "Hani", Kana: "Kana", Hangul: "Hang", Thai: "Thai",
  Devanagari: "Deva", Bengali: "Beng", Armenian: "Armn", Georgian: "Geor", Ethiopic: "Ethi", Gurmukhi: "Guru", Gujarati: "Gujr", Odia: "Orya",
  Tamil: "Taml", Telugu: "Telu", Kannada: "Knda", Malayalam: "Mlym", Sinhala: "Sinh", Thaana: "Thaa", Lao: "Laoo", Burmese: "Mymr",
  Khmer: "Khmr", Tibetan: "Tibt",
};

/**
 * The Arabic name of a language or a script, or its code where there is none.
 * @param {"language" | "script"} type
 * @param {string} code
 */
function named(type, code) {
  try { return new Intl.DisplayNames(["ar"], { type }).of(code) ?? code; } catch { return code; }
}

/** A text that stands as it is in an Arabic line. @type {(text: string) => string} */
const kept = (text) => `\u2068${text}\u2069`;

/** What the rules say, and the same in Arabic; nothing where the kind and the texts say all. @type {[RegExp, (...found: string[]) => string][]} */
const RULES = [
  [/^(.+) only in (\S+)$/s, (what, lang) => `${kept(what)} في ${named("language", lang)} وحدها`],
  [/^U\+FFFD × (\d+)/, (n) => `عددها ${number(Number(n))}`],
  [/^(U\+[0-9A-F]+)/, (code) => kept(code)],
  [/^question marks in place of letters/, () => "علامات استفهام مكان الحروف"],
  [/^(\d+) and (\d+) characters$/, (a, b) => `عدد المحارف ${number(Number(a))} مقابل ${number(Number(b))}`],
  [/^(\d+) characters$/, (n) => `عدد المحارف ${number(Number(n))}`],
  [/^(\d+) presentation forms/, (n) => `عددها ${number(Number(n))}`],
  [/^soft hyphens × (\d+)/, (n) => `عددها ${number(Number(n))}`],
  [/^marked (\S+), but in (.+) script:/, (lang, script) => `يُفترض أنه ب${named("language", lang)}، لكن حروفه من: ${SCRIPTS[script] ? named("script", SCRIPTS[script]) : "كتابة أخرى"}`],
  [/^[^:]+: `.*` was `(.*)`$/s, (meant) => `صوابه: ${kept(meant)}`],
];

/**
 * What the rules of the program say of a finding, in the language of the page.
 * @param {string} detail
 */
export function detailed(detail) {
  if (pick([true, false])) return detail;
  const [whole] = RULES.flatMap(([rule, say]) => {
    const found = rule.exec(detail);
    return found ? [say(...found.slice(1))] : [];
  });
  if (whole && !detail.includes("; ")) return whole;
  // What each of the sides lacks.
  const parts = detail.split("; ").map((part) => RULES[0][0].exec(part));
  return parts.every(Boolean) ? parts.map((found) => RULES[0][1](...(found ?? []).slice(1))).join("؛ ") : whole ?? "";
}
