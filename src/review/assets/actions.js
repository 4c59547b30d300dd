// Everything that the reader can do, in one table: from it come the keys, the buttons and the help.

import * as column from "./column.js";
import { help } from "./dialogs.js";
import * as doubts from "./doubts.js";
import { findings } from "./findings.js";
import * as edits from "./edits.js";
import { clear } from "./empty.js";
import * as look from "./look.js";
import * as moves from "./moves.js";
import { exportFile, printReport } from "./output.js";
import { replace } from "./replace.js";
import { next } from "./rows.js";
import { fail, go, inSight, say } from "./screen.js";
import * as settings from "./settings.js";
import { on } from "./signals.js";
import { state } from "./state.js";
import { pick } from "./words.js";

/** @import { Action, Words } from "./types.js" */

// Meanings that several keys share.
/** @type {Record<"row" | "side" | "segment" | "end" | "page" | "back" | "hit", Words>} */
const SHARED = {
  row: ["next, previous pair", "الزوج التالي، السابق"],
  side: ["the other side", "الجانب الآخر"],
  segment: ["segment before, after in this pair", "المقطع السابق، التالي في الزوج"],
  end: ["first, last pair", "أول زوج، آخر زوج"],
  page: ["eight pairs on, back", "ثمانية أزواج إلى الأمام، إلى الوراء"],
  back: ["the same, backwards", "مثلها إلى الوراء"],
  hit: ["next, previous place found", "النتيجة التالية، السابقة"],
};

/** @type {Words} */
const LOOK = ["larger, smaller text", "نص أكبر، أصغر"];

