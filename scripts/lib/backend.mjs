// The embedded server as a child process.
import { join } from "node:path";
import { ROOT } from "./folders.mjs";
import { Problem } from "./problem.mjs";

const SCRIPT = join(ROOT, "embedded", "start.mjs");
const READY = /^Trellis embedded backend ready: (\S+) (\S+)$/m;

/**
 * @typedef {object} Backend
 * @property {string} url of the Convex API
 * @property {string} siteUrl of the HTTP actions
 * @property {string} adminKey
 * @property {Promise<number | null>} ended when the process is no more
 */

/**
 * Starts the server and waits until it serves.
 * @param {import("./processes.mjs").Processes} processes
 * @param {{ data: string, backendPort: number, sitePort: number, mode: "development" | "production" }} options
 *   in production clients see of a failure nothing but the functions' own errors
 * @returns {Promise<Backend>}
 * @throws {Problem} with what the server said, when it ends before
 */
export async function startBackend(processes, { data, backendPort, sitePort, mode }) {
  const adminKey = await readAdminKey(processes, data);
  const { child, ended } = processes.start([
    ...[SCRIPT, "--data", data],
    ...["--port", String(backendPort), "--site-port", String(sitePort)],
    ...["--mode", mode],
  ]);
  let complaints = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk) => {
    complaints += chunk;
  });
  const ready = new Promise((resolve) => {
    let said = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk) => {
      said += chunk;
      const addresses = READY.exec(said);
      if (addresses !== null) resolve(addresses);
    });
  });
  const addresses = await Promise.race([ready, ended.then(() => null)]);
  if (addresses === null) throw new Problem(complaints.trim());
  // From here on whatever it complains about is for the person at the terminal.
  child.stderr?.removeAllListeners("data");
  child.stderr?.pipe(process.stderr, { end: false });
  return { url: addresses[1], siteUrl: addresses[2], adminKey, ended };
}

/**
 * @param {import("./processes.mjs").Processes} processes
 * @param {string} data
 */
async function readAdminKey(processes, data) {
  const { code, stdout, stderr } = await processes.run([
    ...[SCRIPT, "--data", data, "--print-admin-key"],
  ]);
  if (code !== 0) throw new Problem(stderr.trim());
  return stdout.trim();
}
