// The projects of the folder: opening, renaming, copying and removing them.

import { get, post } from "./api.js";
import { ask } from "./dialogs.js";
import { $, apart, made } from "./dom.js";
import { called, know } from "./languages.js";
import { fail, say, told } from "./screen.js";
import { spoken, w } from "./words.js";

/** @import { Desk, Hit, Listed } from "./types.js" */

/** @type {Listed[]} */
let listed = [];
/** What tells this run of the program from others. */
export let run = 0;

/** Asks for the list, and shows it. */
export async function load() {
  /** @type {Desk} */
  const desk = await get("/api/desk");
  know(desk.languages);
  ({ run } = desk);
  $("folder").textContent = desk.folder;
  listed = desk.projects;
  draw();
}

/**
 * Goes to the review page of a project, and to a pair of it, wherever it stands by then.
 * @param {string} project
 * @param {Hit} [hit]
 */
export async function visit(project, hit) {
  const { address } = await post("/api/open", { project });
  const sought = hit && JSON.stringify({ number: hit.number, spots: hit.spots });
  location.assign(sought ? `${address}&sought=${encodeURIComponent(sought)}` : address);
}

/** @type {(time: number) => string} */
const when = (time) => new Intl.DateTimeFormat(`${spoken() === "ar" ? "ar-u-nu-arab-ca-gregory" : "en"}`, { dateStyle: "medium", timeStyle: "short" }).format(time);

/**
 * Does something with a project, and says how it ended.
 * @param {() => Promise<string>} act
 */
async function act(act) {
  fail($("projects-trouble"));
  try {
    const text = await act();
    await load();
    say(text);
  } catch (error) {
    const place = $("projects-trouble");
    fail(place, error);
    place.scrollIntoView({ block: "nearest" });
  }
}

/** @type {Record<string, (project: Listed) => Promise<void>>} */
const ACTS = {
  rename: async ({ name }) => {
    const last = name.split("/").pop() ?? name;
    const given = await ask(w().renameAsk, [{ name: "name", label: w().newName, value: last }], { ok: w().rename });
    if (given?.name.trim()) await act(async () => {
      await post("/api/rename", { project: name, name: given.name });
      return w().renamed;
    });
  },
  copy: ({ name }) => act(async () => {
    await post("/api/copy", { project: name });
    return w().copied;
  }),
  bin: async ({ name }) => {
    const sure = await ask(w().removeAsk, [], { ok: w().removeNow, about: async () => w().removeHint(`\u2068${name}\u2069`) });
    if (sure) await act(async () => {
      const { place } = await post("/api/remove", { project: name });
      return place === "bin" ? w().inBin : w().inFolder;
    });
  },
};

/** @param {Listed} project */
function row(project) {
  const { name } = project;
  const open = made("button", { type: "button", className: "open" }, apart(name));
  open.addEventListener("click", () => {
    fail($("projects-trouble"));
    visit(name).catch((error) => fail($("projects-trouble"), error));
  });
  const item = made("li", { className: "project" }, open);
  if (project.trouble) {
    item.append(made("p", { className: "documents bad" }, ...told({ error: project.trouble, name: "project-file" })));
  } else {
    const [source, target] = project.documents;
    const [from, to] = project.languages.map(called);
    const documents = source === target ? [apart(source)] : [apart(source), spoken() === "ar" ? " ← " : " → ", apart(target)];
    item.append(made("p", { className: "documents" }, ...documents, ` (${from}${spoken() === "ar" ? "، " : ", "}${to})`));
    const bar = made("progress", { max: project.beads || 1, value: project.decided });
    bar.setAttribute("aria-label", w().farLabel(name));
    const date = project.shown ? w().shownNow : w().opened(when(project.opened));
    item.append(made("div", { className: "far" }, bar, made("div", { textContent: w().far(project) }), made("div", { textContent: date })));
  }
  const buttons = /** @type {const} */ (["rename", "copy", "bin"]).map((what) => {
    const button = made("button", { type: "button", textContent: w()[what] });
    button.setAttribute("aria-label", `${w()[what]}: ${name}`);
    button.addEventListener("click", () => ACTS[what](project));
    return button;
  });
  item.append(made("div", { className: "do" }, ...buttons));
  return item;
}

export function draw() {
  const focused = document.activeElement?.closest(".project")?.querySelector(".open")?.textContent;
  $("projects").replaceChildren(...listed.map(row));
  $("no-projects").hidden = listed.length > 0;
  if (focused) {
    const same = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".project .open"))].find((open) => open.textContent === focused);
    (same ?? $("projects-title")).focus();
  }
}

export function listen() {
  $("example").addEventListener("click", async () => {
    fail($("projects-trouble"));
    try {
      const { address } = await post("/api/example", { name: w().exampleName, choices: { interface: spoken() } });
      location.assign(address);
    } catch (error) {
      fail($("projects-trouble"), error);
    }
  });
}
