// The workbench: holds what the page knows and turns actions into edits.

import { Refused, download, get, post, postUntilSent, watch } from "./api.js";
import { ask, help } from "./dialogs.js";
import { correct, splitSegment } from "./inline.js";
import { action } from "./keys.js";
import { VirtualList } from "./list.js";
import * as panel from "./panel.js";
import { Plot } from "./plot.js";
import { print } from "./report.js";
import { row } from "./row.js";
import { Unsent } from "./unsent.js";
import { speak, w } from "./words.js";

const PART = 60;
const $ = (id) => document.getElementById(id);

/** What the page shows. */
const page = {
  project: null, revision: 0, rows: [], asked: new Set(), view: null, position: 0, side: "source", index: 0,
  search: "", hits: [], invisible: false, marks: new Map(), fresh: new Set(), detail: null, linking: null, editing: false, epoch: 0,
};
globalThis.muqabala = page;
page.go = (position) => go(position, "centre");

const list = new VirtualList($("list"), $("grid"), (index) => row(at(place(index)), place(index), page));
const plot = new Plot($("canvas"), (position) => go(position, "centre"));

const unsent = new Unsent();

/** The row number in the list ↔ the position in the project, which differ while a filter shows fewer rows. */
const place = (index) => (page.view ? page.view[index] : index);
const firstFrom = (position) => {
  let [low, high] = [0, page.view.length];
  while (low < high) { const mid = (low + high) >> 1; if (page.view[mid] < position) low = mid + 1; else high = mid; }
  return low;
};
const indexOf = (position) => {
  if (!page.view) return position;
  const found = firstFrom(position);
  return page.view[found] === position ? found : -1;
};
const current = () => page.rows[page.position];

/** Where the reader is: a segment, which stays where it is whatever becomes of the rows. */
function reader() {
  const bead = current();
  if (!bead) return null;
  const side = bead[page.side].length ? page.side : page.side === "source" ? "target" : "source";
  return { side, segment: (bead[side][page.index] ?? bead[side][0]).start };
}

function at(position) {
  if (!page.rows[position]) want(position);
  return page.rows[position];
}

/** Asks for the rows around `position`, once. */
async function want(position) {
  const from = Math.floor(position / PART) * PART;
  const key = `${page.epoch} ${from}`;
  if (page.asked.has(key)) return;
  page.asked.add(key);
  const { epoch } = page;
  try {
    const part = await get("/api/rows", { from, count: PART });
    if (epoch !== page.epoch) return;
    if (part.revision !== page.revision) return void reload();
    const which = [];
    part.beads.forEach((bead, i) => { page.rows[from + i] = bead; which.push(indexOf(from + i)); });
    list.refresh(which.filter((i) => i >= 0));
    if (page.position >= from && page.position < from + PART) { keepFocus(); inspect(); }
  } catch (error) {
    page.asked.delete(key);
    fail(error);
  }
}

/** Asks for everything again. */
async function reload() {
  page.epoch += 1;
  const here = reader();
  const project = await get("/api/project", { at: here && JSON.stringify(here) });
  page.project = project;
  page.revision = project.revision;
  page.rows = new Array(project.counts.beads);
  page.asked.clear();
  page.position = Math.max(0, Math.min(project.position ?? page.position, project.counts.beads - 1));
  page.view = null;
  list.current = page.position;
  list.reset(project.counts.beads);
  chrome();
  plot.soon();
  await want(page.position);
  if (page.search || filters()) await find();
  go(page.position, "centre");
}

