// The words of the page in English and Arabic.

/** A text of a document inside a sentence of the interface: whatever its script, the sentence keeps its order. */
const isolated = (text) => `\u2068${text}\u2069`;

const ENGLISH = {
  skip: "Skip to the beads", title: "Review", undo: "Undo", redo: "Redo", realign: "Re-align", auto: "automatically",
  acceptAbove: "Accept above…", export: "Export…", report: "Print report", theme: "Light or dark", language: "العربية", help: "Help: all keys",
  search: "Search in both languages and comments", hit: "Next hit", hitBack: "Previous hit", confidence: "Confidence %, from", to: "to", onlyHits: "show only these",
  hits: (n) => `${n} found`, only: "Show by status", type: "Show by type", any: "any status", anyType: "any type",
  pending: "pending", accepted: "accepted", flagged: "flagged", rejected: "rejected", doubtful: "doubtful", commented: "with a comment",
  corrected: "with corrected text", pinned: "pinned", crossing: "crossing", nullType: "unaligned", other: "other than 1-1",
  counts: (c) => `${c.beads - c.pending - c.flagged} of ${c.beads} decided · ${c.doubtful} doubtful · ${c.flagged} flagged`,
  progress: "Progress of the review", source: "source", target: "target", none: "no counterpart", loading: "…",
  comment: "Comment", commented1: "comment", evidence: "Why these belong together", alone: "Why this stands alone", noEvidence: "The aligner said nothing about this bead.",
  rivals: "Other ways to cut this place", doubts: "What makes it doubtful", cost: "total", take: (k) => `Take alternative ${k}`,
  grid: "Beads: source, status, target", plot: "Picture of the whole alignment; click to go there", panel: "Evidence", tools: "Tools",
  rowLabel: (n, total, type, status) => `Bead ${n} of ${total}, ${type}, ${status}`,
  sign: "%", percent: (p) => `${p} %`, sure: (p) => `confidence ${p} %`, original: "original:", overrides: "hidden direction marks",
  kinds: { type: "Kind of bead", length: "Lengths", words: "Words", numbers: "Numbers", dates: "Dates", names: "Names", symbols: "Symbols", structure: "Structure", embedding: "Embeddings", unaligned: "Unaligned" },
  doubt: {
    "lengths-far-apart": (d) => `the lengths are far apart: ${d.source} and ${d.target} characters`,
    "perhaps-unrelated": () => "the two sides may not translate each other at all",
    "no-word-in-common": () => "no word of one side explains a word of the other",
    "missing-value": (d) => `${isolated(d.value)} stands on the ${d.side} side alone`,
    "close-rival": (d) => `another cut may be right here (${Math.round(d.probability * 100)} %)`,
    "weak-segment": (d) => `a segment brings little evidence: ${isolated(d.text)}`,
  },
  done: {
    "merge-next": "Merged", "merge-previous": "Merged", split: "Split", move: "Moved", unlink: "Broken up", link: "Linked",
    "split-segment": "Segment split", "join-segments": "Segments joined", correct: "Text corrected", accept: "Accepted", flag: "Flagged",
    reject: "Rejected", reopen: "Open again", "accept-above": "Accepted", comment: "Comment kept", pin: "Pinned", unpin: "Unpinned",
    "take-rival": "Alternative taken", realign: "Re-aligned", undo: "Undone", redo: "Done again",
  },
  act: { accept: "Accept", flag: "Flag", reject: "Reject", pin: "Pin", comment: "Comment", mergeNext: "Merge with next", mergePrevious: "Merge with previous", split: "Split", moveUp: "Move up", moveDown: "Move down", unlink: "Break up", link: "Link across", splitSegment: "Split segment", join: "Join segments", correct: "Correct text",
    realign: "Re-align here", realignAll: "Re-align all", nextDoubtful: "Next doubtful", nextPending: "Next unreviewed", nextFlagged: "Next flagged", goto: "Number…", invisible: "Invisible marks" },
  goTitle: "Go and show", realigned: (n) => (n === 1 ? "1 bead changed" : `${n} beads changed`), down: "The program does not answer. Your last edit is kept here and sent as soon as it is back.",
  gone: "The program was started again or this page was opened without its token. Open the address that it printed; an edit not yet sent is kept here and sent then.",
  notSent: "The project changed before this edit could be sent, so it was not made:",
  stale: "The project changed elsewhere; the page was loaded again.", nothing: "There is none.", nothingToDo: "Nothing to change.",
  linkFrom: "Now go to the other bead and press l again to link across.", cancel: "Cancel", ok: "OK", save: "Save", toOriginal: "Back to the original",
  commentAsk: "Comment on this bead", aboveAsk: "Accept all pending beads with a confidence of at least (%)", gotoAsk: "Go to bead number",
  exportAsk: "Export", format: "Format", which: "Which beads", all: "all but the rejected", acceptedOnly: "accepted only", leastAsk: "Least confidence of the others (%)",
  reviewer: "Your name, written into the journal", splitHelp: "Choose where to cut, with the arrow keys and Enter or with a click; Esc leaves it.",
  formats: { tmx: "TMX translation memory", xliff: "XLIFF 1.2", xliff2: "XLIFF 2.1", po: "PO (gettext)", docx: "Word table", xlsx: "Excel workbook", csv: "CSV table", tsv: "TSV table", html: "HTML report", jsonl: "JSON lines", beads: "bare bead indices", text: "readable text" },
  keysTitle: "Keys", close: "Close", name: "Your name…", nameLabel: "Name", reviewerIs: "Reviewer:",
  mouse: "With the mouse: drag a segment to another bead; double-click a segment to split it between words.",
  keys: [
    ["↓ ↑  j k", "next, previous bead"], ["← →", "the other side"], [", .", "segment before, after in this bead"], ["Home End", "first, last bead"],
    ["a  Enter", "accept and go on"], ["f", "flag"], ["x", "reject"], ["p", "pin or free"], ["c", "comment"], ["Shift A", "accept all above a confidence"],
    ["m", "merge with the next"], ["Shift M", "merge with the previous"], ["s", "split the bead before this segment"], ["u", "move the segment up"], ["d", "move the segment down"],
    ["b", "break up: unaligned"], ["l … l", "link across"], ["t", "split the segment between words"], ["g", "join with the next segment"], ["e", "correct the text"],
    ["1–9", "take an alternative"], ["r", "re-align around here"], ["Shift R", "re-align everything"],
    ["z  Ctrl Z", "undo"], ["y  Ctrl Y", "redo"], ["n", "next doubtful"], ["w", "next unreviewed"], ["v", "next flagged"], ["Shift N W V", "the same, backwards"],
    [":", "go to a number"], ["/", "search"], ["; '", "next, previous hit"], ["i", "show invisible marks"], ["h", "show or hide the evidence"], ["?", "this help"], ["Esc", "close, back to the list"],
  ],
};

