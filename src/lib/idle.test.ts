import { expect, test } from "vitest";
import { idleState } from "./idle";

test("fifteen minutes: a minute before there is a warning that counts, then it is over", () => {
  const at = (seconds: number) => idleState(1_000_000, 1_000_000 + seconds * 1000, 15);
  expect(at(0)).toEqual({ kind: "active" });
  expect(at(14 * 60 - 1)).toEqual({ kind: "active" });
  expect(at(14 * 60)).toEqual({ kind: "warned", seconds: 60 });
  expect(at(14 * 60 + 59.5)).toEqual({ kind: "warned", seconds: 1 });
  expect(at(15 * 60)).toEqual({ kind: "over" });
  // A device that slept over it.
  expect(at(90 * 60)).toEqual({ kind: "over" });
});
