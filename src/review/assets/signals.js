// What one part of the page tells the others, who need not know each other:
// `project` was loaded or its settings changed; `counts` changed; a row is `missing`, others `arrived`; the reader `moved`;
// others are `shown`, since a filter was set or lifted; the row in which a text was edited is `lost`;
// the reader gives up what was begun, with `escape`.

/** @typedef {"project" | "counts" | "missing" | "arrived" | "moved" | "shown" | "lost" | "escape"} Signal */

/** @type {Map<Signal, ((value: any) => void)[]>} */
const listeners = new Map();

/** @type {(signal: Signal, listener: (value: any) => void) => void} */
export function on(signal, listener) {
  listeners.set(signal, [...(listeners.get(signal) ?? []), listener]);
}

/** @type {(signal: Signal, value?: any) => void} */
export function tell(signal, value) {
  for (const listener of listeners.get(signal) ?? []) listener(value);
}
