// @vitest-environment jsdom
import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, test } from "vitest";
import { changeLanguage, needLaterWords, startI18n } from "../../lib/i18n";
import { DataGuide } from "./DataGuide";

beforeAll(async () => {
  window.matchMedia = (media) =>
    ({ matches: false, media, addEventListener() {}, removeEventListener() {} }) as never;
  await startI18n("en");
  await needLaterWords();
});
afterEach(cleanup);

const show = (guide: { instructions?: string; materials?: string }) =>
  render(
    <MantineProvider>
      <DataGuide {...guide} />
    </MantineProvider>,
  ).container.textContent;

test.each([
  ["en", "Instructions: Wait.", "Materials: Cards"],
  ["es", "Instrucciones: Wait.", "Materiales: Cards"],
] as const)(
  "how and with what data are taken, in %s",
  async (language, instructions, materials) => {
    await changeLanguage(language);
    show({ instructions: "Wait.", materials: "Cards" });
    for (const words of [instructions, materials])
      expect(screen.getByText(byText(words))).toBeTruthy();
  },
);

test("what nobody wrote has no label", () => {
  expect(show({ instructions: "", materials: "Cards" })).toMatch(/Cards$/u);
  expect(screen.queryByText(/Instruc/u)).toBeNull();
});

test("without either there is nothing", () => {
  render(<DataGuide instructions="" />);
  expect(document.querySelector("p")).toBeNull();
});

/** Of one paragraph, whose label is set in bold. */
const byText = (words: string) => (_: string, element: Element | null) =>
  element?.tagName === "P" && element.textContent === words;
