// What is to be looked at in the texts: a list by kind, each item a click from its pair.

import { get } from "./api.js";
import { show } from "./dialogs.js";
import { apart, made } from "./dom.js";
import { KINDS, detailed } from "./finding_words.js";
import { number } from "./numbers.js";
import { go, show as view } from "./screen.js";
import { state } from "./state.js";
import { direction } from "./text.js";
import { pick, w } from "./words.js";

/** @import { Finding, Findings } from "./types.js" */

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
  const more = code === "contradiction" ? "" : detailed(detail);
  if (more) button.append(made("span", { className: "detail", textContent: more }));
  button.dataset.row = String(row);
  buttons.push(button);
  return button;
}
