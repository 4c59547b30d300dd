// Memories: what is wrong with a TMX, and others made of it to download.

import { discard, download, post, upload } from "./api.js";
import { $, apart, made } from "./dom.js";
import { droppable, picker } from "./files.js";
import { follow, stop } from "./jobs.js";
import { kind } from "./kinds.js";
import { called } from "./languages.js";
import { number } from "./numbers.js";
import { fail, say } from "./screen.js";
import { spoken, w } from "./words.js";

/** @import { Found, Kind, Made, MemoryFinding } from "./types.js" */

/** @type {{ upload: number, name: string, found: Found } | null} */
let memory = null;
/** @type {Made[]} */
let results = [];
/** The kinds whose units are to be left out. @type {Set<string>} */
const dropped = new Set();
/** @type {(() => void) | null} */
let cancel = null;

/** What this page has sent. */
export const sent = () => [...(memory ? [memory.upload] : []), ...results.map((made) => made.upload)];

/** Forgets the memory, and all that was made of it. */
function forget() {
  discard(sent());
  [memory, results] = [null, []];
  dropped.clear();
}

/**
 * Does some work, and shows how far it is; gives nothing where it was stopped.
 * @param {string} text
 * @param {(step: (share: number | null) => void, signal: AbortSignal) => Promise<number>} begin begins the job
 */
async function work(text, begin) {
  const trouble = $("memory-trouble");
  fail(trouble);
  $("memory-doing").hidden = false;
  $("memory-step").textContent = text;
  $("view-memories").toggleAttribute("aria-busy", true);
  const bar = /** @type {HTMLProgressElement} */ ($("memory-bar"));
  bar.removeAttribute("value");
  const sending = new AbortController();
  let over = false;
  /** @type {number | null} */
  let job = null;
  cancel = () => {
    over = true;
    sending.abort();
    if (job !== null) stop(job).catch(() => { /* it is over already */ });
  };
  try {
    job = await begin((share) => { if (share !== null && share < 1) bar.value = share; else bar.removeAttribute("value"); }, sending.signal);
    if (over) cancel();
    return await follow(job, () => {});
  } catch (error) {
    if (!over) fail(trouble, error);
    return null;
  } finally {
    if (over) say(w().stopped);
    cancel = null;
    $("memory-doing").hidden = true;
    $("view-memories").removeAttribute("aria-busy");
  }
}

/** @param {File} file */
async function take(file) {
  cancel?.();
  forget();
  draw();
  /** @type {number | null} */
  let number = null;
  /** @type {Found | null} */
  const found = await work(w().checking, async (share, signal) => {
    ({ upload: number } = await upload(file.name, file, { signal, share }));
    return (await post("/api/check", { upload: number })).job;
  });
  if (number === null) return;
  if (!found) return discard([number]);
  memory = { upload: number, name: file.name, found };
  for (const one of found.kinds) if (one.dropped) dropped.add(one.code);
  draw();
  $("memory-title").focus();
}

/** @param {Record<string, unknown>} making */
async function make(making) {
  if (!memory) return;
  const { upload: number } = memory;
  /** @type {Made | null} */
  const result = await work(w().making, async () => (await post("/api/make", { upload: number, making })).job);
  if (!result) return;
  results = [result, ...results];
  draw();
  /** @type {HTMLElement | null} */ (document.querySelector(".result button"))?.focus();
}

