// What can be done with the current pair, always in the same place; the same as a menu, with the other mouse button or
// from the button that a row shows under the mouse.

import { ACTIONS, perform } from "./actions.js";
import { $, around, at, made } from "./dom.js";
import { choose } from "./pointer.js";
import { keepFocus } from "./screen.js";
import { on } from "./signals.js";
import { state } from "./state.js";
import { pick } from "./words.js";

/** @import { Words } from "./types.js" */

/** @type {Record<"strip" | "menu", Words>} */
const WORDS = {
  strip: ["What to do with this pair", "ما يُفعل بهذا الزوج"],
  menu: ["What to do with this pair", "ما يُفعل بهذا الزوج"],
};

const strip = made("div", { id: "strip" });
strip.setAttribute("role", "toolbar");
const buttons = made("div", { className: "commands" });
/** Where options stand, after the commands. */
export const options = made("div", { className: "options" });
strip.append(buttons, options);

const menu = made("div", { id: "menu", hidden: true });
menu.setAttribute("role", "menu");

/** What can be done with a pair: its words, long and short, its key. */
const commands = () => ACTIONS.flatMap(({ name, keys, panel, short, group }) => (panel && group === "change" ? [{ name, word: pick(panel), short: pick(short ?? panel), key: keys?.[0] ?? "" }] : []));

/** Fills the strip and the menu in the language of the page. */
function fill() {
  strip.setAttribute("aria-label", pick(WORDS.strip));
  menu.setAttribute("aria-label", pick(WORDS.menu));
  buttons.replaceChildren(...commands().map(({ name, word, short, key }, i) => {
    const b = made("button", { type: "button", tabIndex: i ? -1 : 0, title: word }, short, " ", made("kbd", { textContent: key }));
    b.dataset.do = name;
    return b;
  }));
  menu.replaceChildren(...commands().map(({ name, word, key }) => {
    const item = made("button", { type: "button", tabIndex: -1 }, made("span", { textContent: word }), made("kbd", { textContent: key }));
    item.setAttribute("role", "menuitem");
    item.dataset.item = name;
    return item;
  }));
}

/**
 * The neighbour of a button that an arrow leads to: in the strip left and right, in the menu up and down.
 * @param {KeyboardEvent} event
 * @param {HTMLElement} box
 * @param {[string, string]} keys
 */
function walk(event, box, [back, forward]) {
  const all = /** @type {HTMLElement[]} */ ([...box.querySelectorAll("button")]);
  const here = all.findIndex((b) => b === document.activeElement);
  const to = event.key === forward ? here + 1 : event.key === back ? here - 1 : event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : null;
  if (to === null || here < 0) return;
  event.preventDefault();
  event.stopPropagation();
  const next = all[(to + all.length) % all.length];
  for (const b of all) b.tabIndex = b === next ? 0 : -1;
  next.focus();
}

/** Closes the menu; nothing of it stays. */
function close() {
  if (menu.hidden) return;
  const inside = menu.contains(document.activeElement);
  menu.hidden = true;
  if (inside) keepFocus();
}

/**
 * Opens the menu at a point of the window, for the pair there.
 * @param {HTMLElement} where
 * @param {number} x
 * @param {number} y
 */
function open(where, x, y) {
  choose(where);
  menu.hidden = false;
  const { offsetWidth: width, offsetHeight: height } = menu;
  menu.style.left = `${Math.max(4, Math.min(x, innerWidth - width - 4))}px`;
  menu.style.top = `${Math.max(4, Math.min(y, innerHeight - height - 4))}px`;
  menu.querySelector("button")?.focus();
}

/** @param {MouseEvent} event */
function wanted(event) {
  const where = at(event);
  if (state.editing || !around(where, ".row[data-bead]") || around(where, "textarea, input")) return;
  event.preventDefault();
  const box = where.getBoundingClientRect();
  // From the keyboard there is no point: the menu opens at the segment.
  open(where, event.clientX || box.left + 20, event.clientY || box.top + 20);
}

/** Listens to the mouse and the arrows. */
export function listen() {
  $("table").before(strip);
  $("work").append(menu);
  on("project", fill);
  strip.addEventListener("keydown", (event) => {
    const mirrored = document.documentElement.dir === "rtl";
    walk(event, buttons, mirrored ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"]);
  });
  menu.addEventListener("keydown", (event) => {
    walk(event, menu, ["ArrowUp", "ArrowDown"]);
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  menu.addEventListener("click", (event) => {
    const name = around(at(event), "[data-item]")?.dataset.item;
    close();
    keepFocus();
    if (name) perform(name);
  });
  $("grid").addEventListener("contextmenu", wanted);
  $("grid").addEventListener("click", (event) => {
    const more = around(at(event), ".more");
    if (!more) return;
    event.stopPropagation();
    const box = more.getBoundingClientRect();
    open(more, box.left, box.bottom);
  });
  addEventListener("pointerdown", (event) => { if (!around(at(event), "#menu")) close(); }, true);
  addEventListener("blur", close);
  $("list").addEventListener("scroll", close, { passive: true });
}
