// Bundles the server's two entry points with esbuild into a folder named after their content, so that
// a running server's files are never overwritten by the next start.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));

/** @returns {Promise<{main: string, worker: string}>} file URL of the server's module and path of the worker's */
export async function build() {
  const result = await esbuild.build({
    absWorkingDir: here,
    entryPoints: {
      main: "main.ts",
      worker: "runtime/worker.ts",
      evaluator: "deploy/evaluator.ts",
      snapshots: "deploy/snapshot/snapshotWorker.ts",
    },
    outdir: "/out",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    write: false,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    sourcemap: "inline",
    logLevel: "silent",
  });
  const hash = createHash("sha256");
  for (const file of result.outputFiles) hash.update(file.path).update(file.contents);
  const cache = join(here, "..", "node_modules", ".cache", "trellis-embedded");
  const folder = join(cache, hash.digest("hex").slice(0, 16));
  if (!existsSync(folder)) {
    const fresh = `${folder}.${process.pid}.${Date.now()}`;
    await mkdir(fresh, { recursive: true });
    for (const file of result.outputFiles) {
      await writeFile(join(fresh, file.path.slice("/out/".length)), file.contents);
    }
    // Somebody else may have built the same content meanwhile; theirs is as good.
    await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }));
  }
  return { main: pathToFileURL(join(folder, "main.mjs")).href, worker: join(folder, "worker.mjs") };
}
