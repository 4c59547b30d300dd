// Words in context over all projects and memories of the folder.

import { download, post } from "./api.js";
import { $, apart, field, made } from "./dom.js";
import { drawn } from "./hits.js";
import { follow, stop } from "./jobs.js";
import { choices } from "./languages.js";
import { fail, say } from "./screen.js";
import { w } from "./words.js";

/** @import { FoundWords, Said, WrittenHits } from "./types.js" */

/** Under what this window keeps what was searched for, so that it is found again by who comes back from a pair. */
const KEY = "muqabala-search";
/** How many pairs are shown at first, and how many more each time. */
const STEP = 100;
const FORMS = /** @type {const} */ (["attached", "forms", "exact"]);
const FILES = /** @type {const} */ (["tsv", "xlsx", "tmx"]);

/** What is searched for. @typedef {{ words: string, matching: string, lang: string }} Asked */

/** @type {Asked | null} */
let asked = null;
/** @type {FoundWords | null} */
let found = null;
let most = STEP;
/** Counts the searches: the answer to an older one is of no use. */
let searches = 0;
/** The search under way. @type {number | null} */
let job = null;

/** What stands in the fields. @returns {Asked} */
const typed = () => ({ words: field("search-words").value.trim(), matching: field("search-forms").value, lang: field("search-lang").value });

/** @param {Extract<Said, { state: "working" }>} said */
function step({ step, left }) {
  $("search-step").textContent = step === "indexing" ? w().indexing(left ?? 0) : w().searching;
}

/**
 * Does some work of the search, and says how far it is; gives nothing where it was stopped.
 * @param {Record<string, unknown>} more what is to be done with what is found
 */
async function work(more) {
  if (!asked) return null;
  const mine = searches;
  $("search-doing").hidden = false;
  step({ state: "working" });
  try {
    ({ job } = await post("/api/search", { ...asked, ...more }));
    return await follow(/** @type {number} */ (job), (said) => { if (mine === searches) step(said); });
  } finally {
    if (mine === searches) {
      job = null;
      $("search-doing").hidden = true;
    }
  }
}

/** Gives up what is under way. */
function giveUp() {
  searches += 1;
  if (job !== null) stop(job).catch(() => { /* it is over already */ });
  job = null;
  $("search-doing").hidden = true;
}

/** Searches for what stands in the fields. @param {number} count how many pairs are to be shown */
async function search(count) {
  giveUp();
  const mine = searches;
  fail($("search-trouble"));
  asked = typed();
  most = count;
  if (!asked.words) {
    [asked, found] = [null, null];
    sessionStorage.removeItem(KEY);
    return draw();
  }
  sessionStorage.setItem(KEY, JSON.stringify(asked));
  try {
    const result = await work({ most });
    if (mine !== searches || !result) return;
    found = result;
    draw();
    say(said());
  } catch (error) {
    if (mine !== searches) return;
    found = null;
    draw();
    fail($("search-trouble"), error);
  }
}

/** How much was found. */
const said = () => (found ? w().foundPairs(found.hits.length, found.more) : "");

/** Writes all that is found into a file. @param {string} format */
async function write(format) {
  fail($("search-trouble"));
  try {
    /** @type {WrittenHits | null} */
    const made = await work({ write: format });
    if (!made) return;
    await save(made);
    say(w().wrote(made.pairs, made.leftOut));
  } catch (error) {
    fail($("search-trouble"), error);
  }
}

/** @param {WrittenHits} file */
async function save({ upload, name }) {
  const blob = await download("/api/file", { upload });
  const url = URL.createObjectURL(blob);
  made("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  await post("/api/discard", { uploads: [upload] });
}

export function draw() {
  const select = (/** @type {string} */ id, /** @type {HTMLOptionElement[]} */ options) => {
    const place = /** @type {HTMLSelectElement} */ ($(id));
    const { value } = place;
    place.replaceChildren(...options);
    place.value = value || options[0].value;
  };
  select("search-forms", FORMS.map((value) => made("option", { value, textContent: w().forms[value] })));
  select("search-lang", choices(null, w().anyLanguage));
  const place = $("search-found");
  place.hidden = !found;
  if (!found) return place.replaceChildren();
  /** @type {HTMLElement[]} */
  const parts = [made("p", { className: "count" }, said())];
  parts.push(made("p", { className: "note", textContent: w().searched(found.files, found.pairs) }));
  if (found.troubles.length) {
    const items = found.troubles.map(([file, why]) => made("li", {}, apart(file), ": ", made("span", { lang: "en", dir: "ltr" }, apart(why))));
    parts.push(made("details", { className: "note" }, made("summary", { textContent: w().notAllRead }), made("ul", {}, ...items)));
  }
  if (found.hits.length) {
    const buttons = FILES.map((format) => {
      const button = made("button", { type: "button", textContent: w().hitFiles[format] });
      button.addEventListener("click", () => write(format));
      return button;
    });
    const group = made("div", { className: "buttons", role: "group" }, made("span", { className: "note", textContent: w().exportHits }), ...buttons);
    group.setAttribute("aria-label", w().exportHits);
    parts.push(group);
  }
  const list = made("ol", { className: "hits" }, ...found.hits.map((hit) => drawn(hit, $("search-trouble"))));
  if (found.more) {
    const more = made("button", { type: "button", textContent: w().showMore(STEP) });
    more.addEventListener("click", () => { search(most + STEP).then(() => field("search-words").focus()); });
    return place.replaceChildren(...parts, list, more);
  }
  place.replaceChildren(...parts, ...(found.hits.length ? [list] : []));
}

/** Shows again what was found before the page was left for a pair; pairs may stand elsewhere since. */
export async function resume() {
  /** @type {Partial<Asked> | null} */
  let kept = null;
  try { kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null"); } catch { /* not ours */ }
  if (typeof kept?.words !== "string" || !kept.words) return;
  field("search-words").value = kept.words;
  field("search-forms").value = String(kept.matching ?? FORMS[0]);
  field("search-lang").value = String(kept.lang ?? "");
  if (!$("view-search").hidden) await search(most);
}

export function listen() {
  $("search-form").addEventListener("submit", (event) => {
    event.preventDefault();
    search(STEP);
  });
  $("search-cancel").addEventListener("click", () => {
    giveUp();
    say(w().searchStopped);
    field("search-words").focus();
  });
  // Who comes here wants to type.
  window.addEventListener("hashchange", () => {
    if ($("view-search").hidden) return;
    field("search-words").focus();
    if (!found) resume().catch(() => { /* it says so itself */ });
  });
}

