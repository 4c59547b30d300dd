// Put into the page by the tests before anything of its own runs: watches it from outside, by what it asks of the
// server, what stands in the document, and what it saves. The page knows nothing of it.
(() => {
  const seen = {
    // The last revision of which the server told the page, and the last bead whose evidence it gave.
    revision: null,
    detail: null,
    // When a bead was first shown, and how long the last edit took from its request until it was drawn, in milliseconds.
    ready: null,
    painted: null,
    // The text of the last file saved.
    saved: null,
    get row() {
      return document.querySelector(".row.current");
    },
    get position() {
      return this.row ? Number(this.row.dataset.position) : null;
    },
    get bead() {
      return this.row?.dataset.bead ? Number(this.row.dataset.bead) : null;
    },
  };
  globalThis.seen = seen;

  // What the page does with an answer is done when the next frame is drawn.
  const drawn = (act) => requestAnimationFrame(() => setTimeout(act));
  const ask = globalThis.fetch.bind(globalThis);
  globalThis.fetch = async (path, options) => {
    const started = performance.now();
    const response = await ask(path, options);
    const [, what] = /^\/api\/(edit|undo|redo|project|changes|bead)/.exec(path) ?? [];
    if (!what || !response.ok) return response;
    response.clone().json().then((answer) => drawn(() => {
      if (what === "bead") seen.detail = answer.id;
      else seen.revision = answer.revision;
      if (what === "edit") requestAnimationFrame(() => { seen.painted = performance.now() - started; });
    }));
    return response;
  };

  const save = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob) => {
    blob.text().then((text) => { seen.saved = text; });
    return save(blob);
  };

  new MutationObserver((_, observer) => {
    if (!document.querySelector(".row.current .selected")) return;
    seen.ready = performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
})();
