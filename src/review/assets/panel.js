// Why these belong together: the evidence of the current bead in words, its doubts, its rivals.

import { w } from "./words.js";

const made = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

const quoted = (text, language) => {
  const bdi = made("bdi", { textContent: text });
  bdi.lang = language;
  return bdi;
};

/** The places to light up, by side and segment. */
export function marks(detail) {
  const found = new Map();
  const add = (side, place, mark) => {
    if (!place || place.from === place.to) return;
    const key = `${side} ${place.segment}`;
    if (!found.has(key)) found.set(key, []);
    found.get(key).push({ from: place.from, to: place.to, ...mark });
  };
  for (const item of detail?.evidence ?? []) {
    for (const match of item.matches) {
      for (const side of ["source", "target"]) {
        const title = `${w().kinds[item.kind] ?? item.kind}: ${match.value}`;
        add(side, match.places[side], { class: item.kind, title });
      }
    }
    for (const lone of item.unmatched) add(lone.side, lone.place, { class: "lone", title: lone.value });
  }
  return found;
}

/** Fills the panel for `bead`; `actions` are the things its buttons do. */
export function show(panel, bead, detail, languages, actions) {
  panel.setAttribute("aria-label", w().panel);
  if (!bead || !detail) return panel.replaceChildren();
  const parts = [];
  const button = (label, what, key) => {
    const b = made("button", { type: "button" }, label, " ", made("kbd", { textContent: key }));
    b.addEventListener("click", () => actions(what));
    return b;
  };
  if (detail.doubts.length) {
    const doubts = made("ul", { className: "doubts" });
    for (const doubt of detail.doubts) {
      doubts.append(made("li", { textContent: w().doubt[doubt.doubt]?.(doubt) ?? doubt.doubt }));
    }
    parts.push(made("h3", { textContent: w().doubts }), doubts);
  }
  if (detail.rivals.length) {
    parts.push(made("h3", { textContent: w().rivals }));
    detail.rivals.slice(0, 9).forEach((rival, place) => {
      const b = made("button", { type: "button", className: "rival" });
      b.append(made("kbd", { textContent: String(place + 1) }), " ", made("bdi", { textContent: `${rival.type} · ${w().percent(Math.round(rival.probability * 100))}` }));
      for (const side of ["source", "target"]) {
        const p = made("p", { textContent: rival.texts[side].join(" ¦ ") || w().none });
        p.lang = languages[side];
        p.dir = "auto";
        b.append(p);
      }
      b.addEventListener("click", () => actions(`rival${place + 1}`));
      parts.push(b);
    });
  }
  parts.push(made("h2", { textContent: /^0-|-0$/.test(bead.type) ? w().alone : w().evidence }));
  if (!detail.evidence.length) parts.push(made("p", { textContent: w().noEvidence }));
  const list = made("ul");
  for (const item of detail.evidence) {
    const speaks = Math.abs(item.cost) < 0.05 ? "neither" : item.cost < 0 ? "for" : "against";
    const value = made("bdi", { textContent: (speaks === "neither" ? 0 : -item.cost).toFixed(1).replace("-", "−"), className: speaks });
    const line = made("li", { className: "why" }, made("span", { textContent: w().kinds[item.kind] ?? item.kind }), value);
    if (item.matches.length || item.unmatched.length) {
      const pairs = made("ul", { className: "pairs" });
      for (const match of item.matches.slice(0, 30)) {
        const { source, target } = match.texts;
        if (!source && !target) pairs.append(made("li", {}, made("bdi", { textContent: match.value })));
        else pairs.append(made("li", {}, quoted(source, languages.source), "↔", quoted(target, languages.target)));
      }
      for (const lone of item.unmatched) {
        pairs.append(made("li", {}, quoted(lone.value, languages[lone.side]), "∅", made("span", { textContent: w()[lone.side] })));
      }
      line.append(pairs);
    }
    list.append(line);
  }
  parts.push(list);
  if (bead.comment) {
    const quote = made("blockquote", { textContent: bead.comment });
    quote.dir = "auto";
    parts.push(made("h3", { textContent: w().comment + (detail.reviewer ? ` (${detail.reviewer})` : "") }), quote);
  }
  const tools = [
    ["accept", "a"], ["flag", "f"], ["reject", "x"], ["pin", "p"], ["comment", "c"], ["mergeNext", "m"], ["mergePrevious", "M"], ["split", "s"], ["moveUp", "u"],
    ["moveDown", "d"], ["unlink", "b"], ["link", "l"], ["splitSegment", "t"], ["join", "g"], ["correct", "e"], ["realign", "r"], ["realignAll", "R"],
  ];
  const ways = [["nextDoubtful", "n"], ["nextPending", "w"], ["nextFlagged", "v"], ["goto", ":"], ["invisible", "i"]];
  for (const [title, list] of [[w().tools, tools], [w().goTitle, ways]]) {
    const buttons = list.map(([what, key]) => button(w().act[what], what, key));
    parts.push(made("h3", { textContent: title }), made("div", { className: "buttons" }, ...buttons));
  }
  panel.replaceChildren(...parts);
}
