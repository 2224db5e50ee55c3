/** A thread inside SQLite that is terminated would end the whole process: see `store/nativeCalls.ts`. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterEach, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
// The binding is found from there.
const cache = join(root, "node_modules", ".cache");
const folders: string[] = [];
const folderIn = (parent: string): string => {
  const folder = mkdtempSync(join(parent, "trellis-ending-"));
  folders.push(folder);
  return folder;
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test("threads that read without a pause can be ended, and the process goes on", async () => {
  const program = join(folderIn(cache), "endingThreads.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("./endingThreads.ts", import.meta.url))],
    outfile: program,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
  });
  const database = join(folderIn(tmpdir()), "data.sqlite");
  // Without the guard the first few take the process with them.
  const { stdout } = await promisify(execFile)(process.execPath, [program, database, "12"]);
  expect(stdout).toBe("still here\n");
}, 60_000);