/** @type {Action[]} */
export const ACTIONS = [
  { name: "down", keys: ["ArrowDown", "j"], help: SHARED.row, run: () => column.onward() },
  { name: "up", keys: ["ArrowUp", "k"], help: SHARED.row, run: () => moves.step(-1) },
  { name: "left", keys: ["ArrowLeft"], help: SHARED.side, run: () => moves.turn("left") },
  { name: "right", keys: ["ArrowRight"], help: SHARED.side, run: () => moves.turn("right") },
  { name: "segmentBack", keys: [","], help: SHARED.segment, run: () => moves.segment(-1) },
  { name: "segmentNext", keys: ["."], help: SHARED.segment, run: () => moves.segment(1) },
  { name: "first", keys: ["Home"], help: SHARED.end, run: () => moves.end("first") },
  { name: "last", keys: ["End"], help: SHARED.end, run: () => moves.end("last") },
  { name: "pageDown", keys: ["PageDown"], help: SHARED.page, run: () => moves.page(1) },
  { name: "pageUp", keys: ["PageUp"], help: SHARED.page, run: () => moves.page(-1) },

  { name: "accept", keys: ["a", "Enter"], help: ["accept and go on", "اعتماد ثم التالي"], panel: ["Accept", "اعتماد"], group: "change",
    // While the doubtful places are gone through, what is pressed next is meant for the next place.
    get order() { return doubts.isOpen() ? /** @type {const} */ ("waits") : undefined; }, run: () => edits.decide("accepted") },
  { name: "flag", keys: ["f"], help: ["flag", "وضع علامة"], panel: ["Flag", "وضع علامة"], group: "change", run: () => edits.decide("flagged") },
  { name: "reject", keys: ["x"], help: ["reject", "رفض"], panel: ["Reject", "رفض"], group: "change", run: () => edits.decide("rejected") },
  { name: "pin", order: "waits", keys: ["p"], help: ["pin: keep as it is, or take the pin off", "تثبيت: لا يغيّره البرنامج، أو رفع التثبيت"], panel: ["Pin", "تثبيت"], group: "change", run: () => edits.pin() },
  { name: "comment", order: "free", keys: ["c"], help: ["comment", "تعليق"], panel: ["Comment", "تعليق"], group: "change", run: () => edits.comment() },
  { name: "acceptAbove", order: "free", keys: ["A"], help: ["accept all above a confidence", "اعتماد كل ما فوق ثقة"], bar: ["Accept above…", "اعتماد ما فوق…"],
    run: () => column.acceptAbove() },
  { name: "acceptUpTo", order: "free", keys: ["Ctrl Enter"], help: ["accept all up to here", "اعتماد الكل إلى هنا"], panel: ["Accept up to here…", "اعتماد الكل إلى هنا…"], short: ["Up to here…", "إلى هنا…"],
    group: "change", run: () => column.acceptUpTo() },
  { name: "mergeNext", order: "waits", keys: ["m"], help: ["merge with the next", "دمج مع التالي"], panel: ["Merge with next", "دمج مع التالي"], short: ["Merge ↓", "دمج ↓"], group: "change",
    run: () => edits.merge("next") },
  { name: "mergePrevious", order: "waits", keys: ["M"], help: ["merge with the previous", "دمج مع السابق"], panel: ["Merge with previous", "دمج مع السابق"], short: ["Merge ↑", "دمج ↑"], group: "change",
    run: () => edits.merge("previous") },
  { name: "split", order: "waits", keys: ["s"], help: ["split the pair before this segment", "تقسيم الزوج قبل هذا المقطع"], panel: ["Split", "تقسيم"], group: "change",
    run: () => edits.split() },
  { name: "moveUp", order: "waits", keys: ["u"], help: ["move the segment up", "نقل المقطع إلى أعلى"], panel: ["Move up", "نقل إلى أعلى"], short: ["Move ↑", "نقل ↑"], group: "change",
    run: () => edits.move("previous") },
  { name: "moveDown", order: "waits", keys: ["d"], help: ["move the segment down", "نقل المقطع إلى أسفل"], panel: ["Move down", "نقل إلى أسفل"], short: ["Move ↓", "نقل ↓"], group: "change",
    run: () => edits.move("next") },
  { name: "unlink", order: "waits", keys: ["b"], help: ["unlink: every segment without counterpart", "فكّ الربط: كل مقطع بلا مقابل"], panel: ["Unlink", "فكّ الربط"], group: "change", run: () => edits.unlink() },
  { name: "link", order: "waits", keys: ["l"], shown: "l … l", help: ["link with another pair", "ربط بزوج آخر"], panel: ["Link with another", "ربط بزوج آخر"], short: ["Link", "ربط"], group: "change", run: () => edits.link() },
  { name: "belong", order: "waits", keys: ["="], shown: "= … =", help: ["this belongs to that: a segment here, then one on the other side", "هذا يقابل ذاك: مقطع هنا ثم مقطع في الجانب الآخر"],
    panel: ["Belongs to…", "يقابل…"], group: "change", run: () => column.belong() },
  { name: "shiftUp", order: "waits", keys: ["U"], help: ["shift this side up by one from here on", "إزاحة هذا الجانب إلى أعلى من هنا"],
    panel: ["Shift side up", "إزاحة الجانب إلى أعلى"], short: ["Shift ↑", "إزاحة ↑"], group: "change", run: () => column.shift("previous") },
  { name: "shiftDown", order: "waits", keys: ["D"], help: ["shift this side down by one from here on", "إزاحة هذا الجانب إلى أسفل من هنا"],
    panel: ["Shift side down", "إزاحة الجانب إلى أسفل"], short: ["Shift ↓", "إزاحة ↓"], group: "change", run: () => column.shift("next") },
  { name: "splitSegment", keys: ["t"], help: ["split the segment between words", "تقسيم المقطع بين الكلمات"], panel: ["Split segment", "تقسيم المقطع"], short: ["Cut", "قطع"], group: "change",
    run: () => edits.splitSegment() },
  { name: "join", order: "waits", keys: ["g"], help: ["join with the next segment", "وصل بالمقطع التالي"], panel: ["Join segments", "وصل المقاطع"], short: ["Join", "وصل"], group: "change",
    run: () => edits.join() },
  { name: "correct", keys: ["e"], help: ["correct the text", "تصحيح النص"], panel: ["Correct text", "تصحيح النص"], short: ["Correct", "تصحيح"], group: "change", run: () => edits.correct() },
  { name: "rival", order: "waits", keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9"], shown: "1–9", help: ["take another way to pair these", "أخذ مقابلة أخرى"], group: "change",
    run: (key) => edits.takeRival(Number(key)) },
  { name: "realign", order: "waits", keys: ["r"], help: ["re-align around here", "إعادة المقابلة هنا"], bar: ["Re-align", "إعادة المقابلة"],
    panel: ["Re-align here", "إعادة المقابلة هنا"], short: ["Re-align", "إعادة المقابلة"], group: "change", run: () => edits.realign() },
  { name: "realignAll", order: "waits", keys: ["R"], help: ["re-align everything", "إعادة المقابلة كلها"], panel: ["Re-align all", "إعادة المقابلة كلها"], group: "go",
    run: () => edits.realignAll() },
  { name: "undo", order: "waits", keys: ["z", "Ctrl z"], help: ["undo", "تراجع"], bar: ["Undo", "تراجع"], run: () => edits.undo() },
  { name: "redo", order: "waits", keys: ["y", "Ctrl y", "Ctrl Z"], shown: "y Ctrl Y", help: ["redo", "إعادة"], bar: ["Redo", "إعادة"], run: () => edits.redo() },

  { name: "doubts", order: "waits", keys: ["q"], help: ["the places that need you, one after another", "المواضع التي تحتاج إليك، واحدًا بعد آخر"],
    panel: ["Places that need me", "مواضع تحتاج إليّ"], group: "go", run: () => doubts.start() },
  { name: "nextDoubtful", order: "waits", keys: ["n"], help: ["next doubtful", "المشكوك فيه التالي"], panel: ["Next doubtful", "المشكوك فيه التالي"], group: "go",
    run: () => next("doubtful") },
  { name: "nextPending", order: "waits", keys: ["w"], help: ["next unreviewed", "التالي بلا مراجعة"], panel: ["Next unreviewed", "التالي بلا مراجعة"], group: "go",
    run: () => next("pending") },
  { name: "nextFlagged", order: "waits", keys: ["v"], help: ["next flagged", "التالي ذو العلامة"], panel: ["Next flagged", "التالي ذو العلامة"], group: "go",
    run: () => next("flagged") },
  { name: "previousDoubtful", order: "waits", keys: ["N"], help: SHARED.back, run: () => next("doubtful", true) },
  { name: "previousPending", order: "waits", keys: ["W"], help: SHARED.back, run: () => next("pending", true) },
  { name: "previousFlagged", order: "waits", keys: ["V"], help: SHARED.back, run: () => next("flagged", true) },
  { name: "nextOther", order: "waits", keys: ["]"], help: ["next pair that is not 1-1", "الزوج التالي غير ١-١"], panel: ["Next not 1-1", "التالي غير ١-١"], group: "go",
    run: () => next("other") },
  { name: "previousOther", order: "waits", keys: ["["], help: SHARED.back, run: () => next("other", true) },
  { name: "nextAlone", order: "waits", keys: ["}"], help: ["next without counterpart", "التالي بلا مقابل"], panel: ["Next without counterpart", "التالي بلا مقابل"], group: "go",
    run: () => next("null") },
  { name: "previousAlone", order: "waits", keys: ["{"], help: SHARED.back, run: () => next("null", true) },
  { name: "nextFinding", order: "waits", keys: [")"], help: ["next with a finding", "التالي الذي فيه ملاحظة"], panel: ["Next with a finding", "التالي الذي فيه ملاحظة"], group: "go",
    run: () => next("finding") },
  { name: "previousFinding", order: "waits", keys: ["("], help: SHARED.back, run: () => next("finding", true) },
  { name: "bookmark", order: "waits", keys: ["B"], help: ["bookmark this pair, or take it away", "وضع إشارة على هذا الزوج أو رفعها"], panel: ["Bookmark", "إشارة"], group: "change",
    run: () => edits.bookmark() },
  { name: "nextBookmark", order: "waits", keys: [">"], help: ["next bookmark", "الإشارة التالية"], panel: ["Next bookmark", "الإشارة التالية"], group: "go",
    run: () => next("bookmarked") },
  { name: "previousBookmark", order: "waits", keys: ["<"], help: SHARED.back, run: () => next("bookmarked", true) },
  { name: "nextNew", order: "waits", keys: ["J"], help: ["next that is new since the update of a document", "التالي من الجديد بعد تحديث وثيقة"], panel: ["Next that is new", "الجديد التالي"], group: "go",
    run: () => next("renewed") },
  { name: "previousNew", order: "waits", keys: ["K"], help: SHARED.back, run: () => next("renewed", true) },
  { name: "goto", order: "free", keys: [":", "Ctrl g"], help: ["go to a number", "الانتقال إلى رقم"], panel: ["Number…", "إلى رقم…"], group: "go", run: () => moves.goto() },
  { name: "search", order: "free", keys: ["/"], help: ["search", "بحث"], run: () => moves.search() },
  { name: "replace", order: "free", keys: ["Ctrl h"], help: ["find and replace, with a preview", "بحث واستبدال مع عرض مسبق"], panel: ["Find and replace…", "بحث واستبدال…"], short: ["Replace…", "استبدال…"], group: "change",
    run: () => replace() },
  { name: "findings", order: "free", keys: ["F"], help: ["what to look at in the texts: numbers, blanks, marks", "ما يُنظر فيه في النصوص: الأعداد والفراغات والعلامات"], panel: ["Findings…", "ملاحظات النصوص…"], group: "go",
    run: () => findings() },
  { name: "hit", keys: [";"], help: SHARED.hit, bar: ["Next place found", "النتيجة التالية"], run: () => moves.hit() },
  { name: "hitBack", keys: ["'"], help: SHARED.hit, bar: ["Previous place found", "النتيجة السابقة"], run: () => moves.hit(true) },
  { name: "invisible", keys: ["i"], help: ["show invisible marks", "إظهار العلامات الخفية"], panel: ["Invisible marks", "العلامات الخفية"], group: "go",
    run: () => moves.invisible() },
  { name: "clearFilters", order: "free", keys: ["0"], help: ["clear search and filters", "مسح البحث والمرشِّحات"], run: () => clear() },
  { name: "dismiss", order: "free", run: () => moves.dismissNotes() },
  { name: "larger", order: "free", keys: ["+"], shown: "+ −", help: LOOK, panel: ["Larger text", "نص أكبر"], group: "go", run: () => look.resize(1) },
  { name: "smaller", order: "free", keys: ["-"], help: LOOK, panel: ["Smaller text", "نص أصغر"], group: "go", run: () => look.resize(-1) },
  { name: "density", order: "free", keys: ["o"], help: ["rows closer together or further apart", "تقريب الأسطر أو إبعادها"], panel: ["Row spacing", "تباعد الأسطر"], group: "go",
    run: () => look.density() },
  { name: "panel", order: "free", keys: ["h"], help: ["show or hide the evidence", "إظهار القرائن أو إخفاؤها"], bar: ["Evidence", "القرائن"], run: () => settings.panel() },
  { name: "help", order: "free", keys: ["?"], help: ["this help", "هذه المساعدة"], bar: ["Help: all keys", "مساعدة: كل المفاتيح"], run: () => help(helpLines()) },
  { name: "escape", order: "free", keys: ["Escape"], help: ["close, back to the list", "إغلاق والعودة إلى القائمة"], run: () => moves.escape() },

  { name: "export", order: "free", keys: ["E"], help: ["export: what will be written and what not", "تصدير: ما يُكتب وما لا يُكتب"], bar: ["Export…", "تصدير…"], run: () => exportFile() },
  { name: "report", order: "free", bar: ["Print report", "طباعة تقرير"], run: () => printReport() },
  { name: "home", order: "free", bar: ["Projects", "المشاريع"], run: () => settings.home() },
  { name: "name", order: "free", bar: ["Your name…", "اسمك…"], run: () => settings.name() },
  { name: "theme", order: "free", bar: ["Light or dark", "فاتح أو داكن"], run: () => settings.theme() },
  { name: "language", order: "free", bar: ["العربية", "English"], run: () => settings.language() },
];

