// The field of a correction: it is as high as its text, and marks that cannot be seen are named below it.

import { $, at, made } from "./dom.js";
import { pick } from "./words.js";

/** Marks that cannot be seen, but for blanks and line ends. */
const HIDDEN = /[\u00a0\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202f\u2060-\u206f\ufeff]/gu;

/** How much of the text before a mark says where it stands. */
const BEFORE = 12;

/** @type {(c: string) => string} */
const code = (c) => `U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

/**
 * The marks of a text, each with what stands before it.
 * @type {(text: string) => HTMLElement[]}
 */
function marks(text) {
  return [...text.matchAll(HIDDEN)].map((found) => {
    const before = text.slice(Math.max(0, found.index - BEFORE), found.index).replaceAll(HIDDEN, "");
    return made("li", {}, made("bdi", { textContent: `…${before}` }), " ", made("code", { textContent: code(found[0]) }));
  });
}

/** @type {(area: HTMLTextAreaElement) => void} */
function look(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 4}px`;
  const box = area.parentElement;
  const old = box?.querySelector(".codes");
  const found = marks(area.value);
  old?.remove();
  if (!found.length) return;
  const list = made("div", { className: "codes" }, made("span", { textContent: pick(["Hidden marks:", "علامات خفية:"]) }), made("ul", {}, ...found));
  list.setAttribute("role", "status");
  area.after(list);
}

/** Listens to the fields of the list. */
export function listen() {
  for (const event of ["focusin", "input"]) {
    $("grid").addEventListener(event, (happened) => {
      const area = at(happened);
      if (area instanceof HTMLTextAreaElement) look(area);
    });
  }
}
