// The words of the start page in English and Arabic.

import { number, percent, writeIn } from "./numbers.js";

/** @import { Far } from "./types.js" */
/** @typedef {typeof ENGLISH} Vocabulary */

/** A number of things. */
const many = (/** @type {number} */ n, /** @type {string} */ what) => `${number(n)} ${what}${n === 1 ? "" : "s"}`;

const ENGLISH = {
  skip: "Skip to the page", newTitle: "Align a text and its translation", waysLabel: "What you have",
  wayTwo: "Two documents", wayPaste: "Two texts to paste", wayBoth: "One file with both languages",
  source: "Source", target: "Translation", both: "The file",
  dropHere: "Drop a document here: Word, PDF, text, web page, EPUB, subtitles and others.",
  dropBoth: "Drop a file here: TMX, XLIFF, PO, CSV, Excel, a Word table and others.",
  choose: "Choose a file", other: "Choose another", remove: "Take it away", swap: "Swap the two sides",
  paste: "Paste the text here", language: "Language", detected: (/** @type {string} */ name) => `${name} (detected)`,
  undetected: "not detected: choose it", ofFile: "as the file says", sending: (/** @type {number} */ p) => `Reading the file: ${percent(p)}`, looking: "Looking into the file",
  segments: (/** @type {number} */ n) => many(n, "segment"), units: (/** @type {number} */ n) => many(n, "pair"),
  isBoth: "This file holds both languages, so it is taken alone.",
  options: "More choices", name: "Name of the project", nameHint: "Left empty, it is called as the source.",
  lexicons: "Your own word lists", lexiconsHint: "TBX, TMX, or a text file with two words a line, separated by a tab. They help where the texts use terms of a field.",
  srx: "Rules for cutting into segments (SRX)", srxHint: "From your CAT tool, so that the memory is cut as it cuts.",
  lines: "Each line is one segment already", keepUnits: "Keep the pairs of the file as they are",
  go: "Align and review", needTwo: "Choose both documents.", needTexts: "Paste both texts.", needBoth: "Choose the file.",
  steps: {
    sending: "Reading the files", reading: "Reading and cutting into segments", first: "Looking for what corresponds",
    round: (/** @type {number} */ n, /** @type {number} */ of) => `Learning words from the texts: round ${number(n)} of ${number(of)}`,
    explaining: "Finding out how sure each pair is", saving: "Saving the project", opening: "Opening the review page",
  },
  stopped: "Stopped. Nothing was saved.",
  cancel: "Cancel", ok: "OK", save: "Save", close: "Close", keysTitle: "", mouse: "",
  /** @type {Record<string, string>} */
  formats: { text: "text", lines: "text, a segment a line", docx: "Word", html: "web page", markdown: "Markdown", srt: "subtitles (SRT)", vtt: "subtitles (WebVTT)", office: "Office document", pdf: "PDF", epub: "EPUB", pptx: "PowerPoint", xlsx: "Excel", xls: "Excel", odt: "OpenDocument text", fodt: "OpenDocument text" },
  searchTitle: "Search in all projects and memories", searchBox: "Words to find", find: "Search",
  searchHint: "Harakat, the forms of alef and capital letters make no difference. Words in quotes stand side by side; agree* finds all that begins so; words of both languages find where the one is rendered by the other.",
  formsLabel: "Which forms", forms: { attached: "also with particles written onto it", forms: "also other words of the same stem", exact: "only as typed" },
  searchLang: "Language of the words", anyLanguage: "any", searching: "Searching", indexing: (/** @type {number} */ n) => `Reading what is new in the folder: ${many(n, "file")} left`,
  searchStopped: "The search was stopped.", foundPairs: (/** @type {number} */ n, /** @type {boolean} */ more) => (n ? `${many(n, "pair")} found${more ? ", and there are more" : ""}` : "Nothing was found."),
  searched: (/** @type {number} */ files, /** @type {number} */ pairs) => `Searched: ${many(files, "file")} with ${many(pairs, "pair")}.`, notAllRead: "Some files could not be read to their end.",
  exportHits: "All that is found as a file:", hitFiles: { tsv: "Table (TSV)", xlsx: "Excel", tmx: "Memory (TMX)" },
  wrote: (/** @type {number} */ n, /** @type {number} */ left) => `${many(n, "pair")} written${left ? `; ${many(left, "pair")} without counterpart left out` : ""}.`,
  showMore: (/** @type {number} */ n) => `Show ${number(n)} more`, pairNumber: (/** @type {number} */ n) => `pair ${number(n)}`, around: "What stands around it", alone: "no counterpart",
  views: "Pages", viewBegin: "Projects", viewSearch: "Search", viewMemories: "Memories", viewPairs: "Many pairs",
  memoryTitle: "Check and mend a translation memory", dropMemory: "Drop a TMX file here. It is read on this computer, and stays as it is: what is mended is a new file.",
  checking: "Looking for what is wrong", making: "Making a new memory", findings: "What was found",
  severity: { error: "error", warning: "warning", note: "note" },
  mends: { fix: "It can be mended here without loss.", clean: "These pairs can be left out.", hand: "A person must look at it." },
  memorySays: (/** @type {number} */ n, /** @type {number} */ e, /** @type {number} */ a, /** @type {number} */ o) => `${many(n, "pair")}: ${many(e, "error")}, ${many(a, "warning")}, ${many(o, "note")}`,
  memoryGood: (/** @type {number} */ n) => `${many(n, "pair")}. Nothing wrong was found.`,
  place: (/** @type {number} */ line, /** @type {number | null} */ unit) => `line ${number(line)}${unit ? `, pair ${number(unit)}` : ""}:`,
  shownOf: (/** @type {number} */ n, /** @type {number} */ of) => `${number(n)} of ${number(of)} are shown.`, leaveOut: "leave these pairs out",
  makeTitle: "Make a new memory", mend: "Mend it", mendAndClean: "Mend it and leave out the marked pairs", cleanOnly: "Only leave out the marked pairs",
  pairOf: "One pair of languages:", takeOut: "Take it out", download: "Download",
  done: { mended: "Mended:", leftOut: "Left out:", lost: "Lost, since XML has no place for these characters:" },
  without: (/** @type {number} */ n) => `${number(n)} without texts in both languages were left out.`, unreadable: (/** @type {number} */ n) => `${number(n)} that cannot be read were left out.`,
  pairsTable: "The pairs and what became of them", pairsTitle: "Align many pairs of documents", pairsHint: "Choose the folder of the sources and that of the translations. Documents of the same name are a pair, whatever their extension and a code of the language at the end: news.ar.docx and news.en.pdf.",
  dropFolder: "Drop a folder or several documents here.", chooseFiles: "Choose documents", chooseFolder: "Choose a folder", documents: (/** @type {number} */ n) => many(n, "document"),
  pairsFound: (/** @type {number} */ n) => (n === 1 ? "1 pair was found." : `${number(n)} pairs were found.`), pairsShow: "Show the pairs", pairsAlone: (/** @type {number} */ n) => `${number(n)} without a counterpart`, pairsSeveral: (/** @type {number} */ n) => `${number(n)} names that several documents have`,
  groupLabel: "Name of the folder for the projects", groupName: (/** @type {string} */ date) => `Pairs ${date}`, sourceLang: "Language of the sources", targetLang: "Language of the translations", each: "detected in each",
  alignAll: (/** @type {number} */ n) => (n ? `Align ${many(n, "pair")}` : "Align the pairs"), sendingPairs: (/** @type {number} */ n, /** @type {number} */ of) => `Reading the documents: pair ${number(n)} of ${number(of)}`,
  pairUnderWay: (/** @type {number} */ n, /** @type {number} */ of, /** @type {string} */ name) => `Aligning pair ${number(n)} of ${number(of)}: ${name}`,
  allDone: (/** @type {number} */ n, /** @type {number} */ bad) => `${number(n)} aligned${bad ? `, ${number(bad)} failed` : ""}.`, stoppedKept: "Stopped. What was aligned before is kept.",
  pairsHead: ["Project", "Languages", "Pairs", "Confidence"], sure: (/** @type {number} */ p) => percent(p), doubtful: (/** @type {number} */ n) => `${number(n)} doubtful`,
  /** @type {Record<string, string>} */
  suspicion: { "not-translations": "The two seem not to translate each other.", "wrong-language": "One is not in the language that it should be in.", "mostly-unaligned": "Most of it has no counterpart.", "search-cut-short": "It is too large to be searched whole." },
  projects: "Projects", folder: "They are kept in", noProjects: "There are none yet. Align two documents above, or look at the example.",
  example: "Open the example", exampleName: "Example - joint statement",
  far: (/** @type {Far} */ p) => `${number(p.decided)} of ${number(p.beads)} decided${p.flagged ? `, ${number(p.flagged)} flagged` : ""}`, farLabel: (/** @type {string} */ name) => `Progress of ${name}`,
  opened: (/** @type {string} */ date) => `last open ${date}`, shownNow: "open in a page now",
  open: (/** @type {string} */ name) => `Open ${name}`, rename: "Rename", copy: "Copy", bin: "Remove",
  renameAsk: "Rename the project", newName: "New name", removeAsk: "Remove this project?", removeHint: (/** @type {string} */ name) => `${name} goes to the bin, from which it can be taken back.`, removeNow: "Remove",
  renamed: "Renamed.", copied: "Copied.", inBin: "It is in the bin of this computer.", inFolder: "It is in the folder Removed, inside the folder of the projects.",
  theme: "Light or dark", toOther: "العربية",
  away: "The program does not answer. It stops a while after its last page was closed; start it again, and it opens a new page.",
  gone: "This page was opened without its key, or the program was started again. Use the page that the program opens.",
  /** @type {Record<string, string>} */
  why: {
    "no-text": "There is no text in it. A scanned PDF must be recognized (OCR) first.", "too-large": "It is too large. Cut it into parts.",
    "not-text": "It is not a document that can be read.", encoding: "Its letters cannot be read. Save it as UTF-8 or as a Word document.",
    "two-languages": "It holds two languages. Give it alone, as one file with both languages.",
    "empty-line": "It has empty lines, so its lines cannot be segments. Take away that choice, or the empty lines.",
    damaged: "It is damaged, or not what its name says. Open it in the program that made it, and save it again.", "not-read": "It cannot be read.",
    script: "It is not written in the language that was chosen. Choose another.", lexicon: "This word list cannot be used.", srx: "These rules cannot be used.",
    align: "It could not be aligned.", busy: "The program is still busy with other work.", full: "There is no room for more files at the moment.",
    upload: "The file is not here any more. Choose it again.", project: "The project is not there any more.", taken: "There is a project of that name already.",
    open: "The project is open in a page. Close that page first.", locked: "The project is open in another program. Close it there first.", inner: "Something went wrong in the program.",
    job: "There is no such work any more.", "not-tmx": "This is no TMX file.", "no-pair": "No pair has texts in both of these languages.", memory: "This memory cannot be worked on.", "project-file": "This project cannot be read.",
    "no-word": "Type a word or a number to search for.", search: "The folder cannot be searched.", pair: "The pair is not there any more; search again.",
  },
  failed: "That did not work.",
};

