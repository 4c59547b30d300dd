// The places that need the reader, one after another: what stands there and its rivals as whole small alignments side
// by side, of which the pairs that differ are coloured. A number takes a rival, Enter accepts what stands and goes on.

import { get } from "./api.js";
import { $, apart, made } from "./dom.js";
import { number } from "./numbers.js";
import { plural, shown as share } from "./said.js";
import { fail, go, keepFocus, list } from "./screen.js";
import { on } from "./signals.js";
import { state } from "./state.js";
import { direction } from "./text.js";
import { pick } from "./words.js";

/** @import { Forms } from "./numbers.js" */
/** @import { Alternatives, SmallPair, Words } from "./types.js" */

const SIDES = /** @type {const} */ (["source", "target"]);

/** @type {[Forms, Forms]} */
const NEEDS = [
  { one: "# place needs you", other: "# places need you" },
  { one: "موضع واحد يحتاج إليك", two: "موضعان يحتاجان إليك", few: "# مواضع تحتاج إليك", many: "# موضعًا يحتاج إليك", other: "# موضع يحتاج إليك" },
];

/** @type {Record<"title" | "stands" | "instead" | "none" | "alone" | "next" | "leave" | "last" | "end" | "again" | "sure", Words>} */
const WORDS = {
  title: ["Places that need you", "مواضع تحتاج إليك"],
  stands: ["Stands now", "القائم الآن"],
  instead: ["Instead", "البديل"],
  none: ["no counterpart", "بلا مقابل"],
  alone: ["There is no other way to cut this place.", "لا تقسيم آخر لهذا الموضع."],
  next: ["Next place", "الموضع التالي"],
  leave: ["Close", "إغلاق"],
  last: ["That was the last place. Nothing needs you any more.", "كان هذا الموضع الأخير، ولم يبقَ ما يحتاج إليك."],
  end: ["You are at the end of the document. Places were left open:", "وصلت إلى نهاية المستند، وبقيت مواضع مفتوحة:"],
  again: ["From the top", "من البداية"],
  sure: ["Nothing is in doubt here.", "لا شك في هذا الموضع."],
};

const box = made("section", { id: "places", hidden: true });
const button = made("button", { type: "button", id: "needs" });
button.dataset.do = "doubts";

/** Where the reader is on the way through the places. @type {"closed" | "at" | "end"} */
let stage = "closed";
/** Counts what is asked: an answer to an older question is of no use. */
let asked = 0;

/** Whether the places are gone through now. */
export const isOpen = () => stage !== "closed";

/** Whether the end was reached: there is no place to decide on. */
export const isOver = () => stage === "end";

/** @returns {Promise<number[]>} */
const places = async () => (await get("/api/find", { only: "doubtful" })).rows;

/** Begins with the place where the reader is, else with the first; after the end with the first. */
export async function start() {
  const isAgain = isOver();
  stage = "at";
  const rows = await places();
  const from = !isAgain && rows.includes(state.position) ? state.position - 1 : -1;
  await come(rows, from);
}

/** Goes to the next place, or says that there is none. */
export const advance = async () => come(await places(), state.position);

/** @type {(rows: number[], from: number) => Promise<void>} */
async function come(rows, from) {
  const row = rows.find((position) => position > from);
  if (row === undefined) return finish(rows.length);
  stage = "at";
  go(row, "centre");
  await shown(rows);
}

/** Leaves the places. */
export function close() {
  stage = "closed";
  state.ways = null;
  box.hidden = true;
  list.soon();
  keepFocus();
}

/** @param {number} left */
function finish(left) {
  stage = "end";
  state.ways = null;
  const said = left ? `${pick(WORDS.end)} ${number(left)}` : pick(WORDS.last);
  const parts = [made("p", { className: "end", textContent: said }), buttons(left ? ["again", "leave"] : ["leave"])];
  fill(...parts);
  const first = box.querySelector("button");
  first?.focus();
}

