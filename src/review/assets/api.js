// Speaks with the server: every request carries the token of this run, and an edit that could not be sent
// is kept until the server is back.

import { token } from "./token.js";

/** A refusal by the server: `status`, its words, and the name of an edit's error. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {string} message
   * @param {string} [named]
   */
  constructor(status, message, named) {
    super(message);
    this.status = status;
    this.named = named;
  }
}

/**
 * @param {string} path
 * @param {{ method?: string, body?: string, signal?: AbortSignal }} [options]
 */
async function request(path, options = {}) {
  const response = await fetch(path, {
    ...options,
    headers: { "x-muqabala-token": token(), ...(options.body ? { "content-type": "application/json" } : {}) },
  });
  if (!response.ok) {
    const body = await response.text();
    /** @type {{ error?: string, name?: string }} */
    let said = {};
    try { said = JSON.parse(body); } catch { /* not JSON: the text itself */ }
    throw new Refused(response.status, said.error ?? body, said.name);
  }
  return response;
}

/** @typedef {Record<string, string | number | boolean | null | undefined>} Parameters */

/**
 * An address with the parameters that have a value.
 * @type {(path: string, parameters: Parameters) => string}
 */
function address(path, parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  }
  return query.size ? `${path}?${query}` : path;
}

/** What an answer says, if anything. @type {(response: Response) => Promise<any>} */
const read = async (response) => (response.status === 204 ? null : response.json());

/**
 * Reads JSON.
 * @type {(path: string, parameters?: Parameters) => Promise<any>}
 */
export const get = async (path, parameters = {}) => read(await request(address(path, parameters)));

/**
 * Sends JSON once.
 * @type {(path: string, value: unknown) => Promise<any>}
 */
export const post = async (path, value) => read(await request(path, { method: "POST", body: JSON.stringify(value) }));

/**
 * A file as a blob.
 * @type {(path: string, parameters: Parameters) => Promise<Blob>}
 */
export const download = async (path, parameters) => (await request(address(path, parameters))).blob();

/**
 * Sends the content of a file; `share` hears how much of it is on its way, 0 to 1.
 * @param {string} name
 * @param {Blob} content
 * @param {{ signal?: AbortSignal, share?: (share: number) => void }} options
 * @returns {Promise<{ upload: number }>}
 */
export const upload = (name, content, { signal, share }) => new Promise((done, failed) => {
  // fetch does not say how far it is.
  const sender = new XMLHttpRequest();
  const away = () => failed(new TypeError("the program does not answer"));
  sender.upload.addEventListener("progress", ({ loaded, total }) => share?.(total ? loaded / total : 1));
  sender.addEventListener("load", () => {
    if (sender.status === 200) return done(JSON.parse(sender.responseText));
    /** @type {{ error?: string, name?: string }} */
    let said = {};
    try { said = JSON.parse(sender.responseText); } catch { /* not JSON: the text itself */ }
    failed(new Refused(sender.status, said.error ?? sender.responseText, said.name));
  });
  sender.addEventListener("error", away);
  sender.addEventListener("abort", away);
  signal?.addEventListener("abort", () => sender.abort());
  sender.open("POST", address("/api/upload", { name }));
  sender.setRequestHeader("x-muqabala-token", token());
  sender.send(content);
});

/**
 * Lets the program forget files that were sent; also while the page goes away.
 * @param {number[]} uploads
 */
export function discard(uploads) {
  if (!uploads.length) return;
  const headers = { "x-muqabala-token": token(), "content-type": "application/json" };
  fetch("/api/discard", { method: "POST", body: JSON.stringify({ uploads }), headers, keepalive: true }).catch(() => { /* gone with the program */ });
}

/** @type {(ms: number) => Promise<void>} */
export const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

/**
 * Whether the server runs again under another token, which this page does not know.
 * @type {(error: unknown) => boolean}
 */
const isGone = (error) => error instanceof Refused && error.status === 401;

/**
 * Sends JSON, again and again while the server is away or does not know us; `onDown` and `onUp` hear of it.
 * @param {string} path
 * @param {() => unknown} value what to send, asked for anew each time
 * @param {(gone: boolean) => void} onDown
 * @param {() => void} onUp
 */
export async function postUntilSent(path, value, onDown, onUp) {
  for (let down = false; ; ) {
    try {
      const answer = await post(path, value());
      if (down) onUp();
      return answer;
    } catch (error) {
      if (error instanceof Refused && !isGone(error)) {
        if (down) onUp();
        throw error;
      }
      onDown(isGone(error));
      down = true;
      await pause(700);
    }
  }
}

/**
 * Looks whether the server is there, for ever.
 * @param {(gone: boolean) => void} onDown
 * @param {() => void} onUp
 */
export async function watch(onDown, onUp) {
  for (let down = false; ; await pause(down ? 700 : 3000)) {
    try {
      await request("/api/ping", { signal: AbortSignal.timeout(5000) });
      if (down) onUp();
      down = false;
    } catch (error) {
      onDown(isGone(error));
      down = true;
    }
  }
}