/** @type {Vocabulary} */
const ARABIC = {
  skip: "إلى محتوى الصفحة", newTitle: "مقابلة نصّ بترجمته", waysLabel: "ما لديك",
  wayTwo: "مستندان", wayPaste: "نصّان للّصق", wayBoth: "ملف واحد باللغتين",
  source: "الأصل", target: "الترجمة", both: "الملف",
  dropHere: "أفلِت المستند هنا: Word أو PDF أو نص أو صفحة ويب أو EPUB أو ترجمة أفلام وغيرها.",
  dropBoth: "أفلِت الملف هنا: TMX أو XLIFF أو PO أو CSV أو Excel أو جدول Word وغيرها.",
  choose: "اختيار ملف", other: "اختيار ملف آخر", remove: "إزالته", swap: "تبديل الجانبين",
  paste: "الصق النص هنا", language: "اللغة", detected: (name) => `${name} (تلقائيًا)`,
  undetected: "لم تُعرف اللغة، فاخترها", ofFile: "بحسب الملف", sending: (p) => `قراءة الملف: ${percent(p)}`, looking: "معاينة الملف",
  segments: (n) => `المقاطع: ${number(n)}`, units: (n) => `الأزواج: ${number(n)}`,
  isBoth: "في هذا الملف اللغتان معًا، فيكفي وحده.",
  options: "خيارات أخرى", name: "اسم المشروع", nameHint: "إن تُرك فارغًا سُمّي المشروع باسم الأصل.",
  lexicons: "قوائم مفرداتك", lexiconsHint: "TBX أو TMX أو ملف نصي في كل سطر منه كلمتان بينهما علامة جدولة. وهي تعين حيث تكثر المصطلحات.",
  srx: "قواعد التقطيع (SRX)", srxHint: "من برنامج الترجمة الذي تعمل به، لتُقطَّع الذاكرة كما يقطّع.",
  lines: "كل سطر مقطع قائم بذاته", keepUnits: "إبقاء أزواج الملف كما هي",
  go: "المقابلة والمراجعة", needTwo: "اختر المستندين.", needTexts: "الصق النصين.", needBoth: "اختر الملف.",
  steps: {
    sending: "قراءة الملفات", reading: "القراءة والتقطيع", first: "البحث عمّا يتقابل",
    round: (n, of) => `تعلّم المفردات من النصين: الجولة ${number(n)} من ${number(of)}`,
    explaining: "تقدير الثقة بكل زوج", saving: "حفظ المشروع", opening: "فتح صفحة المراجعة",
  },
  stopped: "أُوقف العمل، ولم يُحفظ شيء.",
  cancel: "إلغاء", ok: "موافق", save: "حفظ", close: "إغلاق", keysTitle: "", mouse: "",
  formats: { text: "نص", lines: "نص، في كل سطر مقطع", docx: "Word", html: "صفحة ويب", markdown: "Markdown", srt: "ترجمة أفلام (SRT)", vtt: "ترجمة أفلام (WebVTT)", office: "مستند Office", pdf: "PDF", epub: "EPUB", pptx: "PowerPoint", xlsx: "Excel", xls: "Excel", odt: "نص OpenDocument", fodt: "نص OpenDocument", "DOCX table": "جدول Word" },
  searchTitle: "البحث في كل المشاريع والذاكرات", searchBox: "الكلمات المطلوبة", find: "بحث",
  searchHint: "لا فرق بين المشكول وغير المشكول، ولا بين صور الألف، ولا بين الحروف اللاتينية الكبيرة والصغيرة. والكلمات بين علامتي اقتباس تُطلب متتالية، و«\u2066agree*\u2069» يجد كل ما يبدأ بها، وكلمتان من اللغتين تجدان حيث تُرجمت إحداهما بالأخرى.",
  formsLabel: "صور الكلمة", forms: { attached: "الكلمة ولو اتصلت بها الواو أو الباء أو أل التعريف", forms: "وكلمات أخرى من الجذع نفسه", exact: "كما كُتبت فقط" },
  searchLang: "لغة الكلمات", anyLanguage: "أي لغة", searching: "جارٍ البحث", indexing: (n) => `قراءة الجديد في المجلد، والملفات الباقية: ${number(n)}`,
  searchStopped: "أُوقف البحث.", foundPairs: (n, more) => (n ? `الأزواج التي وُجدت: ${number(n)}${more ? "، وهناك غيرها" : ""}` : "لم يُعثر على شيء."),
  searched: (files, pairs) => (files ? `شمل البحث: الملفات ${number(files)}، والأزواج ${number(pairs)}.` : "لا مشروع في المجلد ولا ذاكرة."), notAllRead: "تعذّرت قراءة بعض الملفات كاملة.",
  exportHits: "كل النتائج في ملف:", hitFiles: { tsv: "جدول (TSV)", xlsx: "Excel", tmx: "ذاكرة (TMX)" },
  wrote: (n, left) => `الأزواج المكتوبة: ${number(n)}${left ? `، وتُرك ما لا مقابل له: ${number(left)}` : ""}.`,
  showMore: (n) => `عرض ${number(n)} أخرى`, pairNumber: (n) => `الزوج ${number(n)}`, around: "ما حوله", alone: "بلا مقابل",
  views: "الصفحات", viewBegin: "المشاريع", viewSearch: "البحث", viewMemories: "الذاكرات", viewPairs: "أزواج كثيرة",
  memoryTitle: "فحص ذاكرة ترجمة وإصلاحها", dropMemory: "أفلِت ملف TMX هنا. يُقرأ على هذا الحاسوب ويبقى كما هو، وما يُصلَح منه يُكتب ملفًا جديدًا.",
  checking: "البحث عن العيوب", making: "إنشاء ذاكرة جديدة", findings: "ما وُجد",
  severity: { error: "خطأ", warning: "تحذير", note: "ملاحظة" },
  mends: { fix: "يمكن إصلاحه هنا بلا نقص.", clean: "يمكن ترك هذه الأزواج.", hand: "يحتاج إلى من ينظر فيه." },
  memorySays: (n, e, a, o) => [
    `الأزواج: ${number(n)}`, e ? `الأخطاء: ${number(e)}` : "لا أخطاء", a ? `التحذيرات: ${number(a)}` : "لا تحذيرات", o ? `الملاحظات: ${number(o)}` : "لا ملاحظات",
  ].join("، "),
  memoryGood: (n) => `الأزواج: ${number(n)}، ولم يُعثر على عيب.`,
  place: (line, unit) => `السطر ${number(line)}${unit ? `، الزوج ${number(unit)}` : ""}:`,
  shownOf: (n, of) => `يظهر ${number(n)} من ${number(of)}.`, leaveOut: "ترك هذه الأزواج",
  makeTitle: "إنشاء ذاكرة جديدة", mend: "إصلاحها", mendAndClean: "إصلاحها وترك الأزواج المعلَّمة", cleanOnly: "ترك الأزواج المعلَّمة فقط",
  pairOf: "زوج لغات واحد:", takeOut: "استخراجه", download: "تنزيل",
  done: { mended: "أُصلح:", leftOut: "تُرك:", lost: "فُقد، إذ لا مكان لهذه المحارف في XML:" },
  without: (n) => `تُركت أزواج ليس فيها نص بكلتا اللغتين: ${number(n)}.`, unreadable: (n) => `تُرك ما تتعذّر قراءته: ${number(n)}.`,
  pairsTable: "الأزواج وما صار إليه كل منها", pairsTitle: "مقابلة أزواج كثيرة من المستندات", pairsHint: "اختر مجلد النصوص الأصلية ومجلد الترجمات. والمستندان زوج إذا كان لهما الاسم نفسه أيًّا كانت الصيغة ورمز اللغة في آخر الاسم، مثل news.ar.docx وnews.en.pdf.",
  dropFolder: "أفلِت هنا مجلدًا أو عدة مستندات.", chooseFiles: "اختيار مستندات", chooseFolder: "اختيار مجلد", documents: (n) => `المستندات: ${number(n)}`,
  pairsFound: (n) => `الأزواج: ${number(n)}`, pairsShow: "عرض الأزواج", pairsAlone: (n) => `مستندات بلا مقابل: ${number(n)}`, pairsSeveral: (n) => `أسماء يحملها أكثر من مستند: ${number(n)}`,
  groupLabel: "اسم مجلد المشاريع", groupName: (date) => `أزواج ${date}`, sourceLang: "لغة النصوص الأصلية", targetLang: "لغة الترجمات", each: "تُعرف في كل مستند",
  alignAll: (n) => (n ? `مقابلة الأزواج (${number(n)})` : "مقابلة الأزواج"), sendingPairs: (n, of) => `قراءة المستندات: الزوج ${number(n)} من ${number(of)}`,
  pairUnderWay: (n, of, name) => `مقابلة الزوج ${number(n)} من ${number(of)}: ${name}`,
  allDone: (n, bad) => `${n ? `تمّت مقابلة ${number(n)}` : "لم تتمّ أي مقابلة"}${bad ? `، وتعذّرت مقابلة ${number(bad)}` : ""}.`, stoppedKept: "أُوقف العمل، وما تمّت مقابلته محفوظ.",
  pairsHead: ["المشروع", "اللغتان", "الأزواج", "الثقة"], sure: (p) => percent(p), doubtful: (n) => `مشكوك فيه: ${number(n)}`,
  suspicion: { "not-translations": "يبدو أن أحدهما ليس ترجمة للآخر.", "wrong-language": "أحدهما بغير اللغة المنتظرة.", "mostly-unaligned": "معظمه بلا مقابل.", "search-cut-short": "أطول من أن يُبحث كله." },
  projects: "المشاريع", folder: "تُحفظ في", noProjects: "لا مشاريع بعد. قابِل مستندين في الأعلى، أو افتح المثال.",
  example: "فتح المثال", exampleName: "مثال - البيان المشترك",
  far: (p) => `${p.decided ? `حُسم ${number(p.decided)}` : "لم يُحسم شيء"} من ${number(p.beads)}${p.flagged ? `، وعليه علامة ${number(p.flagged)}` : ""}`, farLabel: (name) => `تقدّم ${name}`,
  opened: (date) => `آخر فتح: ${date}`, shownNow: "مفتوح الآن في صفحة",
  open: (name) => `فتح ${name}`, rename: "إعادة تسمية", copy: "نسخ", bin: "حذف",
  renameAsk: "إعادة تسمية المشروع", newName: "الاسم الجديد", removeAsk: "أتريد حذف هذا المشروع؟", removeHint: (name) => `يُنقل ${name} إلى سلة المحذوفات، ويمكن استرجاعه منها.`, removeNow: "حذف",
  renamed: "تغيّر الاسم.", copied: "نُسخ المشروع.", inBin: "المشروع الآن في سلة المحذوفات.", inFolder: "المشروع الآن في المجلد Removed داخل مجلد المشاريع.",
  theme: "فاتح أو داكن", toOther: "English",
  away: "البرنامج لا يجيب. يتوقف البرنامج بعد مدة من إغلاق آخر صفحة له؛ شغّله من جديد فيفتح صفحة جديدة.",
  gone: "فُتحت هذه الصفحة بلا رمزها، أو شُغّل البرنامج من جديد. استعمل الصفحة التي يفتحها البرنامج.",
  why: {
    "no-text": "لا نص فيه. وملف PDF الممسوح ضوئيًا يحتاج أولًا إلى التعرّف على نصه (OCR).", "too-large": "حجمه أكبر مما يُقبل، فقسّمه أجزاء.",
    "not-text": "ليس مستندًا يمكن قراءته.", encoding: "تتعذّر قراءة حروفه. احفظه بترميز UTF-8 أو مستند Word.",
    "two-languages": "فيه لغتان، فأعطِه وحده بوصفه ملفًا واحدًا باللغتين.",
    "empty-line": "فيه أسطر فارغة، فلا تصلح أسطره مقاطع. ألغِ ذلك الخيار أو احذف الأسطر الفارغة.",
    damaged: "الملف تالف أو ليس كما يدلّ اسمه. افتحه في البرنامج الذي أنشأه واحفظه من جديد.", "not-read": "تتعذّر قراءته.",
    script: "ليس مكتوبًا باللغة المختارة، فاختر غيرها.", lexicon: "لا تصلح قائمة المفردات هذه.", srx: "لا تصلح هذه القواعد.",
    align: "تعذّرت المقابلة.", busy: "البرنامج مشغول بعمل آخر.", full: "لا متّسع الآن لملفات أخرى.",
    upload: "لم يعد الملف هنا، فاختره من جديد.", project: "لم يعد المشروع موجودًا.", taken: "هناك مشروع بهذا الاسم.",
    open: "المشروع مفتوح في صفحة، فأغلقها أولًا.", locked: "المشروع مفتوح في برنامج آخر، فأغلقه هناك أولًا.", inner: "وقع خطأ في البرنامج.",
    job: "لم يعد هذا العمل قائمًا.", "not-tmx": "ليس هذا ملف TMX.", "no-pair": "لا زوج فيه نص بكلتا اللغتين.", memory: "لا يمكن العمل على هذه الذاكرة.", "project-file": "تتعذّر قراءة هذا المشروع.",
    "no-word": "اكتب كلمة أو عددًا للبحث عنه.", search: "تعذّر البحث في المجلد.", pair: "لم يعد هذا الزوج موجودًا، فأعد البحث.",
  },
  failed: "تعذّر ذلك.",
};

/** @type {Vocabulary} */
let words = ENGLISH;

/** The words of the interface's language. */
export const w = () => words;

/** Which language that is. */
export const spoken = () => (words === ARABIC ? "ar" : "en");

/**
 * Switches the language of the page.
 * @param {string} language
 */
export function speak(language) {
  words = language === "ar" ? ARABIC : ENGLISH;
  writeIn(words === ARABIC ? "ar" : "en");
  document.documentElement.lang = spoken();
  document.documentElement.dir = words === ARABIC ? "rtl" : "ltr";
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-word]"))) {
    element.textContent = String(/** @type {Record<string, unknown>} */ (words)[element.dataset.word ?? ""]);
  }
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-label]"))) {
    element.setAttribute("aria-label", String(/** @type {Record<string, unknown>} */ (words)[element.dataset.label ?? ""]));
  }
}
