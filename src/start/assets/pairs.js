// Many pairs: two lists of documents are paired by their names, sent and aligned one after the other.

import { discard, get, post, upload } from "./api.js";
import { $, apart, field, made } from "./dom.js";
import { picker } from "./files.js";
import { follow, stop } from "./jobs.js";
import { called } from "./languages.js";
import { run, visit } from "./projects.js";
import { fail, say, told } from "./screen.js";
import { spoken, w } from "./words.js";

/** @import { PairRow, Side } from "./types.js" */
/** A document with its name in its folder. @typedef {{ name: string, file: File }} Document */
/** What the server paired. @typedef {{ pairs: { name: string, source: number, target: number }[], several: string[], alone: [number[], number[]] }} Paired */

/** Under which the page remembers its job, for when it comes back from a review. */
const KEY = "muqabala-pairs";
const SIDES = /** @type {const} */ (["source", "target"]);

/** @type {Record<Side, Document[]>} */
let given = { source: [], target: [] };
/** @type {Paired | null} */
let paired = null;
/** @type {PairRow[]} */
let rows = [];
/** What was sent and not aligned yet. @type {Set<number>} */
const waiting = new Set();
/** @type {(() => void) | null} */
let cancel = null;

/** What this page has sent. */
export const sent = () => [...waiting];

/**
 * The name of a chosen file in its folder, without that of the folder itself.
 * @param {File} file
 */
const inFolder = (file) => (file.webkitRelativePath ? file.webkitRelativePath.split("/").slice(1).join("/") : file.name);

/**
 * All files of what was dropped: folders are gone through.
 * @param {FileSystemEntry} entry
 * @param {string} before
 * @returns {Promise<Document[]>}
 */
async function inside(entry, before = "") {
  if (entry.name.startsWith(".")) return [];
  if (entry.isFile) {
    const file = await new Promise((done, failed) => { /** @type {FileSystemFileEntry} */ (entry).file(done, failed); });
    return [{ name: before + entry.name, file }];
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  /** @type {Document[]} */
  const all = [];
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((done, failed) => { reader.readEntries(done, failed); });
    if (!some.length) return all;
    for (const one of some) all.push(...(await inside(one, `${before}${entry.name}/`)));
  }
}

/**
 * Takes documents for a side, and finds out which are pairs.
 * @param {Side} side
 * @param {Document[]} documents
 */
async function take(side, documents) {
  given[side] = documents.filter(({ name }) => !name.split("/").some((part) => part.startsWith(".")));
  paired = null;
  fail($("pairs-trouble"));
  draw();
  if (!given.source.length || !given.target.length) return;
  try {
    const names = Object.fromEntries(SIDES.map((one) => [one, given[one].map(({ name }) => name)]));
    paired = await post("/api/pair", names);
  } catch (error) {
    fail($("pairs-trouble"), error);
  }
  draw();
}

/**
 * @param {Side} side
 * @param {DragEvent} event
 */
async function dropped(side, event) {
  const entries = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const folders = entries.filter((entry) => entry.isDirectory);
  const bare = (/** @type {Document[]} */ all) => all.map(({ name, file }) => ({ name: name.split("/").slice(1).join("/"), file }));
  if (folders.length === 2 && entries.length === 2) {
    await take("source", bare(await inside(folders[0])));
    await take("target", bare(await inside(folders[1])));
  } else if (folders.length === 1 && entries.length === 1) await take(side, bare(await inside(folders[0])));
  else await take(side, (await Promise.all(entries.map((entry) => inside(entry)))).flat());
}

/** @param {Side} side */
function zone(side) {
  const place = $(`pairs-${side}`);
  const documents = given[side];
  place.classList.toggle("full", documents.length > 0);
  const legend = made("legend", {}, made("span", { className: "title", textContent: w()[side] }));
  const text = documents.length ? w().documents(documents.length) : w().dropFolder;
  const files = picker(w().chooseFiles, { multiple: true, id: `files-${side}` }, (chosen) => take(side, chosen.map((file) => ({ name: file.name, file }))));
  const folder = picker(w().chooseFolder, { id: `folder-${side}` }, (chosen) => take(side, chosen.map((file) => ({ name: inFolder(file), file }))));
  folder.querySelector("input")?.setAttribute("webkitdirectory", "");
  place.replaceChildren(legend, made("p", { className: "hint", textContent: text }), made("div", { className: "buttons" }, folder, files));
}

/** @param {string} text @param {string[]} names */
function listed(text, names) {
  const list = made("ul", {}, ...names.slice(0, 200).map((name) => made("li", {}, apart(name))));
  return made("details", {}, made("summary", { textContent: text }), list);
}

/** What was paired, before it is aligned. */
/** @returns {HTMLElement[]} */
function preview() {
  if (!paired) return [];
  const { pairs, several, alone } = paired;
  /** @type {HTMLElement[]} */
  const parts = [made("p", { id: "pairs-count", textContent: w().pairsFound(pairs.length) })];
  if (pairs.length) {
    const name = (/** @type {Side} */ side, /** @type {number} */ at) => given[side][at].name;
    const arrow = spoken() === "ar" ? " ← " : " → ";
    parts.push(listed(w().pairsShow, pairs.map((pair) => `\u2068${name("source", pair.source)}\u2069${arrow}\u2068${name("target", pair.target)}\u2069`)));
  }
  const lone = SIDES.flatMap((side, i) => alone[i].map((at) => given[side][at].name));
  if (lone.length) parts.push(listed(w().pairsAlone(lone.length), lone));
  if (several.length) parts.push(listed(w().pairsSeveral(several.length), several));
  return parts;
}

