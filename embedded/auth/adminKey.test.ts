import { expect, test } from "vitest";
import { isAdminKey } from "./adminKey.ts";

test("only the whole key opens", () => {
  expect(isAdminKey("trellis|s3cret", "trellis", "s3cret")).toBe(true);
  for (const wrong of [
    "",
    "s3cret",
    "|s3cret",
    "other|s3cret",
    "trellis|",
    "trellis|s3cret ",
    "trellis|S3cret",
  ]) {
    expect(isAdminKey(wrong, "trellis", "s3cret"), wrong).toBe(false);
  }
});

test("without a secret there is no admin", () => {
  expect(isAdminKey("trellis|", "trellis", "")).toBe(false);
});