/** @param {Made} result */
async function save(result) {
  try {
    const url = URL.createObjectURL(await download("/api/file", { upload: result.upload }));
    const link = made("a", { href: url, download: result.name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  } catch (error) {
    fail($("memory-trouble"), error);
  }
}

/** @param {MemoryFinding} finding */
function finding({ line, unit, detail, texts }) {
  const place = made("p", { className: "note" }, w().place(line, unit), " ", made("span", { lang: "en", dir: "ltr" }, apart(detail)));
  const shown = texts.map(([lang, text]) => made("p", { className: "starts", lang, dir: "auto", textContent: text }));
  return made("li", {}, place, ...shown);
}

/** @param {Kind} one */
function kindOf(one) {
  const own = kind(spoken(), one.code, one.text);
  const badge = made("span", { className: `badge ${one.severity}`, textContent: w().severity[one.severity] });
  const summary = made("summary", {}, badge, " ", apart(own), " ", made("b", {}, apart(`× ${number(one.count)}`)));
  const how = made("p", { className: "note", textContent: w().mends[one.mend] });
  const list = made("ul", { className: "findings" }, ...one.findings.map(finding));
  const more = one.count > one.findings.length ? [made("p", { className: "note", textContent: w().shownOf(one.findings.length, one.count) })] : [];
  const details = made("details", { className: "kind" }, summary, how, list, ...more);
  if (one.mend !== "clean") return details;
  const box = made("input", { type: "checkbox", checked: dropped.has(one.code) });
  box.addEventListener("change", () => { if (box.checked) dropped.add(one.code); else dropped.delete(one.code); });
  return made("div", { className: "kind-row" }, details, made("label", { className: "check" }, box, made("span", { textContent: w().leaveOut })));
}

/** @param {Made} result */
function resultOf(result) {
  const { report } = result;
  const counts = (/** @type {[string, string, number][]} */ list) => list.map(([code, text, count]) => made("li", {}, apart(kind(spoken(), code, text)), " ", apart(`× ${number(count)}`)));
  const lists = [];
  for (const [name, list] of /** @type {const} */ ([["mended", report.mended], ["leftOut", report.leftOut], ["lost", report.lost]])) {
    if (list?.length) lists.push(made("p", { className: "note", textContent: w().done[name] }), made("ul", {}, ...counts(list)));
  }
  const said = [made("p", { className: "note", textContent: w().units(report.units) })];
  if (report.without) said.push(made("p", { className: "note", textContent: w().without(report.without) }));
  if (report.unreadable) said.push(made("p", { className: "note bad", textContent: w().unreadable(report.unreadable) }));
  const told = result.told.map(({ line, detail }) => made("li", {}, w().place(line, null), " ", made("span", { lang: "en", dir: "ltr" }, apart(detail))));
  if (told.length) lists.push(made("ul", { className: "note" }, ...told));
  const button = made("button", { type: "button", className: "main", textContent: w().download });
  button.setAttribute("aria-label", `${w().download}: ${result.name}`);
  button.addEventListener("click", () => save(result));
  return made("section", { className: "result" }, made("div", { className: "heading" }, made("h3", {}, apart(result.name)), button), ...said, ...lists);
}

/** What can be made of the memory. @param {Found} found */
function makers(found) {
  const button = (/** @type {string} */ text, /** @type {() => Record<string, unknown>} */ making, main = false) => {
    const one = made("button", { type: "button", textContent: text, className: main ? "main" : "" });
    one.addEventListener("click", () => make(making()));
    return one;
  };
  const has = (/** @type {string} */ mend) => found.kinds.some((one) => one.mend === mend);
  const drop = () => found.kinds.filter((one) => dropped.has(one.code)).map((one) => one.code);
  const buttons = made("div", { className: "buttons" }, button(w().mend, () => ({ what: "fix" }), true));
  if (has("clean")) buttons.append(button(w().mendAndClean, () => ({ what: "both", drop: drop() })), button(w().cleanOnly, () => ({ what: "clean", drop: drop() })));
  const parts = [made("h3", { textContent: w().makeTitle }), buttons];
  if (found.pairs.length) {
    const names = found.pairs.map(([pair, count]) => {
      const [source, target] = pair.split(" → ");
      const arrow = spoken() === "ar" ? "←" : "→";
      return made("option", { value: pair, textContent: `${called(source)} ${arrow} ${called(target)} (${source} ${arrow} ${target}): ${w().units(count)}` });
    });
    const select = made("select", { id: "memory-pair" }, ...names);
    const take = button(w().takeOut, () => {
      const [source, target] = select.value.split(" → ");
      return { what: "extract", source, target };
    });
    parts.push(made("div", { className: "buttons" }, made("label", {}, made("span", { textContent: `${w().pairOf} ` }), select), take));
  }
  return parts;
}

export function draw() {
  const slot = $("memory-slot");
  slot.classList.toggle("full", memory !== null);
  const title = made("p", { className: memory ? "given" : "hint" }, ...(memory ? [made("b", {}, apart(memory.name))] : [w().dropMemory]));
  slot.replaceChildren(title, picker(memory ? w().other : w().choose, { id: "file-memory" }, ([file]) => { if (file) take(file); }));
  const place = $("memory-found");
  $("memory-sheet").hidden = memory === null;
  if (!memory) return place.replaceChildren();
  const { found } = memory;
  const of = (/** @type {string} */ severity) => found.kinds.filter((one) => one.severity === severity).reduce((sum, one) => sum + one.count, 0);
  const summary = made("p", { textContent: found.kinds.length ? w().memorySays(found.units, of("error"), of("warning"), of("note")) : w().memoryGood(found.units) });
  const order = ["error", "warning", "note"];
  const kinds = [...found.kinds].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  place.replaceChildren(...results.map(resultOf), summary, ...makers(found), made("h3", { textContent: w().findings, hidden: !kinds.length }), ...kinds.map(kindOf));
}

export function listen() {
  droppable($("view-memories"), ([file]) => { take(file); });
  $("memory-cancel").addEventListener("click", () => cancel?.());
}