function chrome() {
  const { project } = page;
  if (document.documentElement.lang !== project.settings.interface) $("live").classList.remove("shown");
  speak(project.settings.interface);
  document.title = `${project.file} · ${w().title}`;
  $("title").textContent = project.file;
  $("names").replaceChildren(...[project.names.source, " ⇄ ", project.names.target].map((t) => Object.assign(document.createElement("bdi"), { textContent: t })));
  for (const button of document.querySelectorAll("[data-do]")) {
    const word = w()[button.dataset.do];
    if (button.classList.contains("round")) { button.setAttribute("aria-label", word); button.title = word; } else button.textContent = word;
  }
  $("language").lang = project.settings.interface === "ar" ? "en" : "ar";
  const { reviewer } = project.settings;
  if (reviewer) document.querySelector('[data-do="name"]').replaceChildren(`${w().reviewerIs} `, Object.assign(document.createElement("bdi"), { textContent: reviewer }));
  $("auto").checked = project.settings.autoRealign;
  for (const [id, word] of [["search", "search"], ["only", "only"], ["type", "type"], ["canvas", "plot"], ["grid", "grid"], ["progress", "progress"], ["tools", "tools"]]) $(id).setAttribute("aria-label", w()[word]);
  $("search").placeholder = w().search;
  const option = (value, text) => Object.assign(document.createElement("option"), { value, textContent: text });
  const keep = [$("only").value, $("type").value];
  $("only").replaceChildren(option("", w().any), ...["pending", "accepted", "flagged", "rejected", "doubtful", "commented", "corrected", "pinned"].map((v) => option(v, w()[v])));
  $("type").replaceChildren(option("", w().anyType), ...["1-1", "1-2", "2-1", "2-2"].map((v) => option(v, v)), option("other", w().other), option("null", w().nullType), option("crossing", w().crossing));
  [$("only").value, $("type").value] = keep;
  const named = (side) => {
    try { return new Intl.DisplayNames([project.settings.interface], { type: "language" }).of(project.languages[side]); } catch { return project.languages[side]; }
  };
  $("head-source").textContent = `${w().source} · ${named("source")}`;
  $("head-target").textContent = `${w().target} · ${named("target")}`;
  panel.show($("panel"), current(), page.detail, project.languages, perform);
  counts();
}

function counts() {
  const { counts: c, history } = page.project;
  $("progress").max = Math.max(1, c.beads);
  $("progress").value = c.beads - c.pending - c.flagged;
  $("counts").textContent = w().counts(c);
  $("grid").setAttribute("aria-rowcount", String(c.beads));
  for (const name of ["undo", "redo"]) {
    const button = document.querySelector(`[data-do="${name}"]`);
    button.disabled = !history[name];
    button.title = history[name] ? `${w()[name]}: ${w().done[history[name]] ?? ""}` : "";
  }
}

let quiet;
function say(text) {
  const live = $("live");
  live.textContent = text;
  live.classList.add("shown");
  clearTimeout(quiet);
  quiet = setTimeout(() => live.classList.remove("shown"), 2600);
}

function fail(error) {
  if (!(error instanceof Refused)) return void banner(w().down);
  if (error.status === 401) banner(w().gone);
  else say(w().refused?.[error.named] ?? error.message);
}

/** Says that the server is away, or back under another token. */
function away(gone) {
  unsent.keep(page);
  banner(gone ? w().gone : w().down);
}

function banner(text) {
  $("banner").textContent = text ?? "";
  $("banner").hidden = !text;
}

/** Goes to a position. */
function go(position, where) {
  const total = page.project?.counts.beads ?? 0;
  if (!total) return;
  const before = page.position;
  page.position = Math.max(0, Math.min(total - 1, position));
  if (before !== page.position) { page.index = 0; page.marks = new Map(); page.detail = null; }
  const index = indexOf(page.position);
  list.current = index;
  if (index >= 0) list.reveal(index, where);
  list.refresh([indexOf(before), index].filter((i) => i >= 0));
  keepFocus();
  inspect();
  const view = list.scroller;
  plot.view(place(list.at(view.scrollTop)) ?? 0, place(list.at(view.scrollTop + view.clientHeight)) ?? total, total);
}

