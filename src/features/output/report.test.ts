import { readFile } from "node:fs/promises";
import i18next from "i18next";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { GoalReport } from "../../../convex/domain/reports/content";
import { plainText } from "../../../convex/domain/reports/plain";
import { nodesOf, type ReadPdf, readPdf, spokenText } from "../../../scripts/testing/readPdf";
import { createFormatting } from "../../lib/formatting";
import { type Language, printedWords } from "../../lib/i18n";
import { composeReport, type PrintedReport } from "./composeReport";
import { fileOf } from "./faces";
import { type FontSource, makePdf } from "./writePdf";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const fontOf: FontSource = async (face) => {
  const { family, file } = fileOf(face);
  const path = `node_modules/@fontsource/${family}/files/${family}-${file}.woff`;
  return new Uint8Array(await readFile(path));
};

const chart = Array.from({ length: 12 }, (_, week) => ({
  date: new Date(Date.UTC(2026, 8, 1 + 7 * week)).toISOString().slice(0, 10),
  value: 42 + week,
}));
const facts = {
  ...{ goalId: "goal", goalNumber: 2, domain: "communication" },
  description: "Given a passage of grade 3, Maya will read 80 words correctly in a minute.",
  measurement: {
    ...{ kind: "oralReading", direction: "increase", unit: "words correct per minute" },
  },
  baseline: { date: "2026-09-01", value: 41 },
  target: { date: "2027-06-01", value: 80 },
  ...{ points: 12, pointsInPeriod: 5, latest: chart.at(-1) ?? null },
  ...{ expectedNow: 52, slopePerWeek: 1, explanation: "", code: "someProgress" },
  forecast: {
    ...{ expected: "no", because: "trendFallsShort", by: "2027-06-01", points: 12, level: 52 },
    projected: { value: 70, low: 60, high: 79, probability: 0.05 },
  },
  chart,
  phases: [{ name: "Repeated reading", startDate: "2026-10-05" }],
  narrative: "Maya reads with her finger on the line.",
  narrativeSpanish: "",
} as const satisfies Omit<GoalReport, "plain" | "chart"> & { chart: GoalReport["chart"] };
const goal: GoalReport = {
  ...facts,
  phases: [...facts.phases],
  plain: { en: plainText(facts, "en"), es: plainText(facts, "es") },
};

const issued: PrintedReport = {
  ...{ studentName: "Maya Doyle", schoolName: "Cedar School", organization: "Cedar District" },
  ...{ state: "issued", asOf: "2026-11-20", corrects: null, correctedAt: null },
  period: { name: "Quarter 1", start: "2026-10-20", end: "2026-11-20" },
  issued: { by: "Priya Raman", at: Date.UTC(2026, 10, 21, 15), hash: "3f".repeat(32) },
  goals: [goal],
};

async function pdfOf(report: PrintedReport, language: Language = "en"): Promise<ReadPdf> {
  const formatting = createFormatting(language, "America/Chicago");
  const document = composeReport(report, { t: await printedWords(language), language, formatting });
  const made = await makePdf(document, "letter", fontOf);
  if ("missing" in made) throw new Error(`No font has ${made.missing.join(" ")}`);
  return readPdf(made.bytes);
}

beforeAll(async () => {
  await i18next.init({ lng: "en", resources: {}, ns: [], interpolation: { escapeValue: false } });
});

