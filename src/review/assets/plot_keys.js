// The picture of the alignment by keyboard, as a slider over its pairs.

import { $ } from "./dom.js";
import { number } from "./numbers.js";
import { go, keepFocus } from "./screen.js";
import { on } from "./signals.js";
import { state } from "./state.js";
import { pick } from "./words.js";

/** How far a key goes: a share of all pairs. */
const [STEP, LEAP] = [0.01, 0.1];

/** @type {Record<string, (share: (part: number) => number) => number>} */
const KEYS = {
  ArrowDown: (share) => state.position + share(STEP),
  ArrowUp: (share) => state.position - share(STEP),
  PageDown: (share) => state.position + share(LEAP),
  PageUp: (share) => state.position - share(LEAP),
  Home: () => 0,
  End: () => state.total - 1,
};

/** Says where the reader is. */
function tell() {
  const canvas = $("canvas");
  canvas.setAttribute("aria-valuemin", "1");
  canvas.setAttribute("aria-valuemax", String(Math.max(1, state.total)));
  canvas.setAttribute("aria-valuenow", String(state.position + 1));
  const [at, all] = [number(state.position + 1), number(state.total)];
  canvas.setAttribute("aria-valuetext", pick([`pair ${at} of ${all}`, `الزوج ${at} من ${all}`]));
}

/** Listens to the keyboard on the picture. */
export function listen() {
  on("moved", tell);
  on("project", tell);
  $("canvas").addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === "Escape") {
      $("canvas").blur();
      keepFocus();
    } else {
      const to = KEYS[event.key]?.((part) => Math.max(1, Math.round(part * state.total)));
      if (to === undefined) return;
      go(Math.max(0, Math.min(state.total - 1, to)), "centre");
    }
    event.preventDefault();
    event.stopPropagation();
  });
}