/** @param {PairRow} row */
function line(row) {
  if (row.why) return made("tr", { className: "bad" }, made("th", { scope: "row" }, apart(row.name)), made("td", { colSpan: 3 }, ...told(row.why)));
  const open = made("button", { type: "button", className: "open" }, apart(row.name));
  open.addEventListener("click", () => { visit(row.project ?? "").catch((error) => fail($("pairs-trouble"), error)); });
  const [from, to] = (row.languages ?? ["und", "und"]).map(called);
  const sure = typeof row.sure === "number" ? w().sure(Math.round(row.sure * 100)) : "";
  const odd = (row.suspicions ?? []).map((name) => made("div", { className: "odd", textContent: w().suspicion[name] ?? name }));
  const warnings = (row.warnings ?? []).map((text) => made("div", { className: "note", lang: "en" }, apart(text)));
  return made("tr", {}, made("th", { scope: "row" }, open, ...odd, ...warnings), made("td", { textContent: `${from}${spoken() === "ar" ? "، " : ", "}${to}` }), made("td", { textContent: w().units(row.beads ?? 0) }), made("td", {}, sure, made("div", { className: "note", textContent: w().doubtful(row.doubtful ?? 0) })));
}

function table() {
  const place = $("pairs-rows");
  $("pairs-done").hidden = !rows.length;
  const head = made("tr", {}, ...w().pairsHead.map((textContent) => made("th", { scope: "col", textContent })));
  place.replaceChildren(made("thead", {}, head), made("tbody", {}, ...rows.map(line)));
}

export function draw() {
  for (const side of SIDES) zone(side);
  $("pairs-found").replaceChildren(...preview());
  const button = field("pairs-go");
  button.textContent = w().alignAll(paired?.pairs.length ?? 0);
  button.disabled = !paired?.pairs.length;
  const name = field("pairs-name");
  if (!name.value) name.value = w().groupName(new Intl.DateTimeFormat("en-CA").format(Date.now()));
  table();
}

/**
 * How far it is.
 * @param {string} text
 * @param {number} share
 */
function far(text, share) {
  $("pairs-step").textContent = text;
  /** @type {HTMLProgressElement} */ ($("pairs-bar")).value = share;
}

/** @param {boolean} on */
function busy(on) {
  $("pairs-form").inert = on;
  $("pairs-doing").hidden = !on;
  if (on) $("pairs-cancel").focus();
}

/** Asks for the rows that were added. @param {number} job */
async function more(job) {
  for (;;) {
    /** @type {{ rows: PairRow[] }} */
    const { rows: added } = await get("/api/rows", { job, from: rows.length });
    if (!added.length) return;
    const body = $("pairs-rows").querySelector("tbody");
    rows.push(...added);
    $("pairs-done").hidden = false;
    for (const row of added) body?.append(line(row));
  }
}

/**
 * Follows a job from wherever it is to its end.
 * @param {number} job
 */
async function watch(job) {
  cancel = () => { stop(job).catch(() => { /* it is over already */ }); };
  let hearing = Promise.resolve();
  const result = await follow(job, ({ done = 0, pairs = 1, name = "" }) => {
    far(w().pairUnderWay(done + 1, pairs, `\u2068${name}\u2069`), done / pairs);
    hearing = hearing.then(() => more(job)).catch(() => { /* the next time */ });
  });
  await hearing;
  await more(job);
  say(result ? w().allDone(result.pairs - result.failed, result.failed) : w().stoppedKept);
}

async function begin() {
  if (!paired) return;
  const { pairs } = paired;
  fail($("pairs-trouble"));
  rows = [];
  table();
  busy(true);
  const sending = new AbortController();
  cancel = () => sending.abort();
  try {
    /** @type {{ name: string, source: number, target: number }[]} */
    const ready = [];
    for (const [i, pair] of pairs.entries()) {
      far(w().sendingPairs(i + 1, pairs.length), i / pairs.length);
      /** @type {Record<Side, number>} */
      const numbers = { source: 0, target: 0 };
      for (const side of SIDES) {
        const { name, file } = given[side][pair[side]];
        numbers[side] = (await upload(name, file, { signal: sending.signal })).upload;
        waiting.add(numbers[side]);
      }
      ready.push({ name: pair.name, ...numbers });
    }
    const choices = { interface: spoken(), sourceLang: field("pairs-source-lang").value, targetLang: field("pairs-target-lang").value };
    const { job } = await post("/api/pairs", { group: field("pairs-name").value || "pairs", pairs: ready, choices });
    waiting.clear();
    sessionStorage.setItem(KEY, `${run} ${job}`);
    await watch(job);
  } catch (error) {
    if (sending.signal.aborted) say(w().stopped);
    else fail($("pairs-trouble"), error);
  } finally {
    discard(sent());
    waiting.clear();
    cancel = null;
    busy(false);
    $("pairs-title").focus();
  }
}

/** Goes on showing what was under way before the page was left for a review. */
export async function resume() {
  const [of, job] = (sessionStorage.getItem(KEY) ?? "").split(" ").map(Number);
  // Another run of the program knows nothing of it.
  if (!job || of !== run) return;
  busy(true);
  try {
    await more(job);
    table();
    await watch(job);
  } catch {
    // It is forgotten.
    sessionStorage.removeItem(KEY);
  } finally {
    cancel = null;
    busy(false);
  }
}

export function listen() {
  for (const side of SIDES) {
    const place = $(`pairs-${side}`);
    place.addEventListener("dragover", (event) => {
      event.preventDefault();
      place.classList.add("over");
    });
    place.addEventListener("dragleave", () => place.classList.remove("over"));
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      event.stopPropagation();
      place.classList.remove("over");
      dropped(side, event).catch((error) => fail($("pairs-trouble"), error));
    });
  }
  $("pairs-form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!field("pairs-go").disabled) begin();
  });
  $("pairs-cancel").addEventListener("click", () => cancel?.());
}
