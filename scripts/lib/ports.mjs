// Ports on this machine's own addresses.
import { createServer } from "node:net";
import { Problem } from "./problem.mjs";

/**
 * What to say when a port cannot be had.
 * @param {unknown} error of `listen`
 * @param {number} port
 * @param {string} option of the command line that chooses another
 * @returns {unknown} a Problem, or the error as it was
 */
export function portProblem(error, port, option) {
  const { code } = /** @type {NodeJS.ErrnoException} */ (error);
  const reason =
    code === "EADDRINUSE"
      ? "is already in use"
      : code === "EACCES"
        ? "may not be opened by this user"
        : null;
  if (reason === null) return error;
  return new Problem(
    `Port ${port} ${reason}: stop the program that has it, or choose another with ${option} (for example: npm start -- ${option} ${port + 100}).`,
  );
}

/**
 * @param {import("node:net").Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<number>} the port that it listens on
 */
export function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve(/** @type {import("node:net").AddressInfo} */ (server.address()).port);
    });
  });
}

/**
 * Asks for a port and lets go of it: to refuse early, in words, what a child process would refuse later.
 * @param {number} port 0 for any
 * @param {string} option
 * @returns {Promise<number>} a port that was free a moment ago
 * @throws {Problem}
 */
export async function requireFreePort(port, option) {
  const probe = createServer();
  try {
    return await listen(probe, port, "127.0.0.1");
  } catch (error) {
    throw portProblem(error, port, option);
  } finally {
    probe.close();
  }
}
