// One bead as a row of the grid.

import { apart, made } from "./dom.js";
import { picture, told } from "./kind.js";
import { cells } from "./notes.js";
import { number } from "./numbers.js";
import { whole } from "./said.js";
import { direction, fill, hasOverrides, hits } from "./text.js";
import { pick, w } from "./words.js";

/** @import { Bead, Segment, Side, Words } from "./types.js" */
/** @import { State } from "./state.js" */

const SIDES = /** @type {const} */ (["source", "target"]);

/** @type {Record<"hand" | "doubts" | "doubtsTitle" | "bookmarked" | "renewed" | "renewedTitle" | "more", Words>} */
const WORDS = {
  hand: ["by hand", "يدوي"],
  doubts: ["has doubts", "فيه شك"],
  doubtsTitle: ["something speaks against it: the panel says what", "هناك ما يخالفه: اللوحة تبيّنه"],
  bookmarked: ["bookmark", "إشارة"],
  renewed: ["new", "جديد"],
  renewedTitle: ["aligned anew since a document was updated", "أُعيدت مقابلته بعد تحديث إحدى الوثيقتين"],
  more: ["What to do with this pair", "ما يُفعل بهذا الزوج"],
};

/** What the badges mean. */
const TITLES = {
  doubtful: () => pick(["perhaps not right: the panel says why", "قد لا يكون صحيحًا: اللوحة تبيّن السبب"]),
  pinned: () => pick(["stays as it is when the rest is re-aligned", "يبقى كما هو عند إعادة المقابلة"]),
  crossing: () => pick(["stands elsewhere in the other document", "موضعه مختلف في الوثيقة الأخرى"]),
  overrides: () => pick(["the text holds marks that turn its direction around", "في النص علامات تقلب اتجاهه"]),
};

/** @type {(className: string, ...children: (Node | string)[]) => HTMLElement} */
function gridcell(className, ...children) {
  const cell = made("div", { className }, ...children);
  cell.setAttribute("role", "gridcell");
  return cell;
}

/**
 * The row of `bead` at `position`; `state` says what is shown: languages, search, selection, invisible marks, the
 * evidence of the current bead.
 * @param {Bead | undefined} bead `undefined` while it is on its way
 * @param {number} position
 * @param {State} state
 */
export function row(bead, position, state) {
  const current = position === state.position;
  const line = made("div", { className: `row ${bead ? bead.decision : "empty"}` });
  line.setAttribute("role", "row");
  line.setAttribute("aria-rowindex", String(position + 2));
  line.setAttribute("aria-selected", String(current));
  line.dataset.position = String(position);
  line.classList.toggle("current", current);
  if (!bead) {
    line.append(gridcell("cell", w().loading));
    return line;
  }
  line.dataset.bead = String(bead.id);
  line.setAttribute("aria-label", label(bead, position, state.total));
  line.classList.toggle("doubtful", Boolean(bead.doubtful));
  line.classList.toggle("fresh", state.fresh.has(bead.id));
  line.append(cell(bead, "source", current, state), middle(bead, position), cell(bead, "target", current, state), ...cells(bead));
  return line;
}

/**
 * The row in words: what it is, what was decided, how sure it is, and what was noted.
 * @type {(bead: Bead, position: number, total: number) => string}
 */
function label(bead, position, total) {
  const parts = [w().rowLabel(position + 1, total, told(bead.type), w()[bead.decision])];
  if (bead.doubtful) parts.push(w().doubtful);
  if (typeof bead.confidence === "number") parts.push(w().sure(whole(bead.confidence)));
  if (bead.pinned) parts.push(pick(WORDS.hand), w().pinned);
  if (bead.doubts) parts.push(pick(WORDS.doubts));
  if (bead.renewed) parts.push(pick(WORDS.renewedTitle));
  if (bead.crossing) parts.push(w().crossing);
  if (bead.comment) parts.push(`${w().commented1}: ${bead.comment}`);
  return parts.join(pick([", ", "، "]));
}

/**
 * The segments of one side.
 * @param {Bead} bead
 * @param {Side} side
 * @param {boolean} current
 * @param {State} state
 */
