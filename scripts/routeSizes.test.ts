/** What counts as a route's first load. */
import { expect, test } from "vitest";
import { routeSizes } from "./lib/routeSizes.mjs";

const key = (route: string) => `src/routes/${route}.tsx?tsr-split=component`;
const SIZES: Record<string, number> = {
  "entry.js": 1000,
  "shared.js": 100,
  "frame.js": 10,
  "home.js": 1,
  "student.js": 2,
  "goal.js": 4,
  "charts.js": 5000,
};

test("entry, frames around it and what they import at once; nothing that loads later", () => {
  const manifest = {
    "index.html": { file: "entry.js", isEntry: true, imports: ["_shared.js"] },
    "_shared.js": { file: "shared.js", imports: ["index.html"] },
    [key("_member")]: { file: "frame.js", imports: ["index.html"] },
    [key("_member/index")]: { file: "home.js" },
    [key("_member/students.$studentId")]: { file: "student.js", dynamicImports: ["charts"] },
    [key("_member/students.$studentId.goals.$goalId")]: {
      file: "goal.js",
      imports: ["_shared.js"],
    },
    charts: { file: "charts.js" },
  };
  expect(routeSizes(manifest, (file) => SIZES[file] ?? Number.NaN)).toEqual([
    { route: "_member/students.$studentId.goals.$goalId", bytes: 1116 },
    { route: "_member/index", bytes: 1111 },
  ]);
});
