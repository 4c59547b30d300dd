// Places where a file is given: dropped, chosen or pasted. It is sent at once and looked into.

import { discard, get, upload } from "./api.js";
import { apart, made } from "./dom.js";
import { choices } from "./languages.js";
import { reason, told } from "./screen.js";
import { spoken, w } from "./words.js";

/** @import { Seen } from "./types.js" */

/** @type {(bytes: number) => string} */
function sized(bytes) {
  const units = /** @type {const} */ (["byte", "kilobyte", "megabyte", "gigabyte"]);
  const at = bytes < 1000 ? 0 : bytes < 1e6 ? 1 : bytes < 1e9 ? 2 : 3;
  const options = { style: /** @type {const} */ ("unit"), unit: units[at], unitDisplay: /** @type {const} */ ("short"), maximumFractionDigits: at > 1 ? 1 : 0 };
  return new Intl.NumberFormat(spoken() === "ar" ? "ar-u-nu-arab" : "en", options).format(bytes / 1000 ** at);
}

/**
 * A button that lets the reader choose files.
 * @param {string} text
 * @param {{ multiple?: boolean, accept?: string, id?: string }} options
 * @param {(files: File[]) => void} take
 */
export function picker(text, options, take) {
  const input = made("input", { type: "file", ...options });
  input.addEventListener("change", () => {
    take([...(input.files ?? [])]);
    input.value = "";
  });
  return made("label", { className: "pick" }, made("span", { textContent: text }), input);
}

/**
 * Lets files be dropped on `place`.
 * @param {HTMLElement} place
 * @param {(files: File[], event: DragEvent) => void} take
 */
export function droppable(place, take) {
  const lit = (/** @type {boolean} */ on) => place.classList.toggle("over", on);
  place.addEventListener("dragover", (event) => {
    event.preventDefault();
    lit(true);
  });
  place.addEventListener("dragleave", (event) => { if (!place.contains(/** @type {Node | null} */ (event.relatedTarget))) lit(false); });
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation();
    lit(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length) take(files, event);
  });
}

/** One place for one file. */
export class Slot {
  /** The file as the server knows it. @type {number | null} */
  upload = null;
  /** What was seen in it. @type {Seen | null} */
  seen = null;
  /** @type {unknown} */
  error = null;
  /** The languages that the reader chose. @type {[string, string]} */
  languages = ["", ""];
  /** The text in the box, for pasting. */
  text = "";
  /** @type {Blob | null} */
  blob = null;
  name = "";
  /** @type {AbortController | null} */
  sending = null;
  share = 0;

  /**
   * @param {"source" | "target" | "both"} role
   * @param {boolean} pasted whether the text is pasted
   * @param {(files: File[], slot: Slot) => void} give takes files that were given here
   * @param {(slot: Slot) => void} changed hears of all changes
   */
  constructor(role, pasted, give, changed) {
    this.role = role;
    this.pasted = pasted;
    this.give = give;
    this.changed = changed;
    this.element = made("fieldset", { className: "slot", id: `slot-${role}` });
    this.box = made("textarea", { dir: "auto", spellcheck: false });
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let soon;
    this.box.addEventListener("input", () => {
      this.text = this.box.value;
      this.changed(this);
      clearTimeout(soon);
      soon = setTimeout(() => this.takeText(), 500);
    });
    if (!pasted) droppable(this.element, (files) => this.give(files, this));
    this.draw();
  }

  /** Whether there is something to align. */
  get ready() {
    return this.pasted ? Boolean(this.text.trim()) : this.seen !== null && !this.error;
  }

  /** Sends the text in the box, if it is not sent yet; what was found out of an older one is forgotten. */
  async takeText() {
    if (this.blob && (await this.blob.text()) === this.text && (this.upload !== null || this.sending)) return this.arrived;
    if (!this.text.trim()) return this.clear();
    return this.take(new Blob([this.text], { type: "text/plain" }), `${w()[this.role]}.txt`);
  }

  /**
   * Takes a file: sends it, and looks into it.
   * @param {Blob} blob
   * @param {string} name
   */
  take(blob, name) {
    this.clear();
    this.blob = blob;
    this.name = name;
    this.arrived = this.send(blob, name);
    return this.arrived;
  }

