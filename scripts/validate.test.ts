/** `npm run validate`: in order, up to the first check that fails. */
import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newProject } from "./testing/project.ts";

const CHECKS = ["format", "lint", "typecheck", "knip", "test", "build", "size", "e2e"];

/** Validates a project whose checks are these scripts. */
async function validate(scripts: Record<string, string>): Promise<{ code: number; said: string }> {
  const { root } = await newProject();
  const file = join(root, "package.json");
  const manifest = JSON.parse(await readFile(file, "utf8")) as object;
  await writeFile(file, JSON.stringify({ ...manifest, scripts }));
  const child = spawn(process.execPath, [join(root, "scripts", "validate.mjs")], {
    env: { ...process.env, CHROMIUM_PATH: process.execPath },
  });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number>((resolve) => child.once("close", resolve));
  return { code, said: said.replace(/ +\d+\.\d s/g, " … s") };
}

test("all is well: a line for each, and the figures of the size", async () => {
  const scripts = Object.fromEntries(CHECKS.map((name) => [name, `echo said by ${name}`]));
  const { code, said } = await validate(scripts);
  expect(said.trim().split("\n")).toEqual([
    ...CHECKS.flatMap((name) => [`${name} … s`, ...(name === "size" ? ["said by size"] : [])]),
    "Everything is as it should be.",
  ]);
  expect(code).toBe(0);
});

test("the first failure is shown with what it said, and ends it", async () => {
  const scripts = Object.fromEntries(CHECKS.map((name) => [name, `echo said by ${name}`]));
  const { code, said } = await validate({ ...scripts, typecheck: "echo why && exit 3" });
  expect(said.trim().split("\n")).toEqual([
    "format … s",
    "lint … s",
    "why",
    "",
    "typecheck failed after … s: it says why above.",
  ]);
  expect(code).toBe(1);
});
