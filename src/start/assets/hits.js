// What a search found, drawn: each pair with its place, the text in which the words stand, and its counterpart.

import { get } from "./api.js";
import { show } from "./dialogs.js";
import { apart, made } from "./dom.js";
import { called } from "./languages.js";
import { number } from "./numbers.js";
import { fail } from "./screen.js";
import { direction, fill } from "./text.js";
import { w } from "./words.js";
import { visit } from "./projects.js";

/** @import { Hit } from "./types.js" */

/** What a file is called: a project by its name, a memory by that of its file. @type {(hit: Hit) => string} */
const title = ({ project, file }) => project ?? file;

/**
 * One text of a pair, the words found in it lit up.
 * @param {Hit} hit
 * @param {0 | 1} side
 */
function text(hit, side) {
  const lang = hit.languages[side];
  const p = made("p", { className: "hit-text", lang, dir: direction(lang), title: lang ? called(lang) : "" });
  const pieces = hit.texts[side];
  if (!pieces.join("")) return made("p", { className: "hit-text none", textContent: w().alone });
  /** @type {{ from: number, to: number }[]} */
  const marks = [];
  let at = 0;
  pieces.forEach((piece, i) => {
    // Every second piece is a word found.
    if (i % 2) marks.push({ from: at, to: at + piece.length });
    at += piece.length;
  });
  fill(p, pieces.join(""), { marks });
  return p;
}

/** The side that is shown first: that with the words. @type {(hit: Hit) => 0 | 1} */
const leading = (hit) => (hit.texts[0].length > 1 || hit.texts[1].length < 2 ? 0 : 1);

/**
 * The two texts.
 * @param {Hit} hit
 * @param {0 | 1} first
 */
function texts(hit, first) {
  return made("div", { className: "hit-texts" }, text(hit, first), text(hit, first ? 0 : 1));
}

/**
 * A pair that was found.
 * @param {Hit} hit
 * @param {HTMLElement} trouble where it is said if it cannot be opened
 */
export function drawn(hit, trouble) {
  const open = made("button", { type: "button", className: "open" }, apart(title(hit)), " ", made("span", { className: "pair-number", textContent: w().pairNumber(hit.number) }));
  open.addEventListener("click", () => {
    fail(trouble);
    const going = hit.project ? visit(hit.project, hit) : around(hit, open);
    going.catch((error) => fail(trouble, error));
  });
  const head = made("div", { className: "hit-head" }, open);
  if (hit.project) {
    const near = made("button", { type: "button", textContent: w().around });
    near.setAttribute("aria-label", `${w().around}: ${title(hit)}, ${w().pairNumber(hit.number)}`);
    near.addEventListener("click", () => {
      fail(trouble);
      around(hit, near).catch((error) => fail(trouble, error));
    });
    head.append(near);
  }
  return made("li", { className: "hit" }, head, texts(hit, leading(hit)));
}

/**
 * Shows the pairs around one that was found.
 * @param {Hit} hit
 * @param {HTMLElement} from where the focus goes back to
 */
async function around(hit, from) {
  /** @type {{ number: number, pairs: Hit[] }} */
  const { number: now, pairs } = await get("/api/around", { file: hit.file, number: hit.number, mark: hit.mark });
  const list = made("ol", { className: "around" });
  for (const pair of pairs) {
    // The words found stay lit up.
    const shown = pair.number === now && pair.languages.join() === hit.languages.join() ? hit : pair;
    const item = made("li", {}, made("span", { className: "pair-number", textContent: number(pair.number) }), texts(shown, leading(hit)));
    if (shown === hit) item.setAttribute("aria-current", "true");
    list.append(item);
  }
  const close = made("button", { type: "button", textContent: w().close });
  const actions = made("div", { className: "actions" }, close);
  const heading = made("h2", { id: "question" }, apart(title(hit)), ` · ${w().pairNumber(now)}`);
  const box = made("div", { className: "around-box", tabIndex: 0 }, list);
  box.setAttribute("role", "region");
  box.setAttribute("aria-labelledby", "question");
  await show(made("div", { className: "around-dialog" }, heading, box, actions), (end) => {
    close.addEventListener("click", () => end(null));
    close.classList.add("main");
    close.focus();
    list.querySelector("[aria-current]")?.scrollIntoView({ block: "center" });
  });
  from.focus();
}