const ARABIC = {
  // In English the program's own words are shown.
  refused: {
    "unknown-bead": "لم يعد هذا الزوج موجودًا؛ أعد تحميل الصفحة.", "unknown-segment": "لا مقطع يبدأ هناك؛ أعد تحميل الصفحة.",
    "no-neighbour": "لا زوج في تلك الجهة.", "not-adjacent": "المقاطع غير متتالية، ولا يجتمع في زوج واحد إلا مقاطع متجاورة.",
    "nothing-to-split": "لا يمكن تقسيم الزوج هنا، فلا بد لكل قسم من مقطع.", "no-segment": "أحد جانبي الزوج بلا مقطع.",
    "together": "المقطعان في زوج واحد أصلًا.", "bad-cut": "لا يمكن تقسيم المقطع هنا، فلا بد لكل قسم من نص.",
    "last-segment": "لا مقطع بعده ليوصل به.", "corrected": "صُحّح نص هذا المقطع؛ ألغِ التصحيح قبل تقسيمه.",
    "empty-text": "لا يكون النص المصحَّح فارغًا؛ ارفض الزوج أو فكّ ربطه.", "too-long": "النص أطول مما يُسمح به.",
    "no-rival": "لم يعد هذا البديل يوافق المقاطع.", "bad-confidence": "الثقة بين 0 و100٪.", "nothing": "لا شيء يتغيّر.",
    "end-of-history": "لا شيء للتراجع عنه أو لإعادته.", "conflict": "تعديل مسجَّل لا يوافق حال المشروع: غيّر الملفَّ برنامج آخر.",
  },
  skip: "إلى قائمة الأزواج", title: "المراجعة", undo: "تراجع", redo: "إعادة", realign: "إعادة المقابلة", auto: "تلقائيًا",
  acceptAbove: "اعتماد ما فوق…", export: "تصدير…", report: "طباعة تقرير", theme: "فاتح أو داكن", language: "English", help: "مساعدة: كل المفاتيح",
  search: "البحث في اللغتين وفي التعليقات", hit: "النتيجة التالية", hitBack: "النتيجة السابقة", confidence: "الثقة ٪ من", to: "إلى", onlyHits: "هذه فقط",
  hits: (n) => `النتائج: ${n}`, only: "عرض بحسب الحالة", type: "عرض بحسب النوع", any: "كل الحالات", anyType: "كل الأنواع",
  pending: "بانتظار المراجعة", accepted: "معتمد", flagged: "عليه علامة", rejected: "مرفوض", doubtful: "مشكوك فيه", commented: "عليه تعليق",
  corrected: "نصه مصحَّح", pinned: "مثبَّت", crossing: "متقاطع", nullType: "بلا مقابل", other: "غير 1-1",
  counts: (c) => `حُسم ${c.beads - c.pending - c.flagged} من ${c.beads} · مشكوك فيه ${c.doubtful} · عليه علامة ${c.flagged}`,
  progress: "تقدّم المراجعة", source: "الأصل", target: "الترجمة", none: "بلا مقابل", loading: "…",
  comment: "تعليق", commented1: "تعليق", evidence: "لماذا يتقابل الجانبان", alone: "لماذا بقي هذا بلا مقابل", noEvidence: "لا قرائن مسجَّلة لهذا الزوج.",
  rivals: "بدائل لهذا الموضع", doubts: "أسباب الشك", cost: "المجموع", take: (k) => `خذ البديل ${k}`,
  grid: "الأزواج: الأصل والحالة والترجمة", plot: "صورة المقابلة كلها؛ انقر للانتقال", panel: "القرائن", tools: "أدوات",
  rowLabel: (n, total, type, status) => `الزوج ${n} من ${total}، ${type}، ${status}`,
  sign: "٪", percent: (p) => `${p}٪`, sure: (p) => `الثقة ${p}٪`, original: "الأصل:", overrides: "علامات اتجاه خفية",
  kinds: { type: "نوع الزوج", length: "الطول", words: "الكلمات", numbers: "الأعداد", dates: "التواريخ", names: "الأسماء", symbols: "الرموز", structure: "البنية", embedding: "التضمين", unaligned: "بلا مقابل" },
  doubt: {
    "lengths-far-apart": (d) => `الطولان متباعدان (عدد الحروف): ${d.source} مقابل ${d.target}`,
    "perhaps-unrelated": () => "قد لا يكون أحد الجانبين ترجمة للآخر أصلًا",
    "no-word-in-common": () => "لا كلمة في جانب تفسّر كلمة في الآخر",
    "missing-value": (d) => `${isolated(d.text)} في ${d.side === "source" ? "الأصل وحده" : "الترجمة وحدها"}`,
    "close-rival": (d) => `قد يصحّ هنا تقطيع آخر (${Math.round(d.probability * 100)}٪)`,
    "weak-segment": (d) => `مقطع قليل القرائن: ${isolated(d.text)}`,
  },
  done: {
    "merge-next": "دُمج", "merge-previous": "دُمج", split: "قُسّم", move: "نُقل", unlink: "فُكّ الربط", link: "رُبط",
    "split-segment": "قُسّم المقطع", "join-segments": "وُصل المقطعان", correct: "صُحّح النص", accept: "اعتُمد", flag: "وُضعت علامة",
    reject: "رُفض", reopen: "أُعيد فتحه", "accept-above": "اعتُمدت", comment: "حُفظ التعليق", pin: "ثُبّت", unpin: "رُفع التثبيت",
    "take-rival": "أُخذ البديل", realign: "أُعيدت المقابلة", undo: "تُراجع عنه", redo: "أُعيد",
  },
  act: { accept: "اعتماد", flag: "وضع علامة", reject: "رفض", pin: "تثبيت", comment: "تعليق", mergeNext: "دمج مع التالي", mergePrevious: "دمج مع السابق", split: "تقسيم", moveUp: "نقل إلى أعلى", moveDown: "نقل إلى أسفل", unlink: "فكّ الربط", link: "ربط متقاطع", splitSegment: "تقسيم المقطع", join: "وصل المقاطع", correct: "تصحيح النص",
    realign: "إعادة المقابلة هنا", realignAll: "إعادة المقابلة كلها", nextDoubtful: "المشكوك فيه التالي", nextPending: "التالي بلا مراجعة", nextFlagged: "التالي ذو العلامة", goto: "إلى رقم…", invisible: "العلامات الخفية" },
  goTitle: "الانتقال والعرض", realigned: (n) => `عدد الأزواج التي تغيّرت: ${n}`, down: "البرنامج لا يجيب. آخر تعديل لك محفوظ هنا وسيُرسل حالما يعود.",
  gone: "شُغّل البرنامج من جديد أو فُتحت الصفحة بلا رمزها. افتح العنوان الذي طبعه البرنامج؛ وما لم يُرسل من تعديلك محفوظ هنا وسيُرسل حينها.",
  notSent: "تغيّر المشروع قبل إرسال هذا التعديل فلم يُجرَ:",
  stale: "تغيّر المشروع من مكان آخر؛ أُعيد تحميل الصفحة.", nothing: "لا يوجد.", nothingToDo: "لا شيء يتغيّر.",
  linkFrom: "انتقل إلى الزوج الآخر واضغط l مرة ثانية للربط المتقاطع.", cancel: "إلغاء", ok: "موافق", save: "حفظ", toOriginal: "العودة إلى الأصل",
  commentAsk: "تعليق على هذا الزوج", aboveAsk: "اعتماد كل ما ينتظر المراجعة وثقته لا تقل عن (٪)", gotoAsk: "الانتقال إلى الزوج رقم",
  exportAsk: "تصدير", format: "الصيغة", which: "أي الأزواج", all: "الكل إلا المرفوض", acceptedOnly: "المعتمد فقط", leastAsk: "أدنى ثقة لغير المعتمد (٪)",
  reviewer: "اسمك، ويُكتب في السجل", splitHelp: "اختر موضع القطع بالأسهم ثم Enter أو بالنقر؛ وEsc للترك.",
  formats: { tmx: "ذاكرة ترجمة TMX", xliff: "XLIFF 1.2", xliff2: "XLIFF 2.1", po: "PO (gettext)", docx: "جدول Word", xlsx: "مصنف Excel", csv: "جدول CSV", tsv: "جدول TSV", html: "تقرير HTML", jsonl: "أسطر JSON", beads: "أرقام المقاطع", text: "نص للقراءة" },
  keysTitle: "المفاتيح", close: "إغلاق", name: "اسمك…", nameLabel: "الاسم", reviewerIs: "المراجع:",
  mouse: "بالفأرة: اسحب المقطع إلى زوج آخر؛ وانقر المقطع نقرًا مزدوجًا لتقسيمه بين الكلمات.",
  keys: [
    ["↓ ↑  j k", "الزوج التالي، السابق"], ["← →", "الجانب الآخر"], [", .", "المقطع السابق، التالي في الزوج"], ["Home End", "أول زوج، آخر زوج"],
    ["a  Enter", "اعتماد ثم التالي"], ["f", "وضع علامة"], ["x", "رفض"], ["p", "تثبيت أو رفعه"], ["c", "تعليق"], ["Shift A", "اعتماد كل ما فوق ثقة"],
    ["m", "دمج مع التالي"], ["Shift M", "دمج مع السابق"], ["s", "تقسيم الزوج قبل هذا المقطع"], ["u", "نقل المقطع إلى أعلى"], ["d", "نقل المقطع إلى أسفل"],
    ["b", "فكّ الربط: بلا مقابل"], ["l … l", "ربط متقاطع"], ["t", "تقسيم المقطع بين الكلمات"], ["g", "وصل بالمقطع التالي"], ["e", "تصحيح النص"],
    ["1–9", "أخذ بديل"], ["r", "إعادة المقابلة هنا"], ["Shift R", "إعادة المقابلة كلها"],
    ["z  Ctrl Z", "تراجع"], ["y  Ctrl Y", "إعادة"], ["n", "المشكوك فيه التالي"], ["w", "التالي بلا مراجعة"], ["v", "التالي ذو العلامة"], ["Shift N W V", "مثلها إلى الوراء"],
    [":", "الانتقال إلى رقم"], ["/", "بحث"], ["; '", "النتيجة التالية، السابقة"], ["i", "إظهار العلامات الخفية"], ["h", "إظهار القرائن أو إخفاؤها"], ["?", "هذه المساعدة"], ["Esc", "إغلاق والعودة إلى القائمة"],
  ],
};

let words = ENGLISH;

/** The words of the interface's language. */
export const w = () => words;

/** Switches the language of the page: `en` or `ar`. */
export function speak(language) {
  words = language === "ar" ? ARABIC : ENGLISH;
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = words[element.dataset.word];
}
