/** What a deployment's web server tells browsers is what `npm start` tells them. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./lib/folders.mjs";
import { securityHeaders } from "./lib/securityHeaders.mjs";

test("deploy/Caddyfile sends the same headers", async () => {
  const caddyfile = await readFile(join(ROOT, "deploy", "Caddyfile"), "utf8");
  const sent = Object.fromEntries(
    [...caddyfile.matchAll(/^\t\t([A-Z][\w-]+) "(.*)"$/gm)].map(([, name = "", value]) => [
      name.toLowerCase(),
      value,
    ]),
  );
  expect(sent).toMatchObject(securityHeaders("https://{$CONVEX_HOST}"));
});
