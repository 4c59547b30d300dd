// What is to be looked at in the texts: a list by kind, each item a click from its pair.

import { get } from "./api.js";
import { show } from "./dialogs.js";
import { apart, made } from "./dom.js";
import { number } from "./numbers.js";
import { go, show as view } from "./screen.js";
import { state } from "./state.js";
import { direction } from "./text.js";
import { pick, w } from "./words.js";

/** @import { Finding, Findings, Words } from "./types.js" */

/** The kinds, in the order in which they are shown. @type {Record<string, Words>} */
const KINDS = {
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

/** The list, and going to what is chosen from it. */
export async function findings() {
  /** @type {Findings} */
  const { found, counts } = await get("/api/findings");
  const body = made("div", { className: "findings" }, made("h2", { textContent: pick(["To look at in the texts", "ما يُنظر فيه في النصوص"]), id: "question" }));
  /** @type {HTMLButtonElement[]} */
  const buttons = [];
  for (const [code, word] of Object.entries(KINDS)) {
    const of = found.filter((item) => item.code === code);
    if (!of.length) continue;
    const items = of.map((item) => made("li", {}, entry(item, buttons)));
    body.append(made("h3", {}, `${pick(word)} `, made("span", { className: "count", textContent: number(counts[code]) })), made("ul", {}, ...items));
  }
  if (!buttons.length) body.append(made("p", { textContent: pick(["Nothing was found.", "لم يُعثر على شيء."]) }));
  const close = made("button", { type: "button", className: "main", textContent: w().close });
  body.append(made("div", { className: "actions" }, close));
  const row = await show(body, (end) => {
    close.addEventListener("click", () => end(null));
    for (const button of buttons) button.addEventListener("click", () => end(Number(button.dataset.row)));
    (buttons[0] ?? close).focus();
  });
  if (row === null) return;
  if (state.view && state.indexOf(row) < 0) view(null);
  go(row, "centre");
}

/** @type {(item: Finding, buttons: HTMLButtonElement[]) => HTMLElement} */
function entry({ row, code, detail, source, target }, buttons) {
  const { languages } = state.project;
  const texts = [[source, languages.source], [target, languages.target]].map(([text, lang]) => made("span", { className: "text", textContent: text, lang, dir: direction(lang) }));
  const button = made("button", { type: "button" }, apart(number(row + 1), { className: "number" }), ...texts);
  // What the rules say of it is English.
  if (detail && code !== "contradiction" && document.documentElement.lang === "en") button.append(made("span", { className: "detail", textContent: detail }));
  button.dataset.row = String(row);
  buttons.push(button);
  return button;
}
