// What leaves the page: files of every format, and a report on paper.

import { download, get } from "./api.js";
import { form } from "./form.js";
import { $, made } from "./dom.js";
import { counted, number } from "./numbers.js";
import { print } from "./report.js";
import { fail, say } from "./screen.js";
import { state } from "./state.js";
import { pick, w } from "./words.js";

/** @import { Forms } from "./numbers.js" */
/** @import { Leaving, Words } from "./types.js" */

/** Under which name the last choice is kept in this browser. */
const KEPT = "export";

/** @type {[Forms, Forms]} */
const WRITTEN = [
  { one: "# pair will be written.", other: "# pairs will be written." },
  { one: "سيُكتب زوج واحد.", two: "سيُكتب زوجان.", few: "ستُكتب # أزواج.", many: "سيُكتب # زوجًا.", other: "سيُكتب # زوج." },
];

/** @type {[Forms, Forms]} */
const SAVED = [
  { one: "# pair written into", other: "# pairs written into" },
  { one: "كُتب زوج واحد في", two: "كُتب زوجان في", few: "كُتبت # أزواج في", many: "كُتب # زوجًا في", other: "كُتب # زوج في" },
];

/** Why pairs are left out. @type {[Exclude<keyof Leaving, "total" | "written">, Words][]} */
const REASONS = [
  ["rejected", ["rejected", "مرفوضة"]],
  ["undecided", ["not accepted", "غير معتمدة"]],
  ["unsure", ["less sure than chosen", "ثقتها دون المطلوب"]],
  ["alone", ["without counterpart, for which this format has no place", "بلا مقابل، ولا موضع لها في هذه الصيغة"]],
  ["repeated", ["repeated: the same two texts stand once", "مكرّرة: يُكتب النصّان مرة واحدة"]],
  ["dropped", ["characters that the format cannot hold", "محارف لا تحتملها الصيغة"]],
];

/** What is asked of the server. @type {(given: Record<string, string>) => Record<string, string | number>} */
const asked = ({ format, only, least }) => ({ format, only, min_confidence: least === "" ? "" : Number(least) / 100 });

/** The last choice. @returns {Record<string, string>} */
function last() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  } catch {
    return {};
  }
}

/**
 * Says what will be written and what not.
 * @type {(place: HTMLElement, leaving: Leaving) => void}
 */
function tell(place, leaving) {
  const all = leaving.written ? counted(leaving.written, pick(WRITTEN)) : pick(["Nothing is chosen: no file will be written.", "لم يُختر شيء، فلن يُكتب ملف."]);
  const lines = REASONS.filter(([name]) => leaving[name]).map(([name, why]) => made("li", {}, `${number(leaving[name])} `, pick(why)));
  place.replaceChildren(made("p", { className: "sum" }, all));
  if (lines.length) place.append(made("p", { textContent: pick(["Left out:", "ما لا يُكتب:"]) }), made("ul", {}, ...lines));
}

/** Asks for a format and what of the project is wanted, says what that is, and saves it as a file. */
export async function exportFile() {
  const kept = last();
  const place = made("div", { className: "leaving" });
  place.setAttribute("role", "status");
  /** @type {Leaving | null} */
  let leaving = null;
  let turn = 0;
  const given = await form(w().exportAsk, [
    { name: "format", label: w().format, kind: "choice", choices: Object.entries(w().formats), value: kept.format ?? "tmx" },
    { name: "only", label: w().which, kind: "choice", choices: [["all", w().all], ["accepted", w().acceptedOnly]], value: kept.only ?? "all" },
    { name: "least", label: w().leastAsk, kind: "number", min: 0, max: 100, step: 1, value: kept.least ?? "" },
  ], {
    ok: w().exportNow,
    below: place,
    changed: async (values, accept) => {
      const mine = turn += 1;
      accept.disabled = true;
      try {
        const found = await get("/api/export/count", asked(values));
        if (mine !== turn) return;
        leaving = found;
        tell(place, found);
        accept.disabled = !found.written;
      } catch (error) {
        fail(error);
      }
    },
  });
  if (!given) return;
  localStorage.setItem(KEPT, JSON.stringify(given));
  const blob = await download("/api/export", asked(given));
  const name = state.project.file.replace(/\.muq$/, "");
  const ending = state.project.formats.find((format) => format.name === given.format)?.extension ?? given.format;
  const link = made("a", { href: URL.createObjectURL(blob), download: `${name}.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  const { written } = leaving ?? { written: state.total };
  say(`${counted(written, pick(SAVED))} \u2068${link.download}\u2069`);
}

/** Puts the whole project on paper. */
export const printReport = () => print($("report"), state.project);
