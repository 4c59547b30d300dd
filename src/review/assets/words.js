// The words of the page in English and Arabic.

import { counted, number, percent, writeIn } from "./numbers.js";

/** @typedef {import("./types.js").Side} Side */

/** @type {(side: Side) => Side} */
const across = (side) => (side === "source" ? "target" : "source");

/**
 * Where a side stands on the page: the source at the start of the line.
 * @type {(side: Side) => string}
 */
export function sideOf(side) {
  const right = (side === "source") === (document.documentElement.dir === "rtl");
  return right ? pick(["on the right", "في الجانب الأيمن"]) : pick(["on the left", "في الجانب الأيسر"]);
}

/**
 * How far the review is, in Arabic: what there is none of is said in words.
 * @type {(decided: number, c: import("./types.js").Counts) => string}
 */
const arabicCounts = (decided, c) => [
  decided ? `حُسم ${number(decided)} من ${number(c.beads)}` : `لم يُحسم شيء من ${number(c.beads)}`,
  c.doubtful ? `مشكوك فيه ${number(c.doubtful)}` : "لا شيء مشكوك فيه",
  c.flagged ? `عليه علامة ${number(c.flagged)}` : "لا علامات",
].join("، ");

/** @typedef {typeof ENGLISH & { refused?: Record<string, string> }} Vocabulary */

