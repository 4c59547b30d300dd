// Speaks with the server: every request carries the token of this run, and an edit that could not be sent
// is kept until the server is back.

const KEY = "muqabala-token";
const fragment = new URLSearchParams(location.hash.slice(1));
if (fragment.has("token")) {
  sessionStorage.setItem(KEY, fragment.get("token"));
  history.replaceState(null, "", location.pathname);
}
let token = sessionStorage.getItem(KEY) ?? "";

// Where the program was started again, the page opened at its new address tells the older ones.
const others = new BroadcastChannel(KEY);
if (token) others.postMessage(token);
others.addEventListener("message", ({ data }) => {
  token = data;
  sessionStorage.setItem(KEY, token);
});

/** A refusal by the server: `status`, its words, and the name of an edit's error. */
export class Refused extends Error {
  constructor(status, message, named) {
    super(message);
    this.status = status;
    this.named = named;
  }
}

async function request(path, options = {}) {
  const response = await fetch(path, {
    ...options,
    headers: { "x-muqabala-token": token, ...(options.body ? { "content-type": "application/json" } : {}) },
  });
  if (!response.ok) {
    const body = await response.text();
    let said = {};
    try { said = JSON.parse(body); } catch { /* not JSON: the text itself */ }
    throw new Refused(response.status, said.error ?? body, said.name);
  }
  return response;
}

/** Reads JSON from `path` with the parameters that have a value. */
export async function get(path, parameters = {}) {
  const given = Object.entries(parameters).filter(([, v]) => v !== null && v !== undefined && v !== "");
  const query = new URLSearchParams(given).toString();
  return (await request(query ? `${path}?${query}` : path)).json();
}

/** Sends JSON once. */
export async function post(path, value) {
  return (await request(path, { method: "POST", body: JSON.stringify(value) })).json();
}

/** A file as a blob. */
export async function download(path, parameters) {
  const given = Object.entries(parameters).filter(([, v]) => v !== null && v !== "");
  return (await request(`${path}?${new URLSearchParams(given)}`)).blob();
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Whether the server runs again under another token, which this page does not know. */
const isGone = (error) => error instanceof Refused && error.status === 401;

/** Sends JSON, again and again while the server is away or does not know us; `onDown` and `onUp` hear of it. */
export async function postUntilSent(path, value, onDown, onUp) {
  for (let down = false; ; ) {
    try {
      const answer = await post(path, typeof value === "function" ? value() : value);
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

/** Looks whether the server is there, for ever. */
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
