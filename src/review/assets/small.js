// A small window, or a large zoom: the tools and the filters wait behind a button each, the panel is a sheet that
// comes when it is asked for, and the commonest commands stand in a bar at the bottom.

import { NAMED } from "./actions.js";
import { $, around, made } from "./dom.js";
import { list } from "./screen.js";
import { on } from "./signals.js";
import { pick } from "./words.js";

/** As in small.css. */
const SMALL = matchMedia("(max-width: 760px), (max-height: 480px)");

/** The commands at the bottom, each with its sign. @type {[string, string][]} */
const FOOT = [["up", "↑"], ["down", "↓"], ["accept", "✓"], ["flag", "⚑"], ["reject", "✕"], ["panel", "◨"]];

/** @type {[string, string][]} */
const PARTS = [["menu-button", "menu"], ["filter-button", "filter"]];

/** Shows or hides what a button stands for. @type {(id: string, name: string, open: boolean) => void} */
function open(id, name, is) {
  document.body.classList.toggle(`${name}-open`, is);
  $(id).setAttribute("aria-expanded", String(is));
  list.soon();
}

/** The words of the buttons. */
function words() {
  const labels = { "menu-button": pick(["Tools", "أدوات"]), "filter-button": pick(["Search and filters", "البحث والمرشِّحات"]), foot: pick(["Commands", "الأوامر"]) };
  for (const [id, word] of Object.entries(labels)) $(id).setAttribute("aria-label", word);
  for (const [id] of PARTS) $(id).title = $(id).getAttribute("aria-label") ?? "";
  $("head-pair").textContent = pick(["pair", "الزوج"]);
  $("foot").replaceChildren(...FOOT.map(([name, sign]) => {
    const action = NAMED.get(name);
    const word = pick(action?.panel ?? action?.bar ?? (name === "up" ? ["Previous", "السابق"] : ["Next", "التالي"]));
    const button = made("button", { type: "button", title: word }, made("span", { className: "sign", textContent: sign }), made("span", { className: "word", textContent: word }));
    button.dataset.do = name;
    return button;
  }));
}

/** The panel is there from the start where there is room for it. */
function room() {
  around($("panel"), "main")?.classList.toggle("no-panel", SMALL.matches);
  $("toggle").setAttribute("aria-expanded", String(!SMALL.matches));
  for (const part of PARTS) open(...part, false);
}

/** Listens to the buttons, and to the size of the window. */
export function listen() {
  on("project", words);
  SMALL.addEventListener("change", room);
  if (SMALL.matches) room();
  for (const [id, name] of PARTS) {
    $(id).addEventListener("click", () => open(id, name, !document.body.classList.contains(`${name}-open`)));
  }
}