const ENGLISH = {
  question: "?", skip: "Skip to the pairs", title: "Review", auto: "automatically",
  search: "Search in both languages and comments", confidence: "Confidence %, from", to: "to", onlyHits: "show only these",
  hits: (/** @type {number} */ n) => `${number(n)} found`, only: "Show by status", type: "Show by type", any: "any status", anyType: "any type",
  pending: "not reviewed", accepted: "accepted", flagged: "flagged", rejected: "rejected", doubtful: "doubtful", commented: "with a comment",
  corrected: "with corrected text", pinned: "pinned", crossing: "out of order", nullType: "no counterpart", other: "more than one sentence",
  counts: (/** @type {import("./types.js").Counts} */ c) => `${number(c.beads - c.pending - c.flagged)} of ${number(c.beads)} decided · ${number(c.doubtful)} doubtful · ${number(c.flagged)} flagged`,
  progress: "Progress of the review", source: "source", target: "target", none: "no counterpart", loading: "…",
  comment: "Comment", commented1: "comment", evidence: "Why these belong together", alone: "Why this stands alone", weight: (/** @type {number} */ x) => `weight ${number(Math.round(x * 10) / 10)}`, noEvidence: "Nothing is recorded about this pair.",
  rivals: "Other ways to pair these sentences", doubts: "What makes it doubtful",
  grid: "Pairs: source, status, target", plot: "Place in the whole alignment", panel: "Evidence", tools: "Tools",
  rowLabel: (/** @type {number} */ n, /** @type {number} */ total, /** @type {string} */ type, /** @type {string} */ status) => `Pair ${number(n)} of ${number(total)}, ${type}, ${status}`,
  sign: "%", percent, sure: (/** @type {number} */ p) => `confidence ${percent(p)}`, original: "original:", overrides: "hidden direction marks",
  kinds: { type: "Kind of pair", length: "Lengths", words: "Words", numbers: "Numbers", dates: "Dates", names: "Names", symbols: "Symbols", structure: "Punctuation and layout", embedding: "Meaning", unaligned: "No counterpart" },
  doubt: {
    "lengths-far-apart": (/** @type {any} */ d) => `the lengths are far apart: ${number(d.source)} and ${number(d.target)} characters`,
    "perhaps-unrelated": () => "the two sides may not translate each other at all",
    "no-word-in-common": () => "no word of one side translates a word of the other",
    "missing-value": (/** @type {any} */ d) => `${d.text} is missing ${sideOf(across(d.side))}`,
    "close-rival": (/** @type {any} */ d) => `these sentences may belong together in another way (${percent(Math.floor(d.probability * 100 + 1e-9))})`,
    "weak-segment": (/** @type {any} */ d) => `little speaks for this segment: ${d.text}`,
  },
  /** @type {Record<string, string>} */
  done: {
    adopt: "Taken over from another project",
    "merge-next": "Merged", "merge-previous": "Merged", split: "Split", move: "Moved", unlink: "Unlinked", link: "Linked",
    "split-segment": "Segment split", "join-segments": "Segments joined", correct: "Text corrected", accept: "Accepted", flag: "Flagged",
    reject: "Rejected", reopen: "Open again", "accept-above": "Accepted", comment: "Comment kept", pin: "Pinned", unpin: "Pin taken off",
    "accept-up-to": "Accepted", belong: "Brought together", shift: "Shifted", "take-rival": "Paired another way", replace: "Replaced", realign: "Re-aligned", undo: "Undone", redo: "Done again",
  },
  goTitle: "Go and show", realigned: (/** @type {number} */ n) => counted(n, { one: "# pair changed", other: "# pairs changed" }), down: "The program does not answer. Your last edit is kept here and sent as soon as it is back.",
  gone: "The program was started again or this page was opened without its key. Open the address that it printed; an edit not yet sent is kept here and sent then.",
  notSent: "The project changed before this edit could be sent, so it was not made:",
  soughtGone: "What you came for does not stand in this project any more; this is where it stood.",
  stale: "This was changed elsewhere since; your edit was not made.", nothing: "There is none.",
  linkFrom: "Now go to the other pair and press l again to link the two.", cancel: "Cancel", ok: "OK", save: "Save", toOriginal: "Back to the original",
  commentAsk: "Comment on this pair", aboveAsk: "Accept all pending pairs with a confidence of at least (%)", gotoAsk: "Go to pair number",
  exportAsk: "Export", exportNow: "Export", format: "Format", which: "Which pairs", all: "all but the rejected", acceptedOnly: "accepted only", leastAsk: "Least confidence of the others (%)",
  reviewer: "Your name, written into the history", splitHelp: "Choose where to cut, with the arrow keys and Enter or with a click; Esc leaves it.",
  formats: { tmx: "TMX translation memory", xliff: "XLIFF 1.2", xliff2: "XLIFF 2.1", po: "PO (gettext)", docx: "Word table", xlsx: "Excel workbook", csv: "CSV table", tsv: "TSV table", html: "HTML report", jsonl: "JSON lines", beads: "segment numbers only", text: "readable text" },
  keysTitle: "Keys", close: "Close", correctBox: "correct the text", nameLabel: "Name", reviewerIs: "Reviewer:",
  mouse: "With the mouse: drag a segment to another pair; double-click a segment to split it between words.",
};

