// The printable report: all beads in a table, for paper.

import { get } from "./api.js";
import { apart, made } from "./dom.js";
import { told } from "./kind.js";
import { number } from "./numbers.js";
import { shown } from "./said.js";
import { direction } from "./text.js";
import { w } from "./words.js";

/** @import { Bead, Project } from "./types.js" */

const SIDES = /** @type {const} */ (["source", "target"]);

/**
 * Fills `place` with the whole project and prints it.
 * @param {HTMLElement} place
 * @param {Project} project
 */
export async function print(place, project) {
  const body = made("tbody");
  for (let from = 0; ; ) {
    /** @type {{ beads: Bead[], total: number }} */
    const part = await get("/api/rows", { from, count: 200 });
    part.beads.forEach((bead, i) => {
      const cells = SIDES.map((side) => {
        const textContent = bead[side].map((s) => s.corrected ?? s.text).join(" ");
        return made("td", { textContent, lang: project.languages[side], dir: direction(project.languages[side]) });
      });
      const percent = typeof bead.confidence === "number" ? ` ${shown(bead.confidence)}` : "";
      const note = made("td", {}, told(bead.type), percent, made("br"), w()[bead.decision]);
      if (bead.comment) note.append(made("br"), apart(bead.comment));
      body.append(made("tr", {}, made("td", { textContent: number(from + i + 1) }), ...cells, note));
    });
    from += part.beads.length;
    if (!part.beads.length || from >= part.total) break;
  }
  const head = made("tr", {}, ...["#", project.names.source, project.names.target, w().title].map((t) => made("th", { textContent: t })));
  place.replaceChildren(
    made("h1", { textContent: project.file }),
    made("p", { textContent: w().counts(project.counts) }),
    made("table", {}, made("thead", {}, head), body),
  );
  place.hidden = false;
  window.addEventListener("afterprint", () => {
    place.hidden = true;
    place.replaceChildren();
  }, { once: true });
  window.print();
}
