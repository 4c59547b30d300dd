// Moves that reach further than a pair: a segment that belongs to one further off, one side shifted by one, everything
// accepted up to here, and each pair accepted behind the reader.

import { get } from "./api.js";
import { ask } from "./dialogs.js";
import { $, made } from "./dom.js";
import { step } from "./moves.js";
import { send } from "./queue.js";
import { go, list, redraw, say, selected } from "./screen.js";
import { on } from "./signals.js";
import { across, state } from "./state.js";
import { pick } from "./words.js";
import { plural } from "./said.js";

/** @import { Forms } from "./numbers.js" */
/** @import { Words } from "./types.js" */

/** @type {Record<"open" | "same" | "upTo" | "above" | "also" | "percent" | "behind" | "accept" | "nothing", Words>} */
const WORDS = {
  open: ["Now choose the segment that it belongs to and press = again; Esc leaves it.", "اختر الآن المقطع الذي يقابله واضغط = مرة أخرى؛ وEsc للترك."],
  same: ["That stands on the same side; choose one of the other.", "هذا في الجانب نفسه؛ اختر مقطعًا من الجانب الآخر."],
  upTo: ["Accept everything from the first pair to this one", "اعتماد كل الأزواج من الأول إلى هذا"],
  above: ["Accept all pairs with a confidence of at least", "اعتماد كل زوج ثقته لا تقل عن"],
  also: ["the doubtful ones too", "المشكوك فيها أيضًا"],
  percent: ["Confidence (%)", "الثقة (٪)"],
  behind: ["accept behind me", "اعتماد ما أتجاوزه"],
  accept: ["Accept", "اعتماد"],
  nothing: ["Nothing would be accepted.", "لا شيء ليُعتمد."],
};

/** @type {Record<"takes" | "left", [Forms, Forms]>} */
const COUNTED = {
  takes: [
    { one: "# pair will be accepted.", other: "# pairs will be accepted." },
    { zero: "لن يُعتمد أي زوج.", one: "سيُعتمد زوج واحد.", two: "سيُعتمد زوجان.", few: "ستُعتمد # أزواج.", many: "سيُعتمد # زوجًا.", other: "سيُعتمد # زوج." },
  ],
  left: [
    { one: "# doubtful one is left out.", other: "# doubtful ones are left out." },
    { one: "ويبقى زوج واحد مشكوك فيه.", two: "ويبقى زوجان مشكوك فيهما.", few: "وتبقى # أزواج مشكوك فيها.", many: "ويبقى # زوجًا مشكوكًا فيه.", other: "ويبقى # زوج مشكوك فيه." },
  ],
};

/** @type {(name: string, fields: Record<string, unknown>) => ReturnType<typeof send>} */
const edit = (name, fields) => send("/api/edit", { edit: name, ...fields });

/** Marks the selected segment, or brings the one marked together with the one selected now. */
export function belong() {
  const { segment, side, thread } = state;
  if (!segment) return undefined;
  if (!thread) {
    state.thread = { side, segment: segment.start };
    // The other end is on the other side.
    const there = across(side);
    if (state.bead?.[there].length) Object.assign(state, { side: there, index: 0 });
    redraw();
    draw();
    return say(pick(WORDS.open));
  }
  if (thread.side === side) return say(pick(WORDS.same));
  leave();
  return edit("belong", { [thread.side]: thread.segment, [side]: segment.start });
}

/** Takes away what is shown of a link. */
function leave() {
  if (!state.thread) return;
  state.thread = null;
  draw();
  list.refresh();
}

/** Gives up a link whose other end is not chosen: the reader is on the side again on which it was begun. */
export function giveUp() {
  if (!state.thread) return;
  state.side = state.thread.side;
  leave();
}

/** Whether a click on a segment is the other end of a link. */
export const isOtherEnd = () => state.thread !== null && state.thread.side !== state.side && state.segment !== undefined;

/** Shifts the side of the selected segment by one from here on. @param {"next" | "previous"} to */
export const shift = (to) => state.segment && edit("shift", { side: state.side, segment: state.segment.start, to });

/**
 * Says how many pairs would be accepted.
 * @param {Record<string, string | number>} which
 * @param {boolean} all whether the doubtful ones too
 */
async function takes(which, all) {
  /** @type {{ takes: number, doubtful: number }} */
  const { takes: sure, doubtful } = await get("/api/takes", which);
  const number = sure + (all ? doubtful : 0);
  const left = all || !doubtful ? "" : ` ${plural(COUNTED.left, doubtful)}`;
  return plural(COUNTED.takes, number) + left;
}

