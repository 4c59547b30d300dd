// One bead as a row of the grid.

import { fill, hasOverrides, hits } from "./text.js";
import { w } from "./words.js";

const SIDES = ["source", "target"];

const element = (tag, className, text) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

/**
 * The row of `bead` at `position`. `page` says what is shown: languages, search, selection, invisible marks,
 * the evidence of the current bead.
 */
export function row(bead, position, page) {
  const current = position === page.position;
  const made = element("div", `row ${bead ? bead.decision : "empty"}`);
  made.setAttribute("role", "row");
  made.setAttribute("aria-rowindex", String(position + 1));
  made.dataset.position = position;
  if (current) made.classList.add("current");
  made.setAttribute("aria-selected", String(current));
  if (!bead) {
    const cell = element("div", "cell", w().loading);
    cell.setAttribute("role", "gridcell");
    made.append(cell);
    return made;
  }
  made.dataset.bead = bead.id;
  made.setAttribute("aria-label", w().rowLabel(position + 1, page.project.counts.beads, bead.type, w()[bead.decision]));
  made.classList.toggle("doubtful", Boolean(bead.doubtful));
  if (page.fresh.has(bead.id)) made.classList.add("fresh");
  const [source, target] = SIDES.map((side) => cell(bead, side, current, page));
  made.append(source, middle(bead, position, page), target);
  return made;
}

function cell(bead, side, current, page) {
  const made = element("div", "cell");
  made.setAttribute("role", "gridcell");
  made.dataset.side = side;
  const language = page.project.languages[side];
  bead[side].forEach((segment, index) => {
    const p = element("p", "segment");
    p.lang = language;
    p.dir = "auto";
    p.dataset.segment = segment.start;
    p.dataset.index = index;
    p.dataset.side = side;
    p.draggable = true;
    if (segment.kind) p.classList.add("heading");
    const selected = current && page.side === side && page.index === index;
    p.classList.toggle("selected", selected);
    p.tabIndex = selected ? 0 : -1;
    if (segment.corrected !== undefined) {
      p.classList.add("corrected");
      fill(p, segment.corrected, { marks: hits(segment.corrected, page.search), invisible: page.invisible });
      // The label stands apart, so that it does not decide on the direction of the text.
      const original = element("span", "original");
      original.dir = "auto";
      original.lang = language;
      fill(original, segment.text, { invisible: page.invisible });
      const label = element("span", "label", w().original);
      label.lang = page.project.settings.interface;
      p.append(label, original);
    } else {
      const marks = current ? [...(page.marks.get(`${side} ${segment.start}`) ?? [])] : [];
      marks.push(...hits(segment.text, page.search));
      fill(p, segment.text, { marks, invisible: page.invisible });
    }
    made.append(p);
  });
  if (!bead[side].length) {
    const none = element("p", "none", w().none);
    none.dataset.side = side;
    const selected = current && page.side === side;
    none.classList.toggle("selected", selected);
    none.tabIndex = selected ? 0 : -1;
    made.append(none);
  }
  return made;
}

function middle(bead, position, page) {
  const made = element("div", "middle");
  made.setAttribute("role", "gridcell");
  const number = element("bdi", "number", String(position + 1));
  const kind = element("bdi", "kind", bead.type);
  made.append(number, kind);
  if (typeof bead.confidence === "number") {
    const percent = Math.round(bead.confidence * 100);
    const sure = element("span", "sure");
    sure.setAttribute("role", "img");
    sure.setAttribute("aria-label", w().sure(percent));
    sure.title = w().sure(percent);
    const bar = element("i");
    bar.style.width = `${percent}%`;
    sure.append(bar);
    made.append(sure);
  }
  const badge = (name, text) => made.append(element("span", `badge ${name}`, text));
  if (bead.decision !== "pending") badge(bead.decision, w()[bead.decision]);
  else if (bead.doubtful) badge("doubt", w().doubtful);
  if (bead.pinned) badge("pinned", w().pinned);
  if (bead.crossing) badge("crossing", w().crossing);
  if (bead.comment) badge("note", w().commented1);
  if (SIDES.some((side) => bead[side].some((s) => hasOverrides(s.corrected ?? s.text)))) badge("rejected", w().overrides);
  return made;
}
