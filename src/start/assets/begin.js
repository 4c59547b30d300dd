// A new project: what is given, and aligning it.

import { discard, post } from "./api.js";
import { $, field } from "./dom.js";
import { Slot, droppable } from "./files.js";
import { follow, stop } from "./jobs.js";
import { choicesMade, draw as drawChoices, nameMade } from "./options.js";
import { visit } from "./projects.js";
import { fail, say } from "./screen.js";
import { w } from "./words.js";

/** @import { Said, Way } from "./types.js" */

/** @type {Way} */
let way = "two";
/** @type {{ source: Slot, target: Slot, both: Slot, pastedSource: Slot, pastedTarget: Slot } | null} */
let slots = null;

function made5() {
  const now = () => refresh();
  return {
    source: new Slot("source", false, give, now),
    target: new Slot("target", false, give, now),
    both: new Slot("both", false, give, now),
    pastedSource: new Slot("source", true, give, now),
    pastedTarget: new Slot("target", true, give, now),
  };
}

/** The places that are shown. @returns {Slot[]} */
function shown() {
  if (!slots) return [];
  return { two: [slots.source, slots.target], paste: [slots.pastedSource, slots.pastedTarget], both: [slots.both] }[way];
}

/**
 * Takes files that were dropped or chosen: the first here, a second at the other place.
 * @param {File[]} files
 * @param {Slot} [slot]
 */
function give(files, slot) {
  if (!slots) return;
  if (way === "paste") choose("two");
  const first = slot ?? shown().find((one) => one.blob === null) ?? shown()[0];
  first.take(files[0], files[0].name);
  const other = way === "two" ? shown().find((one) => one !== first) : undefined;
  if (files[1] && other) other.take(files[1], files[1].name);
}

/** @param {Way} wanted */
function choose(wanted) {
  way = wanted;
  const radio = /** @type {HTMLInputElement | null} */ (document.querySelector(`[name=way][value=${wanted}]`));
  if (radio) radio.checked = true;
  draw();
}

/** Whether all is there, and what is missing. */
function refresh() {
  if (!slots) return;
  const lone = way === "two" ? shown().find((slot) => slot.seen?.kind === "both") : undefined;
  if (lone?.blob) {
    const { blob, name } = lone;
    lone.clear();
    choose("both");
    say(w().isBoth);
    slots.both.take(blob, name);
    return;
  }
  $("swap").hidden = way !== "two" || shown().every((slot) => slot.blob === null);
  const ready = shown().every((slot) => slot.ready);
  field("go").disabled = !ready;
  $("missing").textContent = ready ? "" : { two: w().needTwo, paste: w().needTexts, both: w().needBoth }[way];
}

export function draw() {
  slots ??= made5();
  for (const slot of shown()) slot.draw();
  const places = shown().map((slot) => slot.element);
  if (places.some((place) => !place.isConnected) || $("slots").childElementCount !== places.length) $("slots").replaceChildren(...places);
  $("swap").textContent = `⇄ ${w().swap}`;
  $("go").textContent = w().go;
  drawChoices(way);
  refresh();
}

/** The source becomes the target, and the reverse. */
function exchange() {
  if (!slots) return;
  const { source, target } = slots;
  const kept = /** @type {const} */ (["upload", "seen", "error", "languages", "blob", "name", "sending", "share", "arrived"]);
  // Files on their way would arrive at the wrong place.
  if (source.sending || target.sending) return;
  for (const name of kept) [/** @type {any} */ (source)[name], /** @type {any} */ (target)[name]] = [target[name], source[name]];
  draw();
}

/** @param {Extract<Said, { state: "working" }>} said */
function step(said) {
  const { steps } = w();
  const bar = /** @type {HTMLProgressElement} */ ($("bar"));
  const texts = /** @type {Record<string, unknown>} */ (steps);
  $("step").textContent = said.step === "round" ? steps.round(said.number ?? 1, said.of ?? 1) : String(texts[said.step ?? "reading"] ?? "");
  if (said.step === "round") bar.value = (said.number ?? 1) / ((said.of ?? 1) + 2);
  else if (said.step === "explaining") bar.value = 0.9;
  else bar.removeAttribute("value");
}

async function send() {
  const own = shown();
  fail($("trouble"));
  $("begin").inert = true;
  $("doing").hidden = false;
  step({ state: "working", step: "sending" });
  let over = false;
  /** @type {number | null} */
  let job = null;
  $("cancel").onclick = () => {
    over = true;
    if (job !== null) stop(job).catch(() => { /* it is over already */ });
    else end(w().stopped);
  };
  $("cancel").focus();
  try {
    for (const slot of own) if (slot.pasted) await slot.takeText();
    const failed = own.find((slot) => slot.error);
    if (failed) throw failed.error;
    if (over) return;
    const [first, second] = own;
    const languages = way === "both" ? first.languages : [first.languages[0], second.languages[0]];
    const texts = way === "both" ? { both: first.upload } : { source: first.upload, target: second.upload };
    const choices = { ...choicesMade(), sourceLang: languages[0], targetLang: languages[1] };
    ({ job } = await post("/api/align", { ...texts, name: nameMade(), choices }));
    if (over && job !== null) stop(job).catch(() => { /* it is over already */ });
    const result = await follow(/** @type {number} */ (job), step);
    if (!result) return end(w().stopped);
    step({ state: "working", step: "opening" });
    const uploads = own.map((slot) => slot.upload).filter((number) => number !== null);
    await visit(result.project);
    discard(uploads);
  } catch (error) {
    if (!over) {
      end();
      fail($("trouble"), error);
    } else end(w().stopped);
  }
}

/** @param {string} [text] */
function end(text) {
  $("begin").inert = false;
  $("doing").hidden = true;
  if (text) say(text);
  $("go").focus();
}

/** Forgets what was given: the page was left and came back. */
export function reset() {
  slots = null;
  $("slots").replaceChildren();
  end();
  draw();
}

/** What this page has sent and not used. */
export const sent = () => Object.values(slots ?? {}).map((slot) => slot.upload).filter((number) => number !== null);

export function listen() {
  $("begin").addEventListener("change", (event) => {
    const { target } = event;
    if (target instanceof HTMLInputElement && target.name === "way") choose(/** @type {Way} */ (target.value));
  });
  $("begin").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!field("go").disabled) send();
  });
  $("swap").addEventListener("click", exchange);
  droppable(document.body, (files) => give(files));
}
