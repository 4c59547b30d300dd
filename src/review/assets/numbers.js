// Numbers as the language of the page writes them.

/** Digits are named, so that they do not hang on where the browser stands. */
const LOCALES = { en: "en-u-nu-latn", ar: "ar-u-nu-arab" };

/** @typedef {{ zero?: string, one: string, two?: string, few?: string, many?: string, other: string }} Forms */

let plain = new Intl.NumberFormat(LOCALES.en);
let plural = new Intl.PluralRules(LOCALES.en);
let arabic = false;

/**
 * Writes numbers as this language does from here on.
 * @param {"en" | "ar"} language
 */
export function writeIn(language) {
  plain = new Intl.NumberFormat(LOCALES[language], { useGrouping: "min2", maximumFractionDigits: 2 });
  plural = new Intl.PluralRules(LOCALES[language]);
  arabic = language === "ar";
}

/**
 * A number. None is a word in Arabic, where the digit ٠, alone, looks like a dot.
 * @type {(n: number) => string}
 */
export const number = (n) => (n === 0 ? (arabic ? "صفر" : "0") : plain.format(n));

/**
 * A percentage: 95% in English, ٩٥٪ in Arabic.
 * @type {(n: number) => string}
 */
export const percent = (n) => `${number(n)}${arabic ? "٪" : "%"}`;

/**
 * A number with its noun: `#` in the form stands for the number.
 * @type {(n: number, forms: Forms) => string}
 */
export const counted = (n, forms) => (/** @type {Record<string, string>} */ (forms)[plural.select(n)] ?? forms.other).replace("#", number(n));