/** @param {("next" | "again" | "leave")[]} which */
function buttons(which) {
  /** @type {Record<string, [string, string]>} */
  const doing = { next: ["nextDoubtful", "n"], again: ["doubts", ""], leave: ["escape", "Esc"] };
  return made("div", { className: "buttons" }, ...which.map((name) => {
    const b = made("button", { type: "button" }, pick(WORDS[name]), " ");
    if (doing[name][1]) b.append(made("kbd", { textContent: doing[name][1] }));
    b.dataset.do = doing[name][0];
    return b;
  }));
}

/** @param {HTMLElement[]} parts */
function fill(...parts) {
  box.lang = document.documentElement.lang;
  box.setAttribute("aria-label", pick(WORDS.title));
  box.replaceChildren(...parts);
  box.hidden = false;
  list.soon();
  list.reveal(list.current);
}

/**
 * Shows the place where the reader is.
 * @param {number[]} [rows] the places, if they are known
 */
async function shown(rows) {
  asked += 1;
  const mine = asked;
  const { bead } = state;
  if (!bead) return;
  try {
    const [ways, all] = await Promise.all([/** @type {Promise<Alternatives>} */ (get(`/api/alternatives/${bead.id}`)), rows ?? places()]);
    if (mine !== asked || stage !== "at" || state.bead?.id !== bead.id) return;
    state.ways = ways;
    const index = all.indexOf(state.position);
    const place = index < 0 ? pick(WORDS.sure) : pick([`${number(index + 1)} / ${number(all.length)}`, `${number(index + 1)} من ${number(all.length)}`]);
    const head = made("div", { className: "head" }, made("strong", { textContent: pick(WORDS.title) }), made("span", { className: "place", textContent: place }), buttons(["next", "leave"]));
    const cards = [card("Enter", "accept", pick(WORDS.stands), "", ways.stands)];
    ways.rivals.forEach((rival, i) => cards.push(card(String(i + 1), "rival", pick(WORDS.instead), share(rival.probability), rival.pairs)));
    const ended = made("div", { className: "ways" }, ...cards);
    if (!ways.rivals.length) ended.append(made("p", { textContent: pick(WORDS.alone) }));
    fill(head, ended);
  } catch (error) {
    fail(error);
  }
}

/**
 * A small alignment, with the key that takes it.
 * @type {(key: string, action: string, title: string, likely: string, pairs: SmallPair[]) => HTMLElement}
 */
function card(key, action, title, likely, pairs) {
  const { languages } = state.project;
  const take = made("button", { type: "button", className: "take" }, made("kbd", { textContent: key }), " ", title);
  if (likely) take.append(" ", apart(likely));
  Object.assign(take.dataset, { do: action, key });
  const rows = pairs.map(({ texts, differs }) => made("div", { className: differs ? "small differs" : "small" }, ...SIDES.map((side) => {
    const segments = texts[side].map((textContent) => made("p", { textContent, lang: languages[side], dir: direction(languages[side]) }));
    return made("div", {}, ...(segments.length ? segments : [made("p", { className: "none", textContent: pick(WORDS.none) })]));
  })));
  return made("div", { className: "way" }, take, ...rows);
}

/** How many places need the reader, on the button that leads there. */
function count() {
  const n = state.project.counts.doubtful;
  button.textContent = plural(NEEDS, n);
  button.lang = document.documentElement.lang;
  button.hidden = n === 0;
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Listens to where the reader goes. */
export function listen() {
  $("table").before(box);
  $("counts").after(button);
  on("counts", count);
  on("project", count);
  on("moved", () => {
    if (stage !== "at" || state.ways?.id === state.bead?.id) return;
    clearTimeout(timer);
    timer = setTimeout(() => { if (stage === "at" && state.ways?.id !== state.bead?.id) shown(); }, 120);
  });
  on("project", () => { if (stage === "at") shown(); else if (stage === "end") close(); });
}