/** Puts the focus on the selected segment, unless the reader is in a form. */
function keepFocus() {
  const bead = current();
  if (bead) {
    page.index = Math.max(0, Math.min(page.index, bead[page.side].length - 1));
  }
  const active = document.activeElement;
  if (page.editing || active?.closest?.(".bar, .filters, dialog, #panel")) return;
  list.shown.get(list.current)?.querySelector(".selected")?.focus({ preventScroll: true });
}

let inspecting;
/** Asks why the current bead was made. */
function inspect() {
  clearTimeout(inspecting);
  const bead = current();
  if (!bead) return;
  inspecting = setTimeout(async () => {
    try {
      const detail = await get(`/api/bead/${bead.id}`);
      if (current()?.id !== bead.id) return;
      page.detail = detail;
      page.marks = panel.marks(detail);
      if (!page.editing) { list.refresh([list.current]); keepFocus(); }
      panel.show($("panel"), bead, detail, page.project.languages, perform);
    } catch (error) {
      if (error.status !== 404) fail(error);
    }
  }, 60);
}

let sending = Promise.resolve();
/** Sends an edit after those before it, and shows what it changed. */
function send(path, edit) {
  const entry = unsent.add(path, edit, page);
  sending = sending.then(async () => {
    const started = performance.now();
    try {
      const body = () => ({ revision: page.revision, ...(edit ? { edit } : {}), ...(reader() ? { at: reader() } : {}) });
      const answer = await postUntilSent(path, body, away, () => banner(null)).finally(() => unsent.remove(entry));
      await changed(answer);
      requestAnimationFrame(() => { page.painted = performance.now() - started; });
      return answer;
    } catch (error) {
      if (error.status === 409) {
        await reload();
        say(w().stale);
        // What a person wrote is not thrown away.
        if (edit?.text) banner(`${w().notSent} ${edit.text}`);
      } else fail(error);
    }
    return null;
  });
  return sending;
}

async function changed(answer) {
  page.revision = answer.revision;
  page.project.counts = answer.counts;
  page.project.history = answer.history;
  page.project.revision = answer.revision;
  counts();
  plot.soon();
  const { window } = answer;
  let number = 0;
  if (!window) {
    await reload();
    if (answer.focus !== null) go(answer.focus, "centre");
  } else {
    page.epoch += 1;
    page.asked.clear();
    page.rows.splice(window.from, window.removed, ...window.beads);
    number = window.new.length;
    page.fresh = new Set(window.new);
    if (page.view) {
      const shift = window.beads.length - window.removed;
      const inside = window.beads.map((_, i) => window.from + i);
      const before = page.view.filter((p) => p < window.from);
      const after = page.view.filter((p) => p >= window.from + window.removed).map((p) => p + shift);
      const low = before.length;
      const removed = page.view.length - before.length - after.length;
      page.view = [...before, ...inside, ...after];
      list.splice(low, removed, inside.length);
    } else {
      list.splice(window.from, window.removed, window.beads.length);
    }
    page.marks = new Map();
    go(answer.focus ?? page.position);
    setTimeout(() => { page.fresh = new Set(); }, 2500);
  }
  const done = w().done[answer.done] ?? answer.done;
  say(number > 1 ? `${done} · ${w().realigned(number)}` : done);
}

const edit = (name, fields) => send("/api/edit", { edit: name, ...fields });

/** Sets a decision; the same again takes it back. */
async function decide(decision) {
  const bead = current();
  if (!bead) return;
  const again = bead.decision === decision;
  const from = page.position;
  const answer = await edit("decide", { bead: bead.id, decision: again ? "pending" : decision });
  if (answer && decision === "accepted" && !again) step(1, from);
}

function step(by, from = page.position) {
  let index = indexOf(from);
  // The current bead may be one that the filter does not show.
  if (index < 0) index = firstFrom(from) - (by > 0 ? 1 : 0);
  const next = place(index + by);
  if (next !== undefined && index + by >= 0 && next < page.project.counts.beads) go(next);
}

