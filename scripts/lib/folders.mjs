// Where things are. Everything is relative to the checkout that these scripts lie in.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * @param {string[]} names below node_modules
 * @returns {string}
 */
export function installed(...names) {
  return join(ROOT, "node_modules", ...names);
}

/** The built web app. */
export const DIST = join(ROOT, "dist");
