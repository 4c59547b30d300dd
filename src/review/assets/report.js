// The printable report: all beads in a table, for paper.

import { get } from "./api.js";
import { w } from "./words.js";

const made = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

/** Fills `place` with the whole project and prints it. */
export async function print(place, project) {
  const body = made("tbody");
  for (let from = 0; ; ) {
    const part = await get("/api/rows", { from, count: 200 });
    part.beads.forEach((bead, i) => {
      const cells = ["source", "target"].map((side) => {
        const td = made("td", { textContent: bead[side].map((s) => s.corrected ?? s.text).join(" ") });
        td.lang = project.languages[side];
        td.dir = "auto";
        return td;
      });
      const percent = typeof bead.confidence === "number" ? ` ${w().percent(Math.round(bead.confidence * 100))}` : "";
      const note = made("td", {}, made("bdi", { textContent: `${bead.type}${percent}` }), made("br"), w()[bead.decision]);
      if (bead.comment) note.append(made("br"), made("bdi", { textContent: bead.comment }));
      body.append(made("tr", {}, made("td", { textContent: String(from + i + 1) }), ...cells, note));
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
