// What stands round the list: the head with its buttons and counts, the filters, the buttons of the panel.

import { ACTIONS, NAMED } from "./actions.js";
import { $, apart, field, made } from "./dom.js";
import { drawn } from "./kind.js";
import * as panel from "./panel.js";
import { find, keep } from "./rows.js";
import { fail } from "./screen.js";
import { on } from "./signals.js";
import { state } from "./state.js";
import { direction } from "./text.js";
import { pick, speak, w } from "./words.js";

/** @import { Side, Words } from "./types.js" */

/** How long after the last letter the search begins, in milliseconds. */
const TYPING = 180;

/** @type {Record<"bookmarked" | "finding" | "renewed", Words>} */
const SHOWN = { bookmarked: ["with a bookmark", "عليه إشارة"], finding: ["with a finding", "فيه ملاحظة"], renewed: ["new since the update", "جديد بعد التحديث"] };

/** @type {(name: string) => HTMLButtonElement} */
const button = (name) => /** @type {HTMLButtonElement} */ (document.querySelector(`[data-do="${name}"]`));

/** The page in the language of the interface, with the names of the project. */
function words() {
  const { file, names, settings, home } = state.project;
  if (document.documentElement.lang !== settings.interface) $("live").classList.remove("shown");
  speak(settings.interface);
  document.title = `${file} · ${w().title}`;
  $("title").textContent = file;
  button("home").hidden = !home;
  $("names").hidden = !names.source && !names.target;
  $("names").replaceChildren(apart(names.source), apart(" ⇄ "), apart(names.target));
  for (const { name, bar } of ACTIONS) if (bar) label(button(name), pick(bar));
  $("language").lang = settings.interface === "ar" ? "en" : "ar";
  if (settings.reviewer) button("name").replaceChildren(`${w().reviewerIs} `, apart(settings.reviewer));
  field("auto").checked = settings.autoRealign;
  const labels = { search: w().search, only: w().only, type: w().type, canvas: w().plot, table: w().grid, progress: w().progress, tools: w().tools };
  for (const [id, word] of Object.entries(labels)) $(id).setAttribute("aria-label", word);
  field("search").placeholder = w().search;
  for (const side of /** @type {const} */ (["source", "target"])) {
    const head = $(`head-${side}`);
    head.textContent = `${w()[side]} · ${named(side)}`;
    // Where the texts of the column begin.
    head.style.textAlign = direction(state.project.languages[side]) === "rtl" ? "right" : "left";
  }
  choices();
  commands();
  panel.show(state);
  counts();
}

/**
 * Puts a word on a button; on one with a picture, beside it.
 * @param {HTMLButtonElement} of
 * @param {string} word
 */
function label(of, word) {
  if (!of.classList.contains("round")) {
    of.textContent = word;
    return;
  }
  of.setAttribute("aria-label", word);
  of.title = word;
}

/**
 * The name of a side's language.
 * @param {Side} side
 */
function named(side) {
  const { languages, settings } = state.project;
  try {
    return new Intl.DisplayNames([settings.interface], { type: "language" }).of(languages[side]);
  } catch {
    return languages[side];
  }
}

/** The choices of the filters. */
function choices() {
  /** @type {(value: string, text: string) => HTMLElement} */
  const option = (value, text) => made("option", { value, textContent: text });
  const kept = [field("only").value, field("type").value];
  const states = /** @type {const} */ (["pending", "accepted", "flagged", "rejected", "doubtful", "commented", "corrected", "pinned"]);
  const more = /** @type {const} */ (["bookmarked", "finding", "renewed"]).filter((name) => name !== "renewed" || state.project.renewed);
  $("only").replaceChildren(option("", w().any), ...states.map((name) => option(name, w()[name])), ...more.map((name) => option(name, pick(SHOWN[name]))));
  const types = ["1-1", "1-2", "2-1", "2-2"].map((type) => option(type, drawn(type)));
  const others = [option("other", w().other), option("null", w().nullType), option("crossing", w().crossing)];
  $("type").replaceChildren(option("", w().anyType), ...types, ...others);
  [field("only").value, field("type").value] = kept;
}

/** The buttons of the panel. */
function commands() {
  const groups = /** @type {const} */ ([["go", w().goTitle]]);
  $("commands").replaceChildren(...groups.flatMap(([group, title]) => {
    const buttons = ACTIONS.flatMap(({ name, keys, help, panel: word, group: of }) => {
      // Most projects were never taken over to a new version of a document.
      if (!word || of !== group || (name === "nextNew" && !state.project.renewed)) return [];
      const b = made("button", { type: "button", title: help ? pick(help) : "" }, pick(word), " ", made("kbd", { textContent: keys?.[0] ?? "" }));
      b.dataset.do = name;
      return [b];
    });
    return [made("h2", { className: "minor", textContent: title }), made("div", { className: "buttons" }, ...buttons)];
  }));
}

/** How far the review is, and what can be undone. */
function counts() {
  const { counts: c, history } = state.project;
  const progress = /** @type {HTMLProgressElement} */ ($("progress"));
  progress.max = Math.max(1, c.beads);
  progress.value = c.beads - c.pending - c.flagged;
  $("counts").textContent = w().counts(c);
  // The heads of the columns are a row, too.
  $("table").setAttribute("aria-rowcount", String(c.beads + 1));
  for (const name of /** @type {const} */ (["undo", "redo"])) {
    const edit = history[name];
    const word = pick(NAMED.get(name)?.bar ?? ["", ""]);
    button(name).disabled = !edit;
    button(name).title = edit ? `${word}: ${w().done[edit] ?? ""}` : "";
  }
}

/** Listens to the fields. */
export function listen() {
  on("project", words);
  on("counts", counts);
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typing;
  $("filters").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => find().catch(fail), TYPING);
  });
  $("auto").addEventListener("change", () => keep({ autoRealign: field("auto").checked }).catch(fail));
}
