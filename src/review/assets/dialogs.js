// Small questions: one dialog at a time, closed by Esc, the focus back where it was.

import { made } from "./dom.js";
import { w } from "./words.js";

/** @import { Field } from "./types.js" */

/**
 * Asks for values; gives them by the names of the fields, or `null` if the question was closed.
 * @param {string} title
 * @param {Field[]} fields
 * @param {{ ok?: string }} [options]
 * @returns {Promise<Record<string, string> | null>}
 */
export function ask(title, fields, { ok = w().ok } = {}) {
  const inputs = fields.map((field) => Object.assign(input(field), { name: field.name, value: field.value ?? "" }));
  const form = made("form", { method: "dialog" });
  const heading = made("h2", { textContent: title, id: "question" });
  const cancel = made("button", { type: "button", textContent: w().cancel });
  const accept = made("button", { type: "submit", textContent: ok, className: "main" });
  const labels = fields.map((field, i) => made("label", {}, made("span", { textContent: field.label }), inputs[i]));
  form.append(heading, made("div", { className: "fields" }, ...labels), made("div", { className: "actions" }, cancel, accept));
  return show(form, (close) => {
    cancel.addEventListener("click", () => close(null));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      close(Object.fromEntries(inputs.map((i) => [i.name, i.value])));
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.ctrlKey) form.requestSubmit();
    });
    inputs[0]?.focus();
    if (!(inputs[0] instanceof HTMLSelectElement)) inputs[0]?.select();
  });
}

/** @param {Field} field */
function input(field) {
  if (field.kind === "choice") {
    return made("select", {}, ...(field.choices ?? []).map(([value, text]) => made("option", { value, textContent: text })));
  }
  if (field.kind === "long") return made("textarea", { dir: "auto" });
  const box = made("input", { type: field.kind ?? "text", dir: "auto" });
  for (const name of /** @type {const} */ (["min", "max", "step"])) if (field[name] !== undefined) box[name] = String(field[name]);
  return box;
}

/**
 * Shows all keys.
 * @param {[string[], string][]} lines keys, and what they do
 */
export function help(lines) {
  const list = made("dl", { className: "keys" });
  for (const [keys, meaning] of lines) {
    const dt = made("dt");
    for (const key of keys) dt.append(made("kbd", { textContent: key }), " ");
    list.append(made("div", {}, dt, made("dd", { textContent: meaning })));
  }
  const close = made("button", { type: "button", textContent: w().close, className: "main" });
  const body = made("div", {}, made("h2", { textContent: w().keysTitle, id: "question" }), list, made("p", { textContent: w().mouse }), made("div", { className: "actions" }, close));
  return show(body, (end) => { close.addEventListener("click", () => end(null)); close.focus(); });
}

/**
 * Shows a dialog until `close` is called or Esc is pressed; gives what `close` was given.
 * @param {HTMLElement} body
 * @param {(close: (given: any) => void) => void} start
 * @returns {Promise<any>}
 */
function show(body, start) {
  const dialog = made("dialog", {}, body);
  dialog.setAttribute("aria-labelledby", "question");
  const before = document.activeElement;
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((done) => {
    /** @type {any} */
    let value = null;
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
      done(value);
    });
    start((given) => { value = given; dialog.close(); });
  });
}