async function next(what, backwards) {
  const { row: found } = await get("/api/next", { what, from: page.position, backwards: backwards || null });
  if (found === null) return say(w().nothing);
  if (page.view && indexOf(found) < 0) { $("filtering").checked = false; show(null); }
  go(found, "centre");
}

const filters = () => $("only").value || $("type").value || $("min").value || $("max").value;

function show(view) {
  page.view = view;
  list.current = indexOf(page.position);
  list.reset(view ? view.length : page.project.counts.beads);
}

/** Searches and filters. */
async function find() {
  page.search = $("search").value;
  const only = $("only").value;
  const isDecision = ["pending", "accepted", "flagged", "rejected"].includes(only);
  const share = (id) => ($(id).value === "" ? "" : Number($(id).value) / 100);
  if (!page.search.trim() && !filters()) {
    page.hits = [];
    $("hits").textContent = "";
    if (page.view) show(null);
    list.refresh();
    return;
  }
  const found = await get("/api/find", {
    q: page.search, type: $("type").value, min: share("min"), max: share("max"), decision: isDecision ? only : "", only: isDecision ? "" : only,
  });
  page.hits = found.rows;
  $("hits").textContent = w().hits(found.rows.length);
  if ($("filtering").checked) show(found.rows);
  else if (page.view) show(null);
  list.refresh();
}

function hit(backwards) {
  if (!page.hits.length) return say(w().nothing);
  const after = page.hits.find((p) => p > page.position) ?? page.hits[0];
  const before = page.hits.findLast((p) => p < page.position) ?? page.hits.at(-1);
  go(backwards ? before : after, "centre");
}

async function keep(settings) {
  try {
    page.project.settings = await post("/api/settings", { ...page.project.settings, ...settings });
    chrome();
    list.refresh();
    plot.draw();
  } catch (error) { fail(error); }
}

/** The selected segment, its element and its bead. */
function selected() {
  const bead = current();
  return { bead, segment: bead?.[page.side][page.index], element: list.shown.get(list.current)?.querySelector(".segment.selected") };
}

async function exportFile() {
  const given = await ask(w().exportAsk, [
    { name: "format", label: w().format, kind: "choice", choices: Object.entries(w().formats), value: "tmx" },
    { name: "only", label: w().which, kind: "choice", choices: [["all", w().all], ["accepted", w().acceptedOnly]], value: "all" },
    { name: "least", label: w().leastAsk, kind: "number", min: 0, max: 100, step: 1 },
  ], { ok: w().export.replace("…", "") });
  if (!given) return;
  const min = given.least === "" ? "" : Number(given.least) / 100;
  try {
    const blob = await download("/api/export", { format: given.format, only: given.only, min_confidence: min });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${page.project.file.replace(/\.muq$/, "")}.${page.project.formats.find((f) => f.name === given.format).extension}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    page.exported = await blob.text();
  } catch (error) { fail(error); }
}

/** What editing inside a row needs of the page. */
const inline = { page, selected, edit, say, draw: () => list.draw(), end: () => { page.editing = false; list.refresh([list.current]); keepFocus(); } };

