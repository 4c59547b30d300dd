// A dialog that says what will come of what stands in its fields while it is filled in.

import { show } from "./dialogs.js";
import { made } from "./dom.js";
import { w } from "./words.js";

/** @import { Field } from "./types.js" */
/** @typedef {HTMLInputElement | HTMLSelectElement} Input */

/** How long after the last change the consequences are asked for, in milliseconds. */
const PAUSE = 150;

/** @type {(field: Field) => Input} */
function input({ name, kind, value = "", choices = [], min, max, step, lang, dir }) {
  if (kind === "choice") {
    const select = made("select", { name }, ...choices.map(([of, text]) => made("option", { value: of, textContent: text })));
    select.value = value;
    return select;
  }
  if (kind === "check") return made("input", { type: "checkbox", name, checked: value === "yes" });
  const box = made("input", { type: kind ?? "text", name, value, dir: dir ?? "auto", lang: lang ?? "", autocomplete: "off", spellcheck: false });
  for (const [of, n] of Object.entries({ min, max, step })) if (n !== undefined) box.setAttribute(of, String(n));
  return box;
}

/** What stands in a field. @type {(of: Input) => string} */
const value = (of) => (of instanceof HTMLInputElement && of.type === "checkbox" ? (of.checked ? "yes" : "") : of.value);

/**
 * Asks for values; gives them by the names of the fields, or `null` if the question was closed.
 * @param {string} title
 * @param {Field[]} fields
 * @param {{ ok: string, below: HTMLElement, changed: (values: Record<string, string>, accept: HTMLButtonElement) => void }} more
 *   `below` is where `changed` says what will come of it; it may disable the button that accepts
 * @returns {Promise<Record<string, string> | null>}
 */
export function form(title, fields, { ok, below, changed }) {
  const inputs = fields.map(input);
  const values = () => Object.fromEntries(inputs.map((of) => [of.name, value(of)]));
  const labels = fields.map(({ kind, label }, i) => {
    const word = made("span", { textContent: label });
    return made("label", { className: kind === "check" ? "check" : "" }, ...(kind === "check" ? [inputs[i], word] : [word, inputs[i]]));
  });
  const cancel = made("button", { type: "button", textContent: w().cancel });
  const accept = made("button", { type: "submit", textContent: ok, className: "main" });
  const body = made("form", { method: "dialog" }, made("h2", { textContent: title, id: "question" }),
    made("div", { className: "fields" }, ...labels), below, made("div", { className: "actions" }, cancel, accept));
  return show(body, (close) => {
    cancel.addEventListener("click", () => close(null));
    body.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!accept.disabled) close(values());
    });
    // Also from a choice, which the space bar opens.
    body.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.target instanceof HTMLSelectElement)) return;
      event.preventDefault();
      body.requestSubmit();
    });
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let waiting;
    body.addEventListener("input", () => {
      clearTimeout(waiting);
      accept.disabled = true;
      waiting = setTimeout(() => changed(values(), accept), PAUSE);
    });
    changed(values(), accept);
    inputs[0]?.focus();
  });
}
