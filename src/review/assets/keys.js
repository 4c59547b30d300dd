// The keyboard: what was pressed → the name of an action. Letters are read by their place on an English
// keyboard where the layout gives none, so that the keys work with an Arabic layout too.

const PLAIN = {
  ArrowDown: "down", j: "down", ArrowUp: "up", k: "up", ArrowLeft: "left", ArrowRight: "right", ",": "segmentBack", ".": "segmentNext",
  Home: "first", End: "last", PageDown: "pageDown", PageUp: "pageUp",
  a: "accept", Enter: "accept", f: "flag", x: "reject", p: "pin", c: "comment", A: "acceptAbove",
  m: "mergeNext", M: "mergePrevious", s: "split", u: "moveUp", d: "moveDown", b: "unlink", l: "link", t: "splitSegment", g: "join", e: "correct",
  r: "realign", R: "realignAll", z: "undo", y: "redo", n: "nextDoubtful", w: "nextPending", v: "nextFlagged",
  N: "previousDoubtful", W: "previousPending", V: "previousFlagged", ":": "goto", "/": "search", ";": "hit", i: "invisible", h: "panel",
  "?": "help", Escape: "escape", "'": "hitBack",
};
const CODES = { Slash: "/", Comma: ",", Period: ".", Semicolon: ";", Quote: "'" };

/** The action of a key press, or nothing. */
export function action(event) {
  if (event.isComposing || event.metaKey || event.altKey) return null;
  let key = event.key;
  if (key.length === 1 && !/[\x20-\x7e]/.test(key)) {
    const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
    const digit = /^Digit(\d)$/.exec(event.code)?.[1];
    key = letter ? (event.shiftKey ? letter : letter.toLowerCase()) : digit ?? CODES[event.code] ?? key;
    if (key === "/" && event.shiftKey) key = "?";
    if (key === ";" && event.shiftKey) key = ":";
  }
  if (event.ctrlKey) {
    if (key === "z") return "undo";
    if (key === "y" || key === "Z") return "redo";
    if (key === "g") return "goto";
    return null;
  }
  if (/^[1-9]$/.test(key)) return `rival${key}`;
  return PLAIN[key] ?? null;
}
