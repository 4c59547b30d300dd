// What leaves the page: files of every format, and a report on paper.

import { download } from "./api.js";
import { ask } from "./dialogs.js";
import { $, made } from "./dom.js";
import { print } from "./report.js";
import { state } from "./state.js";
import { w } from "./words.js";

/** Asks for a format and what of the project is wanted, and saves that as a file. */
export async function exportFile() {
  const given = await ask(w().exportAsk, [
    { name: "format", label: w().format, kind: "choice", choices: Object.entries(w().formats), value: "tmx" },
    { name: "only", label: w().which, kind: "choice", choices: [["all", w().all], ["accepted", w().acceptedOnly]], value: "all" },
    { name: "least", label: w().leastAsk, kind: "number", min: 0, max: 100, step: 1 },
  ], { ok: w().exportNow });
  if (!given) return;
  const least = given.least === "" ? "" : Number(given.least) / 100;
  const blob = await download("/api/export", { format: given.format, only: given.only, min_confidence: least });
  const name = state.project.file.replace(/\.muq$/, "");
  const ending = state.project.formats.find((format) => format.name === given.format)?.extension ?? given.format;
  const link = made("a", { href: URL.createObjectURL(blob), download: `${name}.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Puts the whole project on paper. */
export const printReport = () => print($("report"), state.project);