/** Everything that keys and buttons do. */
const ACTIONS = {
  down: () => step(1), up: () => step(-1), first: () => go(place(0)), last: () => go(place(list.heights.length - 1)),
  pageDown: () => step(Math.min(8, list.heights.length - 1 - indexOf(page.position))), pageUp: () => step(-Math.min(8, indexOf(page.position))),
  left: () => turn("left"), right: () => turn("right"),
  segmentBack: () => { page.index -= 1; go(page.position); }, segmentNext: () => { page.index += 1; go(page.position); },
  accept: () => decide("accepted"), flag: () => decide("flagged"), reject: () => decide("rejected"),
  pin: () => current() && edit("pin", { bead: current().id, pinned: !current().pinned }),
  mergeNext: () => current() && edit("merge", { bead: current().id, with: "next" }),
  mergePrevious: () => current() && edit("merge", { bead: current().id, with: "previous" }),
  unlink: () => current() && edit("unlink", { bead: current().id }),
  moveUp: () => move("previous"), moveDown: () => move("next"),
  split: () => {
    const bead = current();
    if (!bead) return;
    const other = page.side === "source" ? "target" : "source";
    const [n, m] = [bead[page.side].length, bead[other].length];
    const here = page.index || Math.ceil(n / 2);
    const there = n === m ? here : Math.round((here / Math.max(1, n)) * m);
    edit("split", { bead: bead.id, [page.side]: here, [other]: Math.min(there, m) });
  },
  link: () => {
    const bead = current();
    if (!bead) return;
    if (!page.linking || page.linking.id === bead.id) { page.linking = { id: bead.id, side: page.side }; return say(w().linkFrom); }
    const from = page.linking;
    page.linking = null;
    edit("link", from.side === "source" ? { source: from.id, target: bead.id } : { source: bead.id, target: from.id });
  },
  splitSegment: () => splitSegment(inline), correct: () => correct(inline),
  join: () => { const { segment } = selected(); if (segment) edit("join-segments", { side: page.side, segment: segment.start }); },
  comment: async () => {
    const bead = current();
    if (!bead) return;
    const given = await ask(w().commentAsk, [{ name: "text", label: w().comment, kind: "long", value: bead.comment }], { ok: w().save });
    if (given) edit("comment", { bead: bead.id, text: given.text });
  },
  acceptAbove: async () => {
    const given = await ask(w().aboveAsk, [{ name: "least", label: w().sign, kind: "number", min: 0, max: 100, step: 1, value: "90" }]);
    if (given) edit("accept-above", { confidence: Number(given.least) / 100 });
  },
  goto: async () => {
    const given = await ask(w().gotoAsk, [{ name: "n", label: `1–${page.project.counts.beads}`, kind: "number", min: 1, max: page.project.counts.beads }]);
    if (given?.n) { if (page.view) show(null); go(Number(given.n) - 1, "centre"); }
  },
  realign: () => current() && edit("realign", { around: current().id }), realignAll: () => edit("realign", { around: null }),
  undo: () => send("/api/undo"), redo: () => send("/api/redo"),
  nextDoubtful: () => next("doubtful"), previousDoubtful: () => next("doubtful", true), nextPending: () => next("pending"), previousPending: () => next("pending", true),
  nextFlagged: () => next("flagged"), previousFlagged: () => next("flagged", true),
  search: () => { $("search").focus(); $("search").select(); }, hit: () => hit(false), hitBack: () => hit(true),
  invisible: () => { page.invisible = !page.invisible; list.refresh(); keepFocus(); },
  panel: () => {
    const hidden = document.querySelector("main").classList.toggle("no-panel");
    $("toggle").setAttribute("aria-expanded", String(!hidden));
    list.soon();
  },
  help: () => help(),
  escape: () => { page.linking = null; document.activeElement?.blur(); keepFocus(); },
  export: exportFile, report: () => print($("report"), page.project),
  name: async () => {
    const given = await ask(w().reviewer, [{ name: "name", label: w().nameLabel, value: page.project.settings.reviewer }], { ok: w().save });
    if (given) await keep({ reviewer: given.name });
  },
  language: () => keep({ interface: page.project.settings.interface === "ar" ? "en" : "ar" }),
  theme: () => {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const shown = document.documentElement.dataset.theme ?? (dark ? "dark" : "light");
    document.documentElement.dataset.theme = shown === "dark" ? "light" : "dark";
    localStorage.setItem("theme", document.documentElement.dataset.theme);
    plot.draw();
  },
};

function turn(direction) {
  const mirrored = document.documentElement.dir === "rtl";
  page.side = (direction === "left") !== mirrored ? "source" : "target";
  page.index = 0;
  go(page.position);
}

