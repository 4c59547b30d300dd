// What stands in the place of the list where the filters find no pair.

import { $, field, made } from "./dom.js";
import { fail, keepFocus } from "./screen.js";
import { find } from "./rows.js";
import { on } from "./signals.js";
import { state } from "./state.js";
import { pick } from "./words.js";

/** @import { Words } from "./types.js" */

/** @type {Record<"none" | "clear", Words>} */
const WORDS = {
  none: ["No pair fits the search and the filters.", "لا زوج يطابق البحث والمرشِّحات."],
  clear: ["Clear filters", "مسح المرشِّحات"],
};

const box = made("div", { id: "empty", hidden: true });
box.setAttribute("role", "status");

/** Says that nothing is shown, where that is so. */
function show() {
  const was = box.hidden;
  box.hidden = !(state.opened && state.total > 0 && state.shown === 0);
  if (box.hidden) return;
  if (!was && box.lang === document.documentElement.lang) return;
  box.lang = document.documentElement.lang;
  const clear = made("button", { type: "button", className: "main", textContent: pick(WORDS.clear) });
  clear.dataset.do = "clearFilters";
  box.replaceChildren(made("p", { textContent: pick(WORDS.none) }), clear);
}

/** Empties the search and the filters, and shows all pairs. */
export function clear() {
  for (const id of ["search", "only", "type", "min", "max"]) field(id).value = "";
  field("filtering").checked = false;
  find().then(() => keepFocus()).catch(fail);
}

/** Listens to what is shown. */
export function listen() {
  $("table").before(box);
  on("shown", show);
  on("project", show);
}