describe("a progress report as a PDF", () => {
  test("is tagged whole; its chart is a figure with its place and words for who does not see it", async () => {
    const pdf = await pdfOf(issued);
    expect([pdf.language, pdf.marked, pdf.unmarked]).toEqual(["en", true, []]);
    expect(pdf.title).toBe("Progress report of Maya Doyle, Quarter 1");
    expect(nodesOf(pdf.root, "H1").map(({ text }) => text)).toEqual([
      "Progress report · Quarter 1",
    ]);
    expect(nodesOf(pdf.root, "H2")[0]?.text).toBe("Goal 2: Communication");
    const [figure, ...others] = nodesOf(pdf.root, "Figure");
    expect(others).toEqual([]);
    expect(figure?.attributes).toMatchObject({
      alternative: "Chart of goal 2: 12 data points, the last one 53 words correct per minute",
      ...{ O: "Layout", Placement: "Block" },
    });
    const [left, foot, right, head] = figure?.attributes.BBox as unknown as number[];
    expect([left, right]).toEqual([56, 556]);
    expect((head ?? 0) - (foot ?? 0)).toBeGreaterThan(150);
    // The letters in the drawing: the scale, a phase's name, the samples.
    for (const part of ["100", "Repeated reading", "Goal: 80 words correct per minute", "aim line"])
      expect(figure?.text).toContain(part);
  });

  test("says code, forecast, plain words with their reading level, the teacher's, and the data of the period", async () => {
    const spoken = spokenText((await pdfOf(issued)).root).replace(/\s+/gu, " ");
    for (const part of [
      "Progress, but not enough",
      "Will the goal be met by June 1, 2027?",
      "No, not at this pace.",
      "Flesch-Kincaid",
      "Maya reads with her finger on the line.",
      "Issued by Priya Raman, Nov 21, 2026, 9:00 AM",
      "5% or less",
      "3f".repeat(8),
    ])
      expect(spoken).toContain(part);
    const [table] = nodesOf((await pdfOf(issued)).root, "Table").slice(-1);
    expect(nodesOf(table ?? (await pdfOf(issued)).root, "TH")[1]?.children[0]?.text).toBe(
      "Value (words correct per minute)",
    );
    // Five points of twelve lie in the period; a head above them.
    expect(table?.children).toHaveLength(6);
  });

  test("many points of a period stand two in a row, in the order of their days", async () => {
    const long = { ...issued, period: { name: "Year", start: "2026-09-01", end: "2027-06-01" } };
    const [table] = nodesOf((await pdfOf(long)).root, "Table").slice(-1);
    expect(table?.children).toHaveLength(7);
    const cells = (table?.children[1]?.children ?? []).map((inner) => spokenText(inner));
    expect(cells).toEqual(["September 1, 2026", "42", "41", "September 8, 2026", "43", "42"]);
  });

  test("a draft has the word across each page and no fingerprint; who has not chosen has not", async () => {
    const draft = { ...issued, state: "draft", issued: null } as const;
    const pdf = await pdfOf({ ...draft, goals: [{ ...goal, code: null }] });
    for (const texts of pdf.artifacts) expect(texts).toContain("DRAFT");
    const spoken = spokenText(pdf.root);
    expect(spoken).toContain("The school has not issued it");
    expect(spoken).not.toContain("SHA-256");
    expect(spoken).toContain("Not stated");
  });

  test("in Spanish: labels, answer and plain words; the teacher's English is said to be English", async () => {
    const pdf = await pdfOf(issued, "es");
    const spoken = spokenText(pdf.root).replace(/\s+/gu, " ");
    expect(pdf.language).toBe("es");
    expect(spoken).toContain("¿Se logrará la meta para el 1 de junio de 2027?");
    expect(spoken).toContain("INFLESZ");
    expect(spoken).toContain("Este texto está en inglés");
    expect(nodesOf(pdf.root, "Figure")[0]?.text).toContain("tendencia");
    const both = { ...goal, narrativeSpanish: "Maya lee con el dedo en la línea." };
    const translated = spokenText((await pdfOf({ ...issued, goals: [both] }, "es")).root);
    expect(translated).toContain("con el dedo");
    expect(translated).not.toContain("finger");
  });

  test("of a goal without data there is no chart, and it is said why", async () => {
    const silent = { ...goal, chart: [], latest: null, explanation: "In hospital since October." };
    const pdf = await pdfOf({ ...issued, goals: [silent] });
    expect(nodesOf(pdf.root, "Figure")).toEqual([]);
    expect(spokenText(pdf.root)).toContain("In hospital since October.");
  });
});