  /**
   * @param {Blob} blob
   * @param {string} name
   */
  async send(blob, name) {
    const sending = new AbortController();
    this.sending = sending;
    this.draw();
    try {
      const share = (/** @type {number} */ share) => {
        this.share = share;
        this.line();
      };
      const { upload: number } = await upload(name, blob, { signal: sending.signal, share });
      if (this.sending !== sending) return discard([number]);
      this.upload = number;
      this.share = 1;
      this.line();
      const seen = await get("/api/look", { upload: number, both: this.role === "both" });
      if (this.sending !== sending) return;
      this.seen = seen;
    } catch (error) {
      if (this.sending !== sending) return;
      this.error = error;
    }
    this.sending = null;
    this.draw();
    this.changed(this);
  }

  /** Takes the file away again. */
  clear() {
    this.sending?.abort();
    this.sending = null;
    if (this.upload !== null) discard([this.upload]);
    [this.upload, this.seen, this.error, this.blob, this.share] = [null, null, null, null, 0];
    this.languages = ["", ""];
    this.draw();
    this.changed(this);
  }

  /** The line that says how far the file is. */
  line() {
    const place = this.element.querySelector(".far");
    if (place) place.textContent = this.share < 1 ? w().sending(Math.floor(this.share * 100)) : w().looking;
  }

  draw() {
    const full = this.blob !== null;
    this.element.classList.toggle("full", full || this.pasted);
    const legend = made("legend", {}, made("span", { className: "title", textContent: w()[this.role] }));
    /** @type {(Node | string)[]} */
    const parts = [legend];
    if (this.pasted) {
      this.box.setAttribute("aria-label", `${w()[this.role]}: ${w().paste}`);
      this.box.placeholder = w().paste;
      // The text being typed keeps its place and the cursor.
      for (const child of [...this.element.children]) if (child !== this.box) child.remove();
      if (!this.box.isConnected || this.box.parentElement !== this.element) this.element.append(this.box);
      this.box.before(legend);
      this.box.after(...this.about());
      return;
    }
    if (full) {
      parts.push(made("p", { className: "given" }, made("b", {}, apart(this.name))));
      parts.push(...this.about(), this.buttons(w().other));
    } else {
      parts.push(made("p", { className: "hint", textContent: this.role === "both" ? w().dropBoth : w().dropHere }), this.buttons(w().choose));
    }
    this.element.replaceChildren(...parts);
  }

  /** @param {string} text */
  buttons(text) {
    const buttons = made("div", { className: "buttons" }, picker(text, { id: `file-${this.role}` }, (files) => this.give(files, this)));
    if (this.blob) {
      const remove = made("button", { type: "button", textContent: w().remove });
      remove.addEventListener("click", () => {
        this.clear();
        this.element.querySelector("input")?.focus();
      });
      buttons.append(remove);
    }
    return buttons;
  }

  /** What is said of the file: how far it is, what is wrong with it, or what it is. */
  about() {
    if (this.sending) return [made("p", { className: "hint far", role: "status", textContent: w().looking })];
    if (this.error) return [made("div", { className: "trouble", role: "alert" }, ...told(reason(this.error)))];
    if (!this.seen) return [];
    const { seen } = this;
    const count = seen.kind === "document" ? w().segments(seen.segments) : w().units(seen.units);
    const line = made("p", { className: "hint" }, apart(w().formats[seen.format] ?? seen.format), " · ", apart(sized(seen.bytes)), " · ", apart(count));
    if (seen.kind === "document") {
      const start = made("p", { className: "starts", textContent: seen.start, lang: seen.language === "und" ? "" : seen.language, dir: "auto" });
      const warnings = seen.warnings.map((text) => made("p", { className: "hint", lang: "en" }, apart(text)));
      const shown = this.pasted ? [] : [start];
      return [line, ...shown, ...warnings, this.chooser(0, seen.language)];
    }
    const starts = seen.starts.map((text, i) => made("p", { className: "starts", textContent: text, lang: seen.languages[i] ?? "", dir: "auto" }));
    return [line, starts[0], this.chooser(0, seen.languages[0]), starts[1], this.chooser(1, seen.languages[1])];
  }

  /**
   * The language, to be corrected.
   * @param {0 | 1} at
   * @param {string | null} found
   */
  chooser(at, found) {
    const select = made("select", { className: "lang" }, ...choices(found, w().ofFile));
    select.value = this.languages[at];
    select.addEventListener("change", () => { this.languages[at] = select.value; });
    const side = this.role === "both" ? `: ${at ? w().target : w().source}` : "";
    return made("label", { className: "language" }, made("span", { textContent: w().language + side }), select);
  }
}
