// What a page says aloud: for a moment, or until it is no longer so.

import { $ } from "./dom.js";

/** @type {ReturnType<typeof setTimeout> | undefined} */
let quiet;
/**
 * Says something for so many milliseconds.
 * @param {string} text
 * @param {number} milliseconds
 */
export function sayFor(text, milliseconds) {
  const live = $("live");
  live.textContent = text;
  live.classList.add("shown");
  clearTimeout(quiet);
  quiet = setTimeout(() => live.classList.remove("shown"), milliseconds);
}

/**
 * Says something until it is no longer so; nothing takes it away.
 * @param {string | null} text
 */
export function banner(text) {
  $("banner").textContent = text ?? "";
  $("banner").hidden = !text;
}
