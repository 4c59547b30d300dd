// Small questions: one dialog at a time, closed by Esc, the focus back where it was.

import { made } from "./dom.js";
import { w } from "./words.js";

/** @import { Field } from "./types.js" */

/**
 * Asks for values; gives them by the names of the fields, or `null` if the question was closed.
 * @param {string} title
 * @param {Field[]} fields
 * @param {{ ok?: string, typed?: (values: Record<string, string>) => void, about?: (values: Record<string, string>) => Promise<string> }} [options]
 *   `typed` is told what stands in the fields whenever that changes, and `about` says what would follow from it
 * @returns {Promise<Record<string, string> | null>}
 */
export function ask(title, fields, { ok = w().ok, typed, about } = {}) {
  /** @type {(HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement)[]} */
  const inputs = fields.map((field) => Object.assign(input(field), { name: field.name }, field.kind === "check" ? { checked: Boolean(field.value) } : { value: field.value ?? "" }));
  const form = made("form", { method: "dialog" });
  const heading = made("h2", { textContent: title, id: "question" });
  const cancel = made("button", { type: "button", textContent: w().cancel });
  const accept = made("button", { type: "submit", textContent: ok, className: "main" });
  const labels = fields.map((field, i) => made("label", { className: field.kind === "check" ? "check" : "" }, made("span", { textContent: field.label }), inputs[i]));
  const says = made("output", { className: "about", hidden: !about });
  form.append(heading, made("div", { className: "fields" }, ...labels, says), made("div", { className: "actions" }, cancel, accept));
  const values = () => Object.fromEntries(inputs.map((i) => [i.name, i instanceof HTMLInputElement && i.type === "checkbox" ? (i.checked ? "on" : "") : i.value]));
  let asked = 0;
  const tell = async () => {
    asked += 1;
    const mine = asked;
    const text = await about?.(values()).catch(() => "");
    if (mine === asked) says.textContent = text ?? "";
  };
  return show(form, (close) => {
    cancel.addEventListener("click", () => close(null));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      close(values());
    });
    if (about) {
      form.addEventListener("input", tell);
      tell();
    }
    if (typed) form.addEventListener("input", () => typed(values()));
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
  if (field.kind === "check") return made("input", { type: "checkbox" });
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
export function show(body, start) {
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
    // What has the focus may stand at the end; who reads begins at the top.
    dialog.scrollTop = 0;
  });
}
