/** The version of Node is looked at before anything that an old one could not load. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { versionProblem } from "./lib/entry.mjs";
import { ROOT } from "./lib/folders.mjs";

test.each([
  ["14.21.3", false],
  ["18.20.8", false],
  ["20.18.3", false],
  ["20.19.0", true],
  ["20.20.2", true],
  ["22.0.0", true],
  ["26.1.0", true],
])("Node %s", (version, fine) => {
  expect(versionProblem(version) === null).toBe(fine);
});

test.each(["start", "dev", "validate", "build", "typecheck"])(
  "%s says it in one sentence on an old Node",
  (name) => {
    const folder = mkdtempSync(join(tmpdir(), "trellis-old-"));
    const pretend = join(folder, "pretend.cjs");
    writeFileSync(
      pretend,
      'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.20.8" } });',
    );
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--require", pretend, join(ROOT, "scripts", `${name}.mjs`)],
      { encoding: "utf8" },
    );
    rmSync(folder, { recursive: true });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: "",
      stderr:
        "Trellis needs Node 20.19 or newer, and this is Node 18.20.8: install it from https://nodejs.org and try again.\n",
    });
  },
);
