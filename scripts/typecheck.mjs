#!/usr/bin/env node
// `npm run typecheck`: the compiler on every tsconfig.json of the checkout and of its folders.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { enter } from "./lib/entry.mjs";
import { installed, ROOT } from "./lib/folders.mjs";
import { Problem } from "./lib/problem.mjs";
import { Processes } from "./lib/processes.mjs";

const TSC = installed("typescript", "bin", "tsc");

async function main() {
  const folders = [".", ...readdirSync(ROOT)].filter((name) =>
    existsSync(join(ROOT, name, "tsconfig.json")),
  );
  const processes = new Processes();
  // All at once would be quicker only where there is memory for it.
  const failed = [];
  for (const folder of folders) {
    const { code } = await processes.run([TSC, "-p", folder], { shown: true });
    if (code !== 0) failed.push(folder);
  }
  if (failed.length > 0) throw new Problem(`Type errors in: ${failed.join(", ")}`);
}

enter(async () => ({ main }));
