import { expect, test } from "vitest";
import type { TFunction } from "i18next";
import { createFormatting } from "../../lib/formatting";
import { clockTime, measuredText } from "../../lib/measuredText";
import { valueText } from "./measurementText";

test.each([
  [0, "0:00"],
  [59.6, "1:00"],
  [445, "7:25"],
  [3600, "60:00"],
])("%d seconds are %s", (seconds, text) => {
  expect(clockTime(seconds)).toBe(text);
});

test("values in the words of each language", () => {
  const t = ((key: string) => key) as TFunction<"progress">;
  const english = { ...createFormatting("en", "America/Chicago"), t };
  const spanish = { ...createFormatting("es", "America/Chicago"), t };
  const percent = { kind: "percent" as const, unit: "%" };
  expect(valueText(66.67, percent, english)).toBe("67%");
  expect(valueText(66.67, percent, spanish).replace(/\s/gu, " ")).toBe("67 %");
  const words = { kind: "count" as const, unit: "words" };
  expect(valueText(22.94446, words, english)).toBe("22.9 words");
  expect(valueText(22.94446, words, spanish)).toBe("22,9 words");
  const rating = { kind: "rating" as const, unit: "level", ratingLevels: ["low", "high"] };
  expect(valueText(2, rating, english)).toBe("2 · high");
  expect(valueText(1.5, rating, english)).toBe("1.5");
});

test("values of a plan's fixed content, whose units are those of the kinds of measurement", () => {
  const words = {
    ...createFormatting("en", "America/Chicago"),
    level: (at: string) => `level ${at}`,
  };
  expect(measuredText(62, "%", words)).toBe("62%");
  expect(measuredText(725, "seconds", words)).toBe("12:05 min");
  expect(measuredText(4, "level", words)).toBe("level 4");
  expect(measuredText(2.25, "words", words)).toBe("2.25 words");
  expect(measuredText(1, "", words)).toBe("1");
});

test("a calendar date is the day it names, in every time zone", () => {
  for (const zone of ["Pacific/Honolulu", "America/Chicago", "Pacific/Auckland"])
    expect(createFormatting("en", zone).date("2026-11-20")).toBe("November 20, 2026");
  expect(createFormatting("es", "America/Chicago").date("2026-11-20")).toBe(
    "20 de noviembre de 2026",
  );
});
