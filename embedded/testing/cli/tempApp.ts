/** A small app in a folder of its own, for tests that change code and schema; uses the repository's packages. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packages = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "node_modules");

export interface TempApp {
  readonly folder: string;
  /** Writes files under `convex/`. */
  write(files: Record<string, string>): Promise<void>;
  dispose(): Promise<void>;
}

export async function createTempApp(files: Record<string, string>): Promise<TempApp> {
  const folder = await mkdtemp(join(tmpdir(), "trellis-app-"));
  await mkdir(join(folder, "convex"));
  await symlink(packages, join(folder, "node_modules"));
  const manifest = { name: "temp-app", private: true, dependencies: { convex: "*" } };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  const app: TempApp = {
    folder,
    async write(changed) {
      for (const [name, text] of Object.entries(changed)) {
        await writeFile(join(folder, "convex", name), text);
      }
    },
    async dispose() {
      await rm(folder, { recursive: true, force: true });
    },
  };
  await app.write(files);
  return app;
}
