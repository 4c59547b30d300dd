// Editing inside a row: a segment cut between its words, a text corrected.

import { bytes, fill } from "./text.js";
import { w } from "./words.js";

/** Lets the reader choose where to cut the selected segment: between any two words. */
export function splitSegment(workbench) {
  const { page, selected, edit, say, end } = workbench;
  const { segment, element } = selected();
  if (!segment || !element) return;
  if (segment.corrected !== undefined) return correct(workbench);
  const { side } = page;
  page.editing = true;
  element.draggable = false;
  element.replaceChildren();
  element.setAttribute("aria-label", w().splitHelp);
  say(w().splitHelp);
  for (const part of segment.text.matchAll(/\S+|\s+/g)) {
    if (part[0].trim() || part.index === 0) {
      const word = document.createElement("span");
      fill(word, part[0]);
      element.append(word);
      continue;
    }
    const gap = Object.assign(document.createElement("button"), { type: "button", className: "gap" });
    gap.setAttribute("aria-label", `✂ ${segment.text.slice(0, part.index).slice(-24)} | ${segment.text.slice(part.index).trim().slice(0, 24)}`);
    gap.addEventListener("click", (event) => {
      event.stopPropagation();
      end();
      edit("split-segment", { side, segment: segment.start, at: segment.start + bytes(segment.text, part.index) });
    });
    element.append(gap);
  }
  const gaps = [...element.querySelectorAll(".gap")];
  gaps[Math.floor(gaps.length / 2)]?.focus();
  element.addEventListener("keydown", (event) => {
    const here = gaps.indexOf(document.activeElement);
    const forward = getComputedStyle(element).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    if (event.key === "Escape") end();
    else if (event.key === forward) gaps[Math.min(gaps.length - 1, here + 1)]?.focus();
    else if (event.key === back) gaps[Math.max(0, here - 1)]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/** Opens a field for the corrected text of the selected segment; the original stays. */
export function correct({ page, selected, edit, draw, end }) {
  const { segment, element } = selected();
  if (!segment || !element) return;
  const { side } = page;
  page.editing = true;
  const box = Object.assign(document.createElement("div"), { className: "segment editing" });
  box.lang = element.lang;
  const area = Object.assign(document.createElement("textarea"), { value: segment.corrected ?? segment.text, dir: "auto" });
  area.setAttribute("aria-label", w().keys.find(([k]) => k === "e")[1]);
  const button = (word, act, main) => {
    const b = Object.assign(document.createElement("button"), { type: "button", textContent: word, className: main ? "main" : "" });
    b.addEventListener("click", () => { end(); act(); });
    return b;
  };
  const save = () => edit("correct", { side, segment: segment.start, text: area.value });
  const actions = Object.assign(document.createElement("div"), { className: "actions" });
  actions.append(button(w().save, save, true), button(w().cancel, () => {}));
  if (segment.corrected !== undefined) actions.append(button(w().toOriginal, () => edit("correct", { side, segment: segment.start, text: null })));
  box.append(area, actions);
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") end();
    if (event.key === "Enter" && event.ctrlKey) { end(); save(); }
  });
  element.replaceWith(box);
  draw();
  area.focus();
}
