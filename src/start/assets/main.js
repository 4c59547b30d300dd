// The start page: its parts are set to work, and the list of projects is asked for.

import { Refused, discard, get, pause } from "./api.js";
import * as begin from "./begin.js";
import { $ } from "./dom.js";
import { choices } from "./languages.js";
import * as memories from "./memories.js";
import * as pairs from "./pairs.js";
import * as projects from "./projects.js";
import * as search from "./search.js";
import { banner } from "./screen.js";
import { speak, spoken, w } from "./words.js";

const THEME = "theme";
const LANGUAGE = "language";
const VIEW = "muqabala-view";
const VIEWS = ["begin", "search", "memories", "pairs"];

/** @param {string} language */
function show(language) {
  speak(language);
  $("theme").title = w().theme;
  $("theme").setAttribute("aria-label", w().theme);
  $("language").textContent = w().toOther;
  $("language").lang = spoken() === "ar" ? "en" : "ar";
  redraw();
}

/** Draws all parts again: in another language, or with what was found out. */
function redraw() {
  for (const part of [begin, memories, pairs, projects, search]) part.draw();
  for (const side of ["source", "target"]) {
    const select = /** @type {HTMLSelectElement} */ ($(`pairs-${side}-lang`));
    const { value } = select;
    select.replaceChildren(...choices(null, w().each));
    select.value = value;
  }
}

/** Shows the view that the address names, or the one that this window showed last. */
function turn() {
  const wanted = location.hash.slice(1) || (sessionStorage.getItem(VIEW) ?? "");
  const view = VIEWS.includes(wanted) ? wanted : VIEWS[0];
  sessionStorage.setItem(VIEW, view);
  for (const name of VIEWS) {
    $(`view-${name}`).hidden = name !== view;
    const link = document.querySelector(`nav a[href="#${name}"]`);
    if (name === view) link?.setAttribute("aria-current", "page");
    else link?.removeAttribute("aria-current");
  }
}

/** Waits at the program's door as long as the page is open, and says when it does not answer any more. */
async function stay() {
  for (let down = false; ; ) {
    try {
      await get("/api/ping");
      if (down) {
        banner(null);
        await projects.load();
      }
      down = false;
      await get("/api/alive");
    } catch (error) {
      down = true;
      banner(error instanceof Refused && error.status === 401 ? w().gone : w().away);
      await pause(2000);
    }
  }
}

const theme = localStorage.getItem(THEME);
if (theme) document.documentElement.dataset.theme = theme;
$("theme").addEventListener("click", () => {
  const { dataset } = document.documentElement;
  const now = dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  dataset.theme = now === "dark" ? "light" : "dark";
  localStorage.setItem(THEME, dataset.theme);
});
$("language").addEventListener("click", () => {
  const other = spoken() === "ar" ? "en" : "ar";
  localStorage.setItem(LANGUAGE, other);
  show(other);
});
window.addEventListener("hashchange", turn);
for (const part of [begin, memories, pairs, projects, search]) part.listen();
window.addEventListener("pagehide", () => discard([...begin.sent(), ...memories.sent(), ...pairs.sent()]));
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  begin.reset();
  projects.load().then(search.resume).catch(() => { /* the banner says it */ });
});
show(localStorage.getItem(LANGUAGE) ?? (navigator.language.startsWith("ar") ? "ar" : "en"));
turn();
projects.load().then(redraw).then(search.resume).then(pairs.resume).catch(() => { /* the banner says it */ });
await stay();