function cell(bead, side, current, state) {
  const box = gridcell("cell");
  box.dataset.side = side;
  const here = current && state.side === side;
  const texts = made("div", { className: "texts" });
  bead[side].forEach((segment, index) => texts.append(paragraph(segment, index, { side, current, selected: here && state.index === index }, state)));
  if (!bead[side].length) {
    const none = made("p", { className: "none", textContent: w().none });
    none.dataset.side = side;
    none.classList.toggle("selected", here);
    none.tabIndex = here ? 0 : -1;
    texts.append(none);
  }
  // The border to the pair below, for the mouse; with the keys a segment is moved.
  const border = made("div", { className: "border" });
  border.dataset.side = side;
  box.append(texts, border);
  return box;
}

/**
 * A segment; of one that was corrected, the original too.
 * @param {Segment} segment
 * @param {number} index
 * @param {{ side: Side, current: boolean, selected: boolean }} where
 * @param {State} state
 */
function paragraph(segment, index, { side, current, selected }, state) {
  const { invisible, search } = state;
  const lang = state.project.languages[side];
  const dir = direction(lang);
  const p = made("p", { className: "segment", lang, dir, draggable: true, tabIndex: selected ? 0 : -1 });
  Object.assign(p.dataset, { segment: segment.start, index, side });
  p.classList.toggle("heading", Boolean(segment.kind));
  p.classList.toggle("selected", selected);
  p.classList.toggle("marked", state.thread?.side === side && state.thread.segment === segment.start);
  if (segment.corrected === undefined) {
    const marks = current ? state.marks.get(`${side} ${segment.start}`) ?? [] : [];
    fill(p, segment.text, { marks: [...marks, ...hits(segment.text, search)], invisible });
    return p;
  }
  p.classList.add("corrected");
  fill(p, segment.corrected, { marks: hits(segment.corrected, search), invisible });
  // The label stands apart, so that it does not decide on the direction of the text.
  const original = made("span", { className: "original", dir, lang });
  fill(original, segment.text, { invisible });
  p.append(made("span", { className: "label", textContent: w().original, lang: state.project.settings.interface }), original);
  return p;
}

/**
 * What stands between the two texts: number, type, confidence, and what was said of the bead.
 * @param {Bead} bead
 * @param {number} position
 */
function middle(bead, position) {
  const box = gridcell("middle", apart(number(position + 1), { className: "number" }), picture(bead.type));
  if (bead.pinned) box.append(made("span", { className: "hand", textContent: pick(WORDS.hand), title: TITLES.pinned() }));
  if (typeof bead.confidence === "number") {
    const percent = whole(bead.confidence);
    const bar = made("i");
    bar.style.width = `${percent}%`;
    const sure = made("span", { className: "sure", title: w().sure(percent) }, bar);
    sure.setAttribute("role", "img");
    sure.setAttribute("aria-label", w().sure(percent));
    box.append(sure);
  }
  /** @type {(name: string, text: string, title?: string) => void} */
  const badge = (name, text, title = "") => box.append(made("span", { className: `badge ${name}`, textContent: text, title }));
  if (bead.decision !== "pending") badge(bead.decision, w()[bead.decision]);
  else if (bead.doubtful) badge("doubt", w().doubtful, TITLES.doubtful());
  if (bead.doubts) badge("doubt", pick(WORDS.doubts), pick(WORDS.doubtsTitle));
  if (bead.bookmarked) badge("marked", pick(WORDS.bookmarked), "");
  if (bead.renewed) badge("new", pick(WORDS.renewed), pick(WORDS.renewedTitle));
  if (bead.crossing) badge("crossing", w().crossing, TITLES.crossing());
  if (bead.comment) badge("note", w().commented1, bead.comment);
  if (SIDES.some((side) => bead[side].some((s) => hasOverrides(s.corrected ?? s.text)))) badge("rejected", w().overrides, TITLES.overrides());
  const more = made("button", { type: "button", className: "more", textContent: "⋯", tabIndex: -1, title: pick(WORDS.more) });
  more.setAttribute("aria-label", pick(WORDS.more));
  box.append(more);
  return box;
}
