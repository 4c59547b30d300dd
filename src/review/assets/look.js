// How large the texts stand and how close together: what the reader chose stays in this browser.

import { keepFocus, list, say, show } from "./screen.js";
import { percent } from "./numbers.js";
import { state } from "./state.js";
import { pick } from "./words.js";

const [SIZE, DENSITY] = ["text-size", "density"];

/** The sizes of the texts, in hundredths of the usual one. */
const SIZES = [80, 90, 100, 115, 130, 150, 180, 220];
const USUAL = 100;

/** The size chosen. */
function size() {
  const kept = Number(localStorage.getItem(SIZE));
  return SIZES.includes(kept) ? kept : USUAL;
}

/** Sets what was chosen. */
function set() {
  document.documentElement.style.setProperty("--size", String(size() / USUAL));
  document.documentElement.dataset.density = localStorage.getItem(DENSITY) ?? "wide";
}

/** The rows have other heights now: they are measured again, around where the reader is. */
function measure() {
  show(state.view);
  list.reveal(list.current, "centre");
  keepFocus();
}

/**
 * Larger or smaller texts.
 * @param {1 | -1} by
 */
export function resize(by) {
  const next = SIZES[SIZES.indexOf(size()) + by] ?? size();
  localStorage.setItem(SIZE, String(next));
  set();
  measure();
  say(`${pick(["Text size", "حجم النص"])}: ${percent(next)}`);
}

/** Rows closer together, or further apart again. */
export function density() {
  const next = document.documentElement.dataset.density === "close" ? "wide" : "close";
  localStorage.setItem(DENSITY, next);
  set();
  measure();
  say(next === "close" ? pick(["Rows close together", "أسطر متقاربة"]) : pick(["Rows further apart", "أسطر متباعدة"]));
}

/** As it was chosen before. */
export const last = set;