/** The actions by their names. */
export const NAMED = new Map(ACTIONS.map((action) => [action.name, action]));

/** The actions by their keys. */
export const KEYED = new Map(ACTIONS.flatMap((action) => (action.keys ?? []).map((key) => /** @type {[string, Action]} */ ([key, action]))));

/** What was asked for while something was on its way on which it depends. @type {[Action, string][]} */
const held = [];
let busy = false;

/** Whether the next in order must wait: for an answer, or for the current bead to arrive. */
const mustWait = () => busy || (state.total > 0 && !state.bead);

/** Said where no pair is shown, and where the current one was out of sight. @type {[Words, Words]} */
const [HIDDEN, AGAIN] = [
  ["No pair is shown; clear the filters first.", "لا زوج معروضًا؛ امسح المرشِّحات أولًا."],
  ["This is the pair you are at; once more to change it.", "هذا هو الزوج الذي أنت عنده؛ أعد الأمر لتغييره."],
];

/**
 * Does something, by its name, when its turn comes.
 * @param {string} name
 * @param {string} [key] the key that was pressed
 */
export function perform(name, key = "") {
  const action = NAMED.get(name);
  if (!action) return;
  if (action.group === "change" && !state.shown) return say(pick(HIDDEN));
  if (action.group === "change" && !held.length && !doubts.isOver() && !inSight()) {
    // What is not seen is not changed: it is shown first.
    go(state.position, "centre");
    return say(pick(AGAIN));
  }
  if (action.order !== "free" && (held.length || mustWait())) held.push([action, key]);
  else run(action, key);
}

