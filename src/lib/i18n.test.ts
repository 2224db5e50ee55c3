// @vitest-environment jsdom
import i18next from "i18next";
import { expect, test } from "vitest";
import { startI18n } from "./i18n";

test("a name in another direction does not turn the sentence; others stay as they are, signs too", async () => {
  await startI18n("en");
  const said = (name: string) => i18next.t("progress:family.record", { name });
  expect(said("שירה 🌿")).toBe(said("X").replace("X", "\u2068שירה 🌿\u2069"));
  expect(said("José <b> & “co”")).toBe(said("X").replace("X", "José <b> & “co”"));
});
