// The keyboard: what was pressed → an action. Letters are read by their place on an English keyboard where the
// layout gives none, so that the keys work with an Arabic layout too.

import { KEYED, perform } from "./actions.js";
import { around, at } from "./dom.js";
import { hit } from "./moves.js";
import { find } from "./rows.js";
import { fail } from "./screen.js";
import { state } from "./state.js";

/** @type {Record<string, string>} */
const CODES = { Slash: "/", Comma: ",", Period: ".", Semicolon: ";", Quote: "'", BracketLeft: "[", BracketRight: "]", Equal: "=" };

/** Where text is typed, letters are letters. */
const TYPED = "input:not([type=checkbox]), textarea, dialog";

/** What a button, a link, a choice or the panel does with these keys is its own affair. */
const THEIRS = ["Enter", " ", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"];

/**
 * The key of a press as the table of actions names it, or nothing.
 * @type {(event: KeyboardEvent) => string | null}
 */
function pressed(event) {
  if (event.isComposing || event.metaKey || event.altKey) return null;
  let { key } = event;
  if (key.length === 1 && !/[\x20-\x7e]/.test(key)) {
    const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
    const digit = /^Digit(\d)$/.exec(event.code)?.[1];
    key = letter ? (event.shiftKey ? letter : letter.toLowerCase()) : digit ?? CODES[event.code] ?? key;
    if (key === "/" && event.shiftKey) key = "?";
    if (key === ";" && event.shiftKey) key = ":";
  }
  return event.ctrlKey ? `Ctrl ${key}` : key;
}

/**
 * In a field, letters are letters.
 * @param {KeyboardEvent} event
 * @param {HTMLElement} element
 */
function inField(event, element) {
  if (event.key === "Escape" && !around(element, "dialog")) perform("escape");
  if (event.key === "Enter" && element.id === "search") {
    event.preventDefault();
    find().then(() => { element.blur(); hit(); }).catch(fail);
  }
}

/** Listens to the keyboard. */
export function listen() {
  document.addEventListener("keydown", (event) => {
    const element = at(event);
    if (around(element, TYPED)) return inField(event, element);
    const key = pressed(event);
    const action = key === null ? undefined : KEYED.get(key);
    if (!key || !action || !state.opened) return;
    if (around(element, "button, a, canvas, select, input, #panel") && THEIRS.includes(event.key)) return;
    event.preventDefault();
    perform(action.name, key);
  });
}