/** @type {(action: Action, key: string) => Promise<void>} */
async function run(action, key) {
  try {
    const done = action.run(key, action);
    if (action.order === "waits") busy = true;
    await done;
  } catch (error) {
    fail(error);
  }
  if (action.order !== "waits") return;
  busy = false;
  release();
}

/** Does what was held, in order, as far as nothing is to be waited for. */
function release() {
  for (let next; !mustWait() && (next = held.shift()); ) {
    run(...next);
    // A field was opened: what was pressed after it was meant for that.
    if (state.editing) held.length = 0;
  }
}

on("arrived", release);

/** @type {Record<string, string>} */
const SHOWN = { ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc", PageDown: "PgDn", PageUp: "PgUp" };

/**
 * A key as it stands on a keyboard: one cap, or two where another key is held.
 * @type {(key: string) => string[]}
 */
function caps(key) {
  const [held, letter] = key.split(" ");
  if (letter) return [held, letter.length === 1 ? letter.toUpperCase() : letter];
  return /^[A-Z]$/.test(key) ? ["Shift", key] : [SHOWN[key] ?? key];
}

/** The lines of the help: the keys of all actions of one meaning, and the meaning. */
function helpLines() {
  /** @type {Map<Words, Action[]>} */
  const lines = new Map();
  for (const action of ACTIONS) if (action.help) lines.set(action.help, [...(lines.get(action.help) ?? []), action]);
  return [...lines].map(([meaning, actions]) => {
    const most = Math.max(...actions.map(({ keys }) => keys?.length ?? 0));
    // First the first keys of all of them, then the second.
    const keys = Array.from({ length: most }, (_, i) => actions.flatMap((action) => action.keys?.slice(i, i + 1) ?? [])).flat();
    const all = actions[0].shown?.split(" ") ?? keys.flatMap(caps);
    return /** @type {[string[], string]} */ ([all.filter((cap, i) => cap !== "Shift" || all.indexOf(cap) === i), pick(meaning)]);
  });
}
