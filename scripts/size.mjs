#!/usr/bin/env node
// `npm run size`: the script that each route loads first, gzipped, against its budget. Editor and charts load after
// the page is there, so they are in no route's first load. Needs a build.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DIST } from "./lib/folders.mjs";
import { routeSizes } from "./lib/routeSizes.mjs";

/** What a family opens first, perhaps on a phone with a slow line: 1.6 Mbit/s bring it in 1.3 seconds. */
const FAMILY = { kib: 260, routes: /^(sign-in|invitation|_signedIn\/(index|family)\b)/ };
/** Whatever the people who work with it all day open. */
const STAFF_KIB = 300;

const manifest = JSON.parse(readFileSync(join(DIST, ".vite", "manifest.json"), "utf8"));
const routes = routeSizes(manifest, (file) => gzipSync(readFileSync(join(DIST, file))).length);
let over = 0;
for (const { route, bytes } of routes) {
  const budget = FAMILY.routes.test(route) ? FAMILY.kib : STAFF_KIB;
  const fits = bytes <= budget * 1024;
  if (!fits) over += 1;
  const size = (bytes / 1024).toFixed(1).padStart(8);
  console.log(`${size} of ${budget} KiB  ${route}${fits ? "" : "  over the budget"}`);
}
if (routes.length === 0 || over > 0) {
  console.error(
    routes.length === 0 ? "The build has no routes." : `${over} routes are over their budget.`,
  );
  process.exitCode = 1;
}
