// Small questions: one dialog at a time, closed by Esc, the focus back where it was.

import { w } from "./words.js";

const made = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

/** Asks for values; gives them, or `null` if the question was closed. Fields: `{name, label, kind, value, choices}`. */
export function ask(title, fields, { ok = w().ok } = {}) {
  const inputs = fields.map((field) => {
    let input;
    if (field.kind === "choice") {
      input = made("select");
      for (const [value, text] of field.choices) input.append(made("option", { value, textContent: text }));
    } else if (field.kind === "long") {
      input = made("textarea", { dir: "auto" });
    } else {
      input = made("input", { type: field.kind ?? "text", dir: "auto" });
      for (const name of ["min", "max", "step"]) if (field[name] !== undefined) input[name] = field[name];
    }
    input.name = field.name;
    input.value = field.value ?? "";
    return input;
  });
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
    inputs[0]?.select?.();
  });
}

/** Shows all keys. */
export function help() {
  const list = made("dl", { className: "keys" });
  for (const [keys, meaning] of w().keys) {
    const dt = made("dt");
    for (const key of keys.split(/\s+/)) dt.append(made("kbd", { textContent: key }), " ");
    list.append(made("div", {}, dt, made("dd", { textContent: meaning })));
  }
  const close = made("button", { type: "button", textContent: w().close, className: "main" });
  const body = made("div", {}, made("h2", { textContent: w().keysTitle, id: "question" }), list, made("p", { textContent: w().mouse }), made("div", { className: "actions" }, close));
  return show(body, (end) => { close.addEventListener("click", () => end(null)); close.focus(); });
}

function show(body, start) {
  const dialog = made("dialog", {}, body);
  dialog.setAttribute("aria-labelledby", "question");
  const before = document.activeElement;
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((done) => {
    let value = null;
    dialog.addEventListener("close", () => {
      dialog.remove();
      before?.isConnected && before.focus();
      done(value);
    });
    start((given) => { value = given; dialog.close(); });
  });
}
