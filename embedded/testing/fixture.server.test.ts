/** The pushes themselves: by `deploy` in the global set-up, here by `dev`, and what `codegen` makes of it. */
import { cp, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { fixtureFolder, requireConvexCli, runConvexCli } from "./cli.ts";
import { useFixtureServer } from "./fixtureServer.ts";

const server = useFixtureServer();
const installed = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** Runs in a copy of the fixture, beside the installed packages. */
async function inCopy<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), "trellis-fixture-"));
  try {
    const folder = join(root, "embedded", "testing", "fixture");
    await cp(fixtureFolder, folder, { recursive: true });
    await symlink(installed, join(root, "node_modules"));
    return await work(folder);
  } finally {
    await rm(root, { recursive: true });
  }
}

async function generatedFiles(folder: string): Promise<Map<string, string>> {
  const names = await readdir(join(folder, "convex"), { recursive: true, withFileTypes: true });
  const files = new Map<string, string>();
  for (const entry of names) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !entry.parentPath.endsWith("_generated")) continue;
    files.set(relative(folder, path), await readFile(path, "utf8"));
  }
  return files;
}

test("`convex codegen` makes the committed `_generated`", async () => {
  const fresh = await inCopy(async (folder) => {
    await requireConvexCli(server(), ["codegen", "--typecheck", "disable"], folder);
    return await generatedFiles(folder);
  });
  expect(fresh).toEqual(await generatedFiles(fixtureFolder));
}, 60_000);

test("`convex dev --once` pushes, and `convex run` calls what it pushed", async () => {
  const printed = await inCopy(async (folder) => {
    await requireConvexCli(server(), ["dev", "--once", "--typecheck", "disable"], folder);
    return await requireConvexCli(
      server(),
      ["run", "calls:secretQuery", JSON.stringify({ text: "t" })],
      folder,
    );
  });
  expect(printed).toContain("query t");
}, 60_000);

test("a wrong admin key pushes nothing", async () => {
  const { code } = await runConvexCli({ url: server().url, adminKey: "wrong|key" }, [
    ...["deploy", "-y", "--typecheck", "disable", "--codegen", "disable"],
  ]);
  expect(code).not.toBe(0);
}, 60_000);
