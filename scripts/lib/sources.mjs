// Whether something must be made again: by the content of everything that it is made of.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "./folders.mjs";

/**
 * One hash of files and folders with all that is in them: names and contents, so that a changed, new, renamed or
 * removed file changes it. What is not there counts as empty.
 * @param {string[]} paths relative to the checkout
 * @returns {Promise<string>}
 */
export async function contentHash(paths) {
  const hash = createHash("sha256");
  for (const path of paths) await addTo(hash, path);
  return hash.digest("hex");
}

/**
 * @param {import("node:crypto").Hash} hash
 * @param {string} path
 */
async function addTo(hash, path) {
  const place = join(ROOT, path);
  try {
    const content = await readFile(place);
    hash.update(`${path}\0${content.length}\0`).update(content);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === "ENOENT") return;
    if (code !== "EISDIR") throw error;
    for (const name of (await readdir(place)).sort()) await addTo(hash, join(path, name));
  }
}
