// Find and replace in the texts of a side, as one edit; what it changes is shown before it is done.

import { Refused, post } from "./api.js";
import { made } from "./dom.js";
import { form } from "./form.js";
import { counted } from "./numbers.js";
import { send } from "./queue.js";
import { fail, say } from "./screen.js";
import { state } from "./state.js";
import { direction, fill } from "./text.js";
import { pick, w } from "./words.js";

/** @import { Forms } from "./numbers.js" */
/** @import { Marked, Preview } from "./types.js" */

/** @type {[Forms, Forms]} */
const TEXTS = [
  { one: "# text changes:", other: "# texts change:" },
  { one: "يتغيّر نص واحد:", two: "يتغيّر نصّان:", few: "تتغيّر # نصوص:", many: "يتغيّر # نصًا:", other: "يتغيّر # نص:" },
];

/** @type {[Forms, Forms]} */
const BLANK = [
  { one: "# text would be blank and stays as it is.", other: "# texts would be blank and stay as they are." },
  { one: "نص واحد كان سيصير فارغًا فيبقى كما هو.", two: "نصّان كانا سيصيران فارغين فيبقيان.", few: "# نصوص كانت ستصير فارغة فتبقى.", many: "# نصًا كانت ستصير فارغة فتبقى.", other: "# نص كانت ستصير فارغة فتبقى." },
];

/** What is to be replaced. @type {(given: Record<string, string>) => object} */
const wanted = ({ side, find, with: by, regex, case: exact }) => ({ side: side || null, find, with: by, regex: Boolean(regex), case: Boolean(exact) });

/** A text with the places lit up that change. @type {(tag: "del" | "ins", lang: string, marked: Marked) => HTMLElement} */
function line(tag, lang, { text, places }) {
  const p = made("p", { className: tag, lang, dir: direction(lang) });
  fill(p, text, { marks: places.map(([from, to]) => ({ from, to, class: tag })), invisible: true });
  return p;
}

/** @type {(place: HTMLElement, preview: Preview) => void} */
function tell(place, { texts, blank, shown }) {
  const sum = texts ? counted(texts, pick(TEXTS)) : pick(["Nothing is found.", "لم يُعثر على شيء."]);
  place.replaceChildren(made("p", { className: "sum", textContent: sum }));
  if (blank) place.append(made("p", { textContent: counted(blank, pick(BLANK)) }));
  place.append(made("ol", {}, ...shown.map(({ side, before, after }) => {
    const lang = state.project.languages[side];
    return made("li", {}, line("del", lang, before), line("ins", lang, after));
  })));
  if (shown.length < texts) place.append(made("p", { textContent: "…" }));
}

/** Asks what to replace by what, and does it. */
export async function replace() {
  const place = made("div", { className: "leaving replacing", tabIndex: 0 });
  place.setAttribute("role", "status");
  let turn = 0;
  const given = await form(pick(["Find and replace", "بحث واستبدال"]), [
    { name: "find", label: pick(["Find", "ابحث عن"]) },
    { name: "with", label: pick(["Replace with", "استبدل به"]) },
    { name: "side", label: pick(["In", "في"]), kind: "choice", choices: [["source", w().source], ["target", w().target], ["", pick(["both", "كليهما"])]], value: state.side },
    { name: "regex", label: pick(["Regular expression ($1 is the first group)", "تعبير نمطي ($1 هي المجموعة الأولى)"]), kind: "check" },
    { name: "case", label: pick(["Upper and lower case differ", "مطابقة حالة الأحرف"]), kind: "check" },
  ], {
    ok: pick(["Replace", "استبدال"]),
    below: place,
    changed: async (values, accept) => {
      const mine = turn += 1;
      accept.disabled = true;
      if (!values.find) return place.replaceChildren();
      try {
        /** @type {Preview} */
        const preview = await post("/api/replace", wanted(values));
        if (mine !== turn) return undefined;
        tell(place, preview);
        accept.disabled = !preview.texts;
      } catch (error) {
        if (!(error instanceof Refused) || error.status === 401) return fail(error);
        place.replaceChildren(made("p", { textContent: w().refused?.[error.named ?? ""] ?? error.message }));
      }
      return undefined;
    },
  });
  if (!given) return undefined;
  const done = send("/api/edit", { edit: "replace", ...wanted(given) });
  say(w().done.replace);
  return done;
}
