// The built web app in dist/, made again only when something that it is made of has changed.
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DIST, installed, ROOT } from "./folders.mjs";
import { Problem } from "./problem.mjs";
import { contentHash } from "./sources.mjs";

/** `convex` for its domain, editor and generated folders. */
const SOURCES = ["src", "public", "convex", "index.html", "vite.config.ts", "package-lock.json"];
const STAMP = ".sources";

/**
 * @param {import("./processes.mjs").Processes} processes
 * @param {(sentence: string) => void} say
 * @throws {Problem} when the build fails
 */
export async function requireWebApp(processes, say) {
  const sources = await contentHash(SOURCES);
  if ((await stampOf(DIST)) === sources) return;
  say("Building the web app …");
  await buildWebApp(processes, sources);
}

/**
 * Builds aside and puts the result in its place at once: nobody ever serves half a build.
 * @param {import("./processes.mjs").Processes} processes
 * @param {string} [sources] hash of what is built
 * @throws {Problem} when the build fails
 */
export async function buildWebApp(processes, sources) {
  const stamp = sources ?? (await contentHash(SOURCES));
  const fresh = join(ROOT, ".data", `build-${process.pid}`);
  try {
    const { code, stdout, stderr } = await processes.run([
      ...[installed("vite", "bin", "vite.js"), "build"],
      ...["--outDir", fresh, "--emptyOutDir", "--logLevel", "warn"],
    ]);
    if (code !== 0)
      throw new Problem(
        `${`${stdout}\n${stderr}`.trim()}\n\nThe web app could not be built: Vite says why above.`,
      );
    await writeFile(join(fresh, STAMP), stamp);
    await rm(DIST, { recursive: true, force: true });
    await rename(fresh, DIST);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** @param {string} folder */
async function stampOf(folder) {
  try {
    return await readFile(join(folder, STAMP), "utf8");
  } catch {
    return null;
  }
}
