// Work under way: asking how far it is, and stopping it.

import { Refused, get, post } from "./api.js";

/** @import { Said } from "./types.js" */

/**
 * Follows a job to its end; gives its result, or nothing where it was stopped.
 * @param {number} job
 * @param {(said: Extract<Said, { state: "working" }>) => void} hear
 * @returns {Promise<any>}
 */
export async function follow(job, hear) {
  for (let seen = 0; ; ) {
    /** @type {{ serial: number, said: Said }} */
    const { serial, said } = await get("/api/job", { job, seen });
    seen = serial;
    if (said.state === "working") hear(said);
    else if (said.state === "done") return said.result;
    else if (said.state === "failed") throw new Refused(422, said.why.error, said.why.name ?? undefined);
    else return null;
  }
}

/** @type {(job: number) => Promise<unknown>} */
export const stop = (job) => post("/api/stop", { job });
