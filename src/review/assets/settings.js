// How the reader wants the page: name, language, light or dark, the panel shown or not.

import { post } from "./api.js";
import { ask } from "./dialogs.js";
import { $, around } from "./dom.js";
import { keep } from "./rows.js";
import { list, plot } from "./screen.js";
import { state } from "./state.js";
import { w } from "./words.js";

const THEME = "theme";

/** Asks for the name that the journal is to carry. */
export async function name() {
  const given = await ask(w().reviewer, [{ name: "name", label: w().nameLabel, value: state.project.settings.reviewer }], { ok: w().save });
  if (given) await keep({ reviewer: given.name });
}

/** Back to the page from which the project was opened. */
export async function home() {
  const { address } = await post("/api/home", {});
  location.assign(address);
}

/** The page in the other language. */
export const language = () => keep({ interface: state.project.settings.interface === "ar" ? "en" : "ar" });

/** Light instead of dark, or the other way round. */
export function theme() {
  const { dataset } = document.documentElement;
  const shown = dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  dataset.theme = shown === "dark" ? "light" : "dark";
  localStorage.setItem(THEME, dataset.theme);
  plot.draw();
}

/** Light or dark, as it was chosen before. */
export function lastTheme() {
  const chosen = localStorage.getItem(THEME);
  if (chosen) document.documentElement.dataset.theme = chosen;
}

/** Shows or hides the panel. */
export function panel() {
  const hidden = around($("panel"), "main")?.classList.toggle("no-panel");
  $("toggle").setAttribute("aria-expanded", String(!hidden));
  list.soon();
  list.reveal(list.current);
}
