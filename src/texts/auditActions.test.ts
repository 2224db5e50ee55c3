/** What families and administrators read in the record of access has words for everything that can be done. */
import { expect, test } from "vitest";
import { audit } from "./en/audit";

const SOURCES: Record<string, string> = import.meta.glob("../../convex/*.ts", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Actions of accounts are of no organization, and in no organization's log. */
const changes = Object.values(SOURCES)
  .flatMap((source) => [...source.matchAll(/[mM]utation\(\{\s*access: "([\w.]+)"/gu)])
  .map(([, action]) => action ?? "")
  .filter((action) => action !== "account");

test("every change has words in the activity log", () => {
  expect(changes.length).toBeGreaterThan(80);
  const missing = changes.filter((action) => !(action.replaceAll(".", "_") in audit.actions));
  expect([...new Set(missing)]).toEqual([]);
});
