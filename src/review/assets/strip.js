// What can be done with the current pair, always in the same place, in two lines at most; the same as a menu, with the
// other mouse button or from the button that a row shows under the mouse, and from the strip where it has no room for all.

import { ACTIONS, perform } from "./actions.js";
import { $, around, at, made } from "./dom.js";
import { choose } from "./pointer.js";
import { keepFocus } from "./screen.js";
import { on } from "./signals.js";
import { state } from "./state.js";
import { pick } from "./words.js";

/** @import { Words } from "./types.js" */

/** What gives way first where there is no room; the menu has it still. */
const RARE = [
  "replace", "bookmark", "shiftUp", "shiftDown", "realign", "acceptUpTo", "unlink", "pin", "join", "belong", "link", "mergePrevious", "moveUp", "moveDown",
  "splitSegment", "split", "comment", "reject", "flag",
];
/** Where the strip has one line alone, and where it comes with the tools, in one line that can be moved; as in small.css. */
const [LOW, SMALL] = [matchMedia("(max-height: 620px)"), matchMedia("(max-width: 760px), (max-height: 480px)")];

/** @type {Record<"strip" | "menu" | "more", Words>} */
const WORDS = {
  more: ["All that can be done with this pair", "كل ما يُفعل بهذا الزوج"],
  strip: ["What to do with this pair", "ما يُفعل بهذا الزوج"],
  menu: ["What to do with this pair", "ما يُفعل بهذا الزوج"],
};

const strip = made("div", { id: "strip" });
strip.setAttribute("role", "toolbar");
const buttons = made("div", { className: "commands" });
/** Where options stand, after the commands. */
export const options = made("div", { className: "options" });
const more = made("button", { id: "strip-more", type: "button", textContent: "⋯", tabIndex: -1 });
more.setAttribute("aria-haspopup", "menu");
strip.append(buttons, options);

const menu = made("div", { id: "menu", hidden: true });
menu.setAttribute("role", "menu");

/** What can be done with a pair: its words, long and short, its key. */
const commands = () => ACTIONS.flatMap(({ name, keys, panel, short, group }) => (panel && group === "change" ? [{ name, word: pick(panel), short: pick(short ?? panel), key: keys?.[0] ?? "" }] : []));

/** Fills the strip and the menu in the language of the page. */
function fill() {
  strip.setAttribute("aria-label", pick(WORDS.strip));
  menu.setAttribute("aria-label", pick(WORDS.menu));
  more.title = pick(WORDS.more);
  more.setAttribute("aria-label", pick(WORDS.more));
  buttons.replaceChildren(...commands().map(({ name, word, short, key }, i) => {
    const b = made("button", { type: "button", tabIndex: i ? -1 : 0, title: word }, short, " ", made("kbd", { textContent: key }));
    b.dataset.do = name;
    return b;
  }), more);
  menu.replaceChildren(...commands().map(({ name, word, key }) => {
    const item = made("button", { type: "button", tabIndex: -1 }, made("span", { textContent: word }), made("kbd", { textContent: key }));
    item.setAttribute("role", "menuitem");
    item.dataset.item = name;
    return item;
  }));
  fit();
}

/** Shows the commands for which there is room. */
function fit() {
  const all = /** @type {HTMLElement[]} */ ([...buttons.querySelectorAll("[data-do]")]);
  for (const b of all) b.hidden = false;
  more.hidden = true;
  if (SMALL.matches || !all.length) return;
  const lines = LOW.matches ? 1 : 2;
  const isFull = () => {
    const last = more.hidden ? all[all.length - 1] : more;
    return last.offsetTop - all[0].offsetTop > (lines - 0.5) * all[0].offsetHeight;
  };
  for (const name of RARE) {
    if (!isFull()) break;
    more.hidden = false;
    const rare = all.find((b) => b.dataset.do === name);
    if (rare) rare.hidden = true;
  }
  if (!all.some((b) => b.tabIndex === 0 && !b.hidden)) all[0].tabIndex = 0;
}

/**
 * The neighbour of a button that an arrow leads to: in the strip left and right, in the menu up and down.
 * @param {KeyboardEvent} event
 * @param {HTMLElement} box
 * @param {[string, string]} keys
 */
function walk(event, box, [back, forward]) {
  const all = /** @type {HTMLElement[]} */ ([...box.querySelectorAll("button:not([hidden])")]);
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
  more.setAttribute("aria-expanded", "false");
  if (!inside) return;
  // What is hidden keeps the focus until the next frame.
  /** @type {HTMLElement} */ (document.activeElement).blur();
  keepFocus();
}

/**
 * Opens the menu at a point of the window, for the current pair.
 * @param {number} x
 * @param {number} y
 */
function open(x, y) {
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
  choose(where);
  // From the keyboard there is no point: the menu opens at the segment.
  open(event.clientX || box.left + 20, event.clientY || box.top + 20);
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
      const back = more.getAttribute("aria-expanded") === "true";
      close();
      if (back) more.focus();
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
    const there = around(at(event), ".more");
    if (!there) return;
    event.stopPropagation();
    const box = there.getBoundingClientRect();
    choose(there);
    open(box.left, box.bottom);
  });
  more.addEventListener("click", () => {
    if (!menu.hidden) return close();
    const box = more.getBoundingClientRect();
    open(box.left, box.bottom);
    more.setAttribute("aria-expanded", "true");
  });
  addEventListener("pointerdown", (event) => { if (!around(at(event), "#menu, #strip-more")) close(); }, true);
  let width = 0;
  new ResizeObserver(() => {
    if (buttons.offsetWidth === width) return;
    width = buttons.offsetWidth;
    fit();
  }).observe(buttons);
  for (const query of [LOW, SMALL]) query.addEventListener("change", fit);
  addEventListener("blur", close);
  // Not for any scroll: one that follows rows which arrive, or another size of the window, is nobody's wish.
  $("list").addEventListener("wheel", close, { passive: true });
}
