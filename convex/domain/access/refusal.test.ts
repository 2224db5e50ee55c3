import { expect, test } from "vitest";
import { refusalOf } from "./refusal";

test("a refusal becomes the data of the error that it stands for", () => {
  const problems = [{ field: "title", code: "required" }];
  const answer = { trellisRefusal: "INVALID", problems };
  expect(refusalOf(answer)).toEqual({ code: "INVALID", problems });
});

test.each([null, undefined, "id", 0, false, { status: "synced" }, [1]])("%j is none", (answer) => {
  expect(refusalOf(answer)).toBeNull();
});
