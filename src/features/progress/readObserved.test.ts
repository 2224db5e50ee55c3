import { expect, test } from "vitest";
import { readObserved } from "./readObserved";

test("numbers with spaces between them, in either way of writing decimals", () => {
  expect(readObserved("durations", " 12  3,5 ", "11 4.5")).toEqual({
    ...{ status: "read", observed: { kind: "durations", first: [12, 3.5], second: [11, 4.5] } },
  });
  expect(readObserved("total", "7", "8")).toEqual({
    ...{ status: "read", observed: { kind: "total", first: 7, second: 8 } },
  });
  expect(readObserved("intervals", "1 0", "1 1")).toEqual({
    status: "read",
    observed: { kind: "intervals", first: [true, false], second: [true, true] },
  });
});

test("what is unclear is asked again, not guessed", () => {
  expect(readObserved("total", "", "7 8")).toEqual({
    status: "unclear",
    problems: [
      { field: "observed.first", code: "required" },
      { field: "observed.second", code: "tooMany", params: { max: 1 } },
    ],
  });
  expect(readObserved("trials", "1 2", "1 x")).toMatchObject({
    problems: [{ code: "outOfRange" }, { code: "notANumber" }],
  });
});
