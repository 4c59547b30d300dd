// Editing inside a row: a segment cut between its words, a text corrected.

import { made } from "./dom.js";
import { bytes, direction, fill } from "./text.js";
import { w } from "./words.js";

/** @import { Segment } from "./types.js" */

/**
 * Shows the gaps between the words of `element`, of which the reader takes one, with the arrow keys or by a click;
 * `done` is given the byte of the text at which it stands.
 * @param {HTMLElement} element
 * @param {string} text
 * @param {{ end: () => void, done: (at: number) => void }} then
 */
export function cut(element, text, { end, done }) {
  element.draggable = false;
  element.replaceChildren();
  element.setAttribute("aria-label", w().splitHelp);
  /** @type {HTMLElement[]} */
  const gaps = [];
  for (const part of text.matchAll(/\S+|\s+/g)) {
    if (part[0].trim() || part.index === 0) {
      const word = made("span");
      fill(word, part[0]);
      element.append(word);
      continue;
    }
    const gap = made("button", { type: "button", className: "gap" });
    gap.setAttribute("aria-label", `✂ ${text.slice(0, part.index).slice(-24)} | ${text.slice(part.index).trim().slice(0, 24)}`);
    gap.addEventListener("click", (event) => {
      event.stopPropagation();
      end();
      done(bytes(text, part.index));
    });
    gaps.push(gap);
    element.append(gap);
  }
  gaps[Math.floor(gaps.length / 2)]?.focus();
  element.addEventListener("keydown", (event) => {
    const here = gaps.findIndex((gap) => gap === document.activeElement);
    const mirrored = getComputedStyle(element).direction === "rtl";
    const [forward, back] = mirrored ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
    if (event.key === "Escape") end();
    else if (event.key === forward) gaps[Math.min(gaps.length - 1, here + 1)]?.focus();
    else if (event.key === back) gaps[Math.max(0, here - 1)]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/**
 * Puts a field for the corrected text in the place of `element`; `done` is given the text, or `null` for the original,
 * `typed` what stands in the field whenever that changes.
 * @param {HTMLElement} element
 * @param {Segment} segment
 * @param {{ end: () => void, done: (text: string | null) => void, typed: (text: string) => void, draft?: string }} then
 */
export function correct(element, segment, { end, done, typed, draft }) {
  const box = made("div", { className: "segment editing", lang: element.lang });
  const area = made("textarea", { value: draft ?? segment.corrected ?? segment.text, lang: element.lang, dir: direction(element.lang) });
  area.setAttribute("aria-label", w().correctBox);
  /** @type {(word: string, act: () => void, className?: string) => HTMLElement} */
  const button = (word, act, className = "") => {
    const b = made("button", { type: "button", textContent: word, className });
    b.addEventListener("click", () => { end(); act(); });
    return b;
  };
  const save = () => done(area.value);
  const actions = made("div", { className: "actions" }, button(w().save, save, "main"), button(w().cancel, () => {}));
  if (segment.corrected !== undefined) actions.append(button(w().toOriginal, () => done(null)));
  box.append(area, actions);
  area.addEventListener("input", () => typed(area.value));
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") end();
    if (event.key === "Enter" && event.ctrlKey) { end(); save(); }
  });
  element.replaceWith(box);
  area.focus();
}
