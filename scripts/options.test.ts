/** The command line of `npm start`. */
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./lib/folders.mjs";
import { readOptions } from "./lib/options.mjs";
import { Problem } from "./lib/problem.mjs";

test("what is said when nothing is said", () => {
  expect(readOptions([])).toEqual({
    ...{ port: 5173, backendPort: 3210, sitePort: 3211, demo: true },
    data: join(ROOT, ".data", "trellis"),
  });
});

test("everything said", () => {
  const args = [
    "--port",
    "0",
    "--backend-port",
    "1",
    "--site-port",
    "2",
    "--data",
    "x",
    "--no-demo",
  ];
  expect(readOptions(args)).toEqual({
    ...{ port: 0, backendPort: 1, sitePort: 2, demo: false },
    data: resolve("x"),
  });
  expect(readOptions(["--help"])).toBe("help");
});

test.each([["--port", "many"], ["--port", "65536"], ["--port", "-1"], ["--wrong"], ["word"]])(
  "%j is refused",
  (...args) => {
    expect(() => readOptions(args)).toThrow(Problem);
  },
);