/** Asks whether everything up to here is to be accepted. */
export async function acceptUpTo() {
  const { bead } = state;
  if (!bead) return;
  const given = await ask(pick(WORDS.upTo), [{ name: "doubtful", label: pick(WORDS.also), kind: "check" }], {
    ok: pick(WORDS.accept), about: ({ doubtful }) => takes({ bead: bead.id }, Boolean(doubtful)),
  });
  if (given) edit("accept-up-to", { bead: bead.id, doubtful: Boolean(given.doubtful) });
}

/** Asks above which confidence everything is to be accepted. */
export async function acceptAbove() {
  const share = (/** @type {string} */ least) => Math.min(1, Math.max(0, Number(least) / 100));
  const fields = /** @type {import("./types.js").Field[]} */ ([
    { name: "least", label: pick(WORDS.percent), kind: "number", min: 0, max: 100, step: 1, value: "95" },
    { name: "doubtful", label: pick(WORDS.also), kind: "check" },
  ]);
  const given = await ask(pick(WORDS.above), fields, {
    ok: pick(WORDS.accept), about: ({ least, doubtful }) => takes({ confidence: share(least) }, Boolean(doubtful)),
  });
  if (given) edit("accept-above", { confidence: share(given.least), doubtful: Boolean(given.doubtful) });
}

const BEHIND = "muqabala-behind";
const check = made("input", { type: "checkbox", id: "behind" });
const label = made("label", { className: "check" }, check, made("span", {}));

/** Goes on; where it is wished, what the reader leaves behind and nobody decided on is accepted, unless it is doubtful. */
export function onward() {
  const { bead, position } = state;
  if (check.checked && bead?.decision === "pending" && !bead.doubtful) edit("decide", { bead: bead.id, decision: "accepted" });
  step(1, position);
}

const SVG = "http://www.w3.org/2000/svg";
const svg = document.createElementNS(SVG, "svg");
svg.id = "thread";
svg.setAttribute("aria-hidden", "true");
const path = document.createElementNS(SVG, "path");
svg.append(path);
let waiting = false;

/** Draws the thread at the next frame. */
function soon() {
  if (waiting || (!state.thread && svg.style.display === "none")) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; draw(); });
}

/** Draws a thread from the segment that is marked to the one selected, as long as a link is open. */
function draw() {
  const { thread } = state;
  svg.style.display = thread ? "" : "none";
  if (!thread) return;
  const frame = $("work").getBoundingClientRect();
  const scroller = list.scroller.getBoundingClientRect();
  const end = selected()?.getBoundingClientRect();
  const element = document.querySelector(`.segment[data-side="${thread.side}"][data-segment="${thread.segment}"]`);
  const begin = element?.getBoundingClientRect();
  if (!end) return;
  const inner = (/** @type {number} */ y) => Math.max(scroller.top, Math.min(scroller.bottom, y)) - frame.top;
  const left = (thread.side === "source") === (document.documentElement.dir !== "rtl");
  const other = document.querySelector(`#head-${thread.side}`)?.getBoundingClientRect();
  const from = begin ?? other ?? end;
  // A segment that is scrolled away is above or below.
  const isAbove = begin ? null : (state.rows.findIndex((bead) => bead?.[thread.side].some((s) => s.start === thread.segment)) < state.position);
  const [x1, y1] = [(left ? from.right : from.left) - frame.left, begin ? inner((begin.top + begin.bottom) / 2) : inner(isAbove ? scroller.top : scroller.bottom)];
  const [x2, y2] = [(state.side === thread.side ? (left ? end.right : end.left) : (left ? end.left : end.right)) - frame.left, inner((end.top + end.bottom) / 2)];
  const middle = (x1 + x2) / 2;
  path.setAttribute("d", `M ${x1} ${y1} C ${middle} ${y1}, ${middle} ${y2}, ${x2} ${y2}`);
}

/** The words of what stands here. */
function words() {
  label.lastElementChild?.replaceChildren(pick(WORDS.behind));
}

/**
 * Listens to what moves the thread.
 * @param {HTMLElement} place where the option stands
 */
export function listen(place) {
  $("work").append(svg);
  svg.style.display = "none";
  place.append(label);
  check.checked = localStorage.getItem(BEHIND) === "on";
  check.addEventListener("change", () => { localStorage.setItem(BEHIND, check.checked ? "on" : "off"); go(state.position); });
  on("moved", soon);
  on("project", words);
  list.scroller.addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
}
