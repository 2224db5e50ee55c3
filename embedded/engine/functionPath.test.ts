import { expect, test } from "vitest";
import { canonicalPath } from "./functionPath.ts";

test.each([
  ["messages:list", "messages:list"],
  ["messages.js:list", "messages:list"],
  ["dir/x:fn", "dir/x:fn"],
  ["dir/x.js:fn", "dir/x:fn"],
  ["messages", "messages:default"],
  ["messages.js", "messages:default"],
  ["_system/cli/tables", "_system/cli/tables:default"],
  ["odd:module:fn", "odd:module:fn"],
])("%s is %s", (written, canonical) => {
  expect(canonicalPath(written)).toBe(canonical);
  expect(canonicalPath(canonical)).toBe(canonical);
});
