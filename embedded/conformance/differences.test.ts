import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { differences } from "./adapter.ts";

const folder = new URL(".", import.meta.url);

test("every known difference is explained, and every explanation is of a known difference", async () => {
  const text = await readFile(new URL("differences.md", folder), "utf8");
  const explained = [...text.matchAll(/^## (.+)$/gm)].map((match) => match[1]);
  expect([...explained].sort()).toEqual([...differences].sort());
});

test("every known difference is asserted by a case", async () => {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".conformance.ts"));
  const sources = await Promise.all(files.map((name) => readFile(new URL(name, folder), "utf8")));
  const all = sources.join("\n");
  const unused = differences.filter((name) => !all.includes(`"${name}"`));
  expect(unused).toEqual([]);
});
