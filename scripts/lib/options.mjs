// The command line of `npm start` and `npm run dev`.
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "./folders.mjs";
import { Problem } from "./problem.mjs";

/**
 * @typedef {object} Options
 * @property {number} port of the web app
 * @property {number} backendPort of the Convex API
 * @property {number} sitePort of the HTTP actions
 * @property {string} data folder of everything that is kept
 * @property {boolean} demo whether there is a demo district, and a mailbox that anybody can read
 */

export const USAGE = `Usage: npm start -- [options]     (or: npm run dev -- [options])

  --port <n>           web app (default 5173; 0 picks a free port, here and below)
  --backend-port <n>   Convex API (default 3210)
  --site-port <n>      HTTP actions (default 3211)
  --data <folder>      where everything is kept (default .data/trellis)
  --no-demo            no demo district, no demo accounts, no open mailbox
  --help               prints this`;

/**
 * @param {string[]} args
 * @returns {Options | "help"}
 * @throws {Problem}
 */
export function readOptions(args) {
  const { values } = parsed(args);
  if (values.help) return "help";
  return {
    port: portNumber("--port", values.port),
    backendPort: portNumber("--backend-port", values["backend-port"]),
    sitePort: portNumber("--site-port", values["site-port"]),
    data: resolve(values.data),
    demo: !values["no-demo"],
  };
}

/** @param {string[]} args */
function parsed(args) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: "string", default: "5173" },
        "backend-port": { type: "string", default: "3210" },
        "site-port": { type: "string", default: "3211" },
        data: { type: "string", default: join(ROOT, ".data", "trellis") },
        "no-demo": { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

/**
 * @param {string} option
 * @param {string} text
 */
function portNumber(option, text) {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535)
    throw new Problem(`${option} must be a whole number from 0 to 65535, not "${text}".`);
  return port;
}
