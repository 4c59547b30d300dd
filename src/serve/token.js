// How a page gets the token of this run: for the code in its address, from an earlier load of this window, or from
// another page of the same address that was opened since.

const KEY = "muqabala-token";
const others = new BroadcastChannel(KEY);
let current = sessionStorage.getItem(KEY) ?? "";

/** @param {string} token */
function know(token) {
  current = token;
  sessionStorage.setItem(KEY, token);
}
others.addEventListener("message", ({ data }) => know(data));

/** What stood behind the `#` of the address: the code, and what another page of the program says of where to go. */
export const asked = new URLSearchParams(location.hash.slice(1));

const code = asked.get("code");
if (code !== null) {
  // Before anything else, so that the code is neither shown nor kept.
  history.replaceState(null, "", location.pathname);
  try {
    const response = await fetch("/api/enter", { method: "POST", headers: { "x-muqabala-code": code } });
    if (response.ok) {
      know((await response.json()).token);
      // Where the program was started again, the pages opened before learn it.
      others.postMessage(current);
    }
  } catch { /* the server is gone again, which the page will say */ }
}

/** The token that requests carry in `x-muqabala-token`; empty where there is none. */
export const token = () => current;
