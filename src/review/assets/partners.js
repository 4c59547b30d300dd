// A word under the mouse lights up what it was matched with, in the texts and on the panel.

import { around, at } from "./dom.js";

const LIT = "lit";

/** Puts out what is lit. */
function clear() {
  for (const lit of document.querySelectorAll(`.${LIT}`)) lit.classList.remove(LIT);
}

/** @param {Event} event */
function over(event) {
  const match = around(at(event), "[data-match]")?.dataset.match;
  clear();
  if (match === undefined) return;
  for (const partner of document.querySelectorAll(`[data-match="${CSS.escape(match)}"]`)) partner.classList.add(LIT);
}

/** Listens to the mouse. */
export function listen() {
  document.addEventListener("pointerover", over);
  document.documentElement.addEventListener("pointerleave", clear);
}
