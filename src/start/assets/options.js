// The choices below the documents: the project's name, word lists, rules, lines.

import { discard, upload } from "./api.js";
import { $, apart, made } from "./dom.js";
import { droppable, picker } from "./files.js";
import { fail } from "./screen.js";
import { spoken, w } from "./words.js";

/** @import { Way } from "./types.js" */

/** A file that goes with the documents. @typedef {{ upload: number, name: string }} Extra */

/** @type {{ name: string, lines: boolean, keepUnits: boolean, lexicons: Extra[], srx: Extra[] }} */
const chosen = { name: "", lines: false, keepUnits: false, lexicons: [], srx: [] };

/** What was chosen, as the server takes it. */
export const choicesMade = () => ({
  lexicons: chosen.lexicons.map((extra) => extra.upload),
  srx: chosen.srx[0]?.upload ?? null,
  lines: chosen.lines,
  keepUnits: chosen.keepUnits,
  interface: spoken(),
});

/** The name of the project, if one was typed. */
export const nameMade = () => chosen.name.trim() || null;

/**
 * @param {"lines" | "keepUnits"} which
 * @param {string} text
 */
function check(which, text) {
  const box = made("input", { type: "checkbox", checked: chosen[which], id: `choice-${which}` });
  box.addEventListener("change", () => { chosen[which] = box.checked; });
  return made("label", {}, box, made("span", { textContent: text }));
}

/**
 * @param {"lexicons" | "srx"} which
 * @param {string} text
 * @param {string} hint
 * @param {Way} way
 */
function extras(which, text, hint, way) {
  const several = which === "lexicons";
  const place = made("div", { id: `choice-${which}` });
  const take = async (/** @type {File[]} */ files) => {
    fail($("trouble"));
    for (const file of several ? files : files.slice(0, 1)) {
      try {
        const { upload: number } = await upload(file.name, file, {});
        if (!several) discard(chosen.srx.splice(0).map((extra) => extra.upload));
        chosen[which].push({ upload: number, name: file.name });
      } catch (error) {
        fail($("trouble"), error);
      }
    }
    draw(way);
  };
  const list = made("ul", { className: "chips" });
  for (const extra of chosen[which]) {
    const remove = made("button", { type: "button", textContent: "✕" });
    remove.setAttribute("aria-label", `${w().remove}: ${extra.name}`);
    remove.addEventListener("click", () => {
      chosen[which] = chosen[which].filter((other) => other !== extra);
      discard([extra.upload]);
      draw(way);
    });
    list.append(made("li", {}, apart(extra.name), remove));
  }
  const label = made("span", { textContent: text });
  const parts = chosen[which].length ? [list] : [];
  place.append(label, picker(w().choose, { multiple: several }, take), ...parts, made("p", { className: "note", textContent: hint }));
  droppable(place, take);
  return place;
}

/** @param {Way} way */
export function draw(way) {
  const name = made("input", { type: "text", value: chosen.name, dir: "auto", id: "choice-name", maxLength: 120 });
  name.addEventListener("input", () => { chosen.name = name.value; });
  const rows = [
    made("label", {}, made("span", { textContent: w().name }), name, made("span", { className: "note", textContent: w().nameHint })),
    way === "both" ? check("keepUnits", w().keepUnits) : check("lines", w().lines),
    extras("lexicons", w().lexicons, w().lexiconsHint, way),
    extras("srx", w().srx, w().srxHint, way),
  ];
  $("choices").replaceChildren(...rows);
}
