import { expect, test } from "vitest";
import { csvOf } from "./exportChart";

test("commas, quotes and lines stay in their cell; what looks like a formula is text, a negative number is one", () => {
  expect(
    csvOf([
      ["Date", "Note"],
      ["2026-01-05", 'said "no", twice\nand left'],
      ["-3", "=SUM(A1)"],
    ]),
  ).toBe('Date,Note\r\n2026-01-05,"said ""no"", twice\nand left"\r\n-3,\'=SUM(A1)');
});