function move(to) {
  const { segment } = selected();
  if (segment) edit("move", { side: page.side, segment: segment.start, to });
}

async function perform(name) {
  try {
    const rival = /^rival(\d)$/.exec(name)?.[1];
    if (rival) {
      const found = page.detail?.rivals[Number(rival) - 1];
      return found ? await edit("take-rival", { bead: page.detail.id, rival: found.index }) : say(w().nothing);
    }
    return await ACTIONS[name]?.();
  } catch (error) { return fail(error); }
}

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("input, textarea, select, dialog");
  if (form) {
    if (event.key === "Escape" && !event.target.closest("dialog")) perform("escape");
    if (event.key === "Enter" && event.target.id === "search") { event.preventDefault(); find().then(() => { $("search").blur(); hit(false); }).catch(fail); }
    return;
  }
  const name = action(event);
  if (!name || !page.project) return;
  const onButton = event.target.closest?.("button, a, canvas, #panel");
  if (onButton && ["Enter", " ", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"].includes(event.key)) return;
  event.preventDefault();
  perform(name);
});

document.addEventListener("click", (event) => {
  const doing = event.target.closest("[data-do]");
  if (doing) return void perform(doing.dataset.do);
  if (page.editing) return;
  const line = event.target.closest(".row[data-bead]");
  if (!line) return;
  const part = event.target.closest("[data-side]");
  if (part) page.side = part.dataset.side;
  page.index = Number(event.target.closest(".segment")?.dataset.index ?? 0);
  const position = Number(line.dataset.position);
  const keepIndex = page.index;
  if (position !== page.position) { go(position); page.index = keepIndex; }
  go(position);
});
// Not `dblclick`: the row may be drawn again while the button is down, which leaves that event without a segment.
$("grid").addEventListener("mousedown", (event) => {
  if (event.detail !== 2 || event.button !== 0 || page.editing || !event.target.closest(".segment")) return;
  event.preventDefault();
  splitSegment(inline);
});

let dragged = null;
$("grid").addEventListener("dragstart", (event) => {
  const segment = event.target.closest?.(".segment");
  if (!segment || page.editing) return;
  dragged = { side: segment.dataset.side, segment: Number(segment.dataset.segment) };
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", segment.textContent);
});
const target = (event) => (dragged ? event.target.closest?.(".row[data-bead]")?.querySelector(`.cell[data-side="${dragged.side}"]`) : null);
$("grid").addEventListener("dragover", (event) => {
  for (const over of document.querySelectorAll(".over")) over.classList.remove("over");
  const cell = target(event);
  if (cell) { event.preventDefault(); cell.classList.add("over"); }
});
$("grid").addEventListener("drop", (event) => {
  const cell = target(event);
  for (const over of document.querySelectorAll(".over")) over.classList.remove("over");
  if (!cell) return;
  event.preventDefault();
  edit("place", { ...dragged, bead: Number(cell.closest(".row").dataset.bead) });
  dragged = null;
});

$("filters").addEventListener("submit", (event) => event.preventDefault());
let typing;
$("filters").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => find().catch(fail), 180);
});
$("auto").addEventListener("change", () => keep({ autoRealign: $("auto").checked }));
$("list").addEventListener("scroll", () => {
  if (!page.project) return;
  const view = $("list");
  plot.view(place(list.at(view.scrollTop)) ?? 0, place(list.at(view.scrollTop + view.clientHeight)) ?? 0, page.project.counts.beads);
}, { passive: true });

const theme = localStorage.getItem("theme");
if (theme) document.documentElement.dataset.theme = theme;
speak("en");
reload().then(() => {
  page.ready = performance.now();
  const { edits, lost } = unsent.left(page);
  for (const { path, edit: of } of edits) send(path, of);
  if (lost) banner(`${w().notSent} ${lost}`);
  return watch(away, () => { unsent.away = false; banner(null); if (!page.editing) reload().catch(fail); });
}).catch(fail);