/** @type {Vocabulary} */
const ARABIC = {
  // In English the program's own words are shown.
  refused: {
    "unknown-bead": "لم يعد هذا الزوج موجودًا؛ أعد تحميل الصفحة.", "unknown-segment": "لا مقطع يبدأ هناك؛ أعد تحميل الصفحة.",
    "no-neighbour": "لا زوج في تلك الجهة.", "not-adjacent": "المقاطع غير متتالية، ولا يجتمع في زوج واحد إلا مقاطع متجاورة.",
    "nothing-to-split": "لا يمكن تقسيم الزوج هنا، فلا بد لكل قسم من مقطع.", "no-segment": "أحد جانبي الزوج بلا مقطع.",
    "together": "المقطعان في زوج واحد أصلًا.", "bad-cut": "لا يمكن تقسيم المقطع هنا، فلا بد لكل قسم من نص.",
    "last-segment": "لا مقطع بعده ليوصل به.", "corrected": "صُحّح نص هذا المقطع؛ ألغِ التصحيح قبل تقسيمه.",
    "empty-text": "لا يكون النص المصحَّح فارغًا؛ ارفض الزوج أو فكّ ربطه.", "too-long": "النص أطول مما يُسمح به.",
    "no-rival": "لم يعد هذا البديل يوافق المقاطع.", "bad-pattern": "لا يصلح هذا النمط للبحث.", "bad-confidence": "الثقة بين صفر و١٠٠٪.", "nothing": "لا شيء يتغيّر.",
    "end-of-history": "لا شيء للتراجع عنه أو لإعادته.", "conflict": "تعديل مسجَّل لا يوافق حال المشروع: غيّر الملفَّ برنامج آخر.",
  },
  question: "؟", skip: "إلى قائمة الأزواج", title: "المراجعة", auto: "تلقائيًا",
  search: "البحث في اللغتين وفي التعليقات", confidence: "الثقة ٪ من", to: "إلى", onlyHits: "هذه فقط",
  hits: (/** @type {number} */ n) => (n ? `النتائج: ${number(n)}` : "لا نتائج"), only: "عرض بحسب الحالة", type: "عرض بحسب النوع", any: "كل الحالات", anyType: "كل الأنواع",
  pending: "بانتظار المراجعة", accepted: "معتمد", flagged: "عليه علامة", rejected: "مرفوض", doubtful: "مشكوك فيه", commented: "عليه تعليق",
  corrected: "نصه مصحَّح", pinned: "مثبَّت", crossing: "خارج الترتيب", nullType: "بلا مقابل", other: "أكثر من جملة",
  counts: (/** @type {import("./types.js").Counts} */ c) => arabicCounts(c.beads - c.pending - c.flagged, c),
  progress: "تقدّم المراجعة", source: "الأصل", target: "الترجمة", none: "بلا مقابل", loading: "…",
  comment: "تعليق", commented1: "تعليق", evidence: "لماذا يتقابل الجانبان", alone: "لماذا بقي هذا بلا مقابل", weight: (/** @type {number} */ x) => `الوزن ${number(Math.round(x * 10) / 10)}`, noEvidence: "لا قرائن مسجَّلة لهذا الزوج.",
  rivals: "مقابلات أخرى ممكنة لهذه الجمل", doubts: "أسباب الشك",
  grid: "الأزواج: الأصل والحالة والترجمة", plot: "الموضع في المقابلة كلها", panel: "القرائن", tools: "أدوات",
  rowLabel: (/** @type {number} */ n, /** @type {number} */ total, /** @type {string} */ type, /** @type {string} */ status) => `الزوج ${number(n)} من ${number(total)}، ${type}، ${status}`,
  sign: "٪", percent, sure: (/** @type {number} */ p) => `الثقة ${percent(p)}`, original: "الأصل:", overrides: "علامات اتجاه خفية",
  kinds: { type: "نوع الزوج", length: "الطول", words: "الكلمات", numbers: "الأعداد", dates: "التواريخ", names: "الأسماء", symbols: "الرموز", structure: "الترقيم والتنسيق", embedding: "المعنى", unaligned: "بلا مقابل" },
  doubt: {
    "lengths-far-apart": (/** @type {any} */ d) => `الطولان متباعدان (عدد الحروف): ${number(d.source)} مقابل ${number(d.target)}`,
    "perhaps-unrelated": () => "قد لا يكون أحد الجانبين ترجمة للآخر أصلًا",
    "no-word-in-common": () => "لا كلمة في أحد الجانبين تترجم كلمة في الآخر",
    "missing-value": (/** @type {any} */ d) => `${d.text} غير موجود ${sideOf(across(d.side))}`,
    "close-rival": (/** @type {any} */ d) => `قد تصحّ مقابلة أخرى لهذه الجمل (${percent(Math.floor(d.probability * 100 + 1e-9))})`,
    "weak-segment": (/** @type {any} */ d) => `لا يؤيد هذا المقطعَ إلا القليل: ${d.text}`,
  },
  done: {
    adopt: "أُخذ من مشروع آخر",
    "merge-next": "دُمج", "merge-previous": "دُمج", split: "قُسّم", move: "نُقل", unlink: "فُكّ الربط", link: "رُبط",
    "split-segment": "قُسّم المقطع", "join-segments": "وُصل المقطعان", correct: "صُحّح النص", accept: "اعتُمد", flag: "وُضعت علامة",
    reject: "رُفض", reopen: "أُعيد فتحه", "accept-above": "اعتُمدت", comment: "حُفظ التعليق", pin: "ثُبّت", unpin: "رُفع التثبيت",
    "accept-up-to": "اعتُمدت", belong: "جُمعا", shift: "أُزيح الجانب", "take-rival": "أُخذت مقابلة أخرى", replace: "استُبدل", realign: "أُعيدت المقابلة", undo: "تُراجع عنه", redo: "أُعيد",
  },
  goTitle: "الانتقال والعرض", realigned: (/** @type {number} */ n) => counted(n, { one: "تغيّر زوج واحد", two: "تغيّر زوجان", few: "تغيّرت # أزواج", many: "تغيّر # زوجًا", other: "تغيّر # زوج" }), down: "البرنامج لا يجيب. آخر تعديل لك محفوظ هنا وسيُرسل حالما يعود.",
  gone: "شُغّل البرنامج من جديد أو فُتحت الصفحة بلا مفتاحها. افتح العنوان الذي طبعه البرنامج؛ وما لم يُرسل من تعديلك محفوظ هنا وسيُرسل حينها.",
  notSent: "تغيّر المشروع قبل إرسال هذا التعديل فلم يُجرَ:",
  soughtGone: "لم يعد النص الذي جئت من أجله في هذا المشروع، وهنا كان موضعه.",
  stale: "تغيّر هذا من مكان آخر، فلم يُجرَ تعديلك.", nothing: "لا يوجد.",
  linkFrom: "انتقل إلى الزوج الآخر واضغط l مرة ثانية لربطهما.", cancel: "إلغاء", ok: "موافق", save: "حفظ", toOriginal: "العودة إلى الأصل",
  commentAsk: "تعليق على هذا الزوج", aboveAsk: "اعتماد كل ما ينتظر المراجعة وثقته لا تقل عن (٪)", gotoAsk: "الانتقال إلى الزوج رقم",
  exportAsk: "تصدير", exportNow: "تصدير", format: "الصيغة", which: "أي الأزواج", all: "الكل إلا المرفوض", acceptedOnly: "المعتمد فقط", leastAsk: "أدنى ثقة لغير المعتمد (٪)",
  reviewer: "اسمك، ويُكتب في السجل", splitHelp: "اختر موضع القطع بالأسهم ثم Enter أو بالنقر؛ وEsc للترك.",
  formats: { tmx: "ذاكرة ترجمة TMX", xliff: "XLIFF 1.2", xliff2: "XLIFF 2.1", po: "PO (gettext)", docx: "جدول Word", xlsx: "مصنف Excel", csv: "جدول CSV", tsv: "جدول TSV", html: "تقرير HTML", jsonl: "أسطر JSON", beads: "أرقام المقاطع فقط", text: "نص للقراءة" },
  keysTitle: "المفاتيح", close: "إغلاق", correctBox: "تصحيح النص", nameLabel: "الاسم", reviewerIs: "المراجع:",
  mouse: "بالفأرة: اسحب المقطع إلى زوج آخر؛ وانقر المقطع نقرًا مزدوجًا لتقسيمه بين الكلمات.",
};

/** @type {Vocabulary} */
let words = ENGLISH;

/** The words of the interface's language. */
export const w = () => words;

/**
 * What is of the interface's language: English, Arabic.
 * @type {<T>(both: [T, T]) => T}
 */
export const pick = ([english, arabic]) => (words === ARABIC ? arabic : english);

/**
 * Switches the language of the page.
 * @param {"en" | "ar"} language
 */
export function speak(language) {
  words = language === "ar" ? ARABIC : ENGLISH;
  writeIn(language);
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-word]"))) {
    element.textContent = String(/** @type {Record<string, unknown>} */ (words)[element.dataset.word ?? ""]);
  }
}
