import { readFile } from "node:fs/promises";
import fc from "fast-check";
import i18next from "i18next";
import { beforeAll, describe, expect, test, vi } from "vitest";
import {
  longPlanContent,
  paragraph,
  planContent,
} from "../../../convex/domain/ieps/planContent.helpers";
import type { PlanContent } from "../../../convex/domain/ieps/planContent";
import { glanceOf } from "../../../convex/domain/ieps/glance";
import { nodesOf, type ReadPdf, readPdf, spokenText } from "../../../scripts/testing/readPdf";
import { createFormatting } from "../../lib/formatting";
import { type Language, printedWords } from "../../lib/i18n";
import { composeGlance } from "./composeGlance";
import { composePlan } from "./composePlan";
import { plain, type PrintedDocument, runsOf } from "./document";
import type { Frame } from "./frame";
import { fileOf } from "./faces";
import { type FontSource, makePdf } from "./writePdf";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const HASH = "3f".repeat(32);
const fontOf: FontSource = async (face) => {
  const { family, file } = fileOf(face);
  const path = `node_modules/@fontsource/${family}/files/${family}-${file}.woff`;
  return new Uint8Array(await readFile(path));
};

async function documentOf(
  content: PlanContent,
  language: Language = "en",
  standing: Frame["standing"] = "inForce",
): Promise<PrintedDocument> {
  const t = await printedWords(language);
  const formatting = createFormatting(language, "UTC");
  return composePlan(content, { t, language, formatting, standing, hash: HASH, signatures: [] });
}

async function bytesOf(document: PrintedDocument): Promise<Uint8Array> {
  const made = await makePdf(document, "letter", fontOf);
  if ("missing" in made) throw new Error(`No font has ${made.missing.join(" ")}`);
  return made.bytes;
}

/** Lines and styles divide text; its letters are what counts. */
const letters = (text: string): string => text.normalize("NFC").replace(/\s+/gu, "");

beforeAll(async () => {
  await i18next.init({ lng: "en", resources: {}, ns: [], interpolation: { escapeValue: false } });
});

describe("a plan as a PDF", () => {
  let pdf: ReadPdf;
  let document: PrintedDocument;
  beforeAll(async () => {
    document = await documentOf(planContent());
    pdf = readPdf(await bytesOf(document));
  });

  test("says its language and title, and is tagged from the first mark to the last", () => {
    expect(pdf.language).toBe("en");
    expect(pdf.title).toBe("Individualized Education Program of Maya Doyle");
    expect([pdf.marked, pdf.displaysTitle]).toEqual([true, true]);
    expect(pdf.unmarked).toEqual([]);
    expect(pdf.root.type).toBe("Document");
    for (const font of pdf.fonts)
      expect(font, font.name).toMatchObject({ isEmbedded: true, hasUnicode: true });
  });

  test("reads aloud everything that the document says, in its order", () => {
    const spoken = letters(spokenText(pdf.root));
    let at = 0;
    for (const { text } of runsOf(document.blocks)) {
      const found = spoken.indexOf(letters(text), at);
      expect(found, text).toBeGreaterThanOrEqual(0);
      at = found;
    }
  });

  test("has headings that skip no level, and bookmarks to each part and goal", () => {
    const levels: number[] = [];
    const walk = (node: ReadPdf["root"]) => {
      const level = /^H(\d)$/u.exec(node.type)?.[1];
      if (level !== undefined) levels.push(Number(level));
      node.children.forEach(walk);
    };
    walk(pdf.root);
    expect(levels[0]).toBe(1);
    levels.forEach((level, index) => expect(level - (levels[index - 1] ?? 0)).toBeLessThan(2));
    expect(pdf.bookmarks).toContain("Annual goals");
    expect(pdf.bookmarks).toContain("  Goal 2: Communication");
    expect(nodesOf(pdf.root, "H2").map(({ text }) => text)).toEqual(
      pdf.bookmarks.filter((title) => !title.startsWith(" ")),
    );
  });

  test("has tables whose cells know their heads, each row as wide as the others", () => {
    const tables = nodesOf(pdf.root, "Table");
    expect(tables.length).toBeGreaterThan(8);
    for (const table of tables) {
      const widths = table.children.map(({ type, children }) => {
        expect(type).toBe("TR");
        return children.reduce((sum, { attributes }) => sum + Number(attributes.ColSpan ?? 1), 0);
      });
      expect(new Set(widths).size, spokenText(table)).toBe(1);
      for (const head of nodesOf(table, "TH"))
        expect(["Row", "Column"]).toContain(head.attributes.Scope);
      expect(nodesOf(table, "TH").length).toBeGreaterThan(0);
    }
  });

  test("has lists with labels and bodies, and links that say where they lead", () => {
    const [first] = nodesOf(pdf.root, "L");
    expect(first?.children.map(({ children }) => children.map(({ type }) => type))).toEqual([
      ["Lbl", "LBody"],
      ["Lbl", "LBody"],
    ]);
    const numbers = nodesOf(pdf.root, "Lbl").map(({ text }) => text.trim());
    expect(numbers).toContain("3.");
    expect(pdf.links).toEqual(["https://example.org/guide"]);
    const [link] = nodesOf(pdf.root, "Link");
    expect(link?.text).toBe("the reading guide");
    expect(link?.attributes.annotation).toBeGreaterThan(0);
  });

  test("numbers its pages and names the plan on each, outside of what is read aloud", () => {
    pdf.artifacts.forEach((texts, index) => {
      expect(texts.join("")).toContain(`Page ${String(index + 1)} of ${String(pdf.pages)}`);
      expect(texts.join("").includes("Maya Doyle · IEP, version 2")).toBe(index > 0);
    });
    expect(spokenText(pdf.root)).not.toContain("Page 1 of");
    expect(letters(spokenText(pdf.root))).toContain(HASH);
  });
});

test("the same content gives the same bytes, other content others", async () => {
  const once = await bytesOf(await documentOf(planContent()));
  expect(Buffer.from(await bytesOf(await documentOf(planContent()))).equals(once)).toBe(true);
  const other = await bytesOf(await documentOf(planContent({ version: 3 })));
  expect(Buffer.from(other).equals(once)).toBe(false);
});

test("Spanish labels around the team's own words; a draft says so on every page", async () => {
  const pdf = readPdf(await bytesOf(await documentOf(planContent(), "es", "draft")));
  expect(pdf.language).toBe("es");
  const spoken = spokenText(pdf.root);
  expect(spoken).toContain("Metas anuales");
  expect(spoken).toContain("«Quiero que lea con gusto», dice su mamá. ¿Cómo ayudarla?");
  expect(spoken).toContain("Curriculum-based probes");
  expect(letters(spoken)).not.toContain("Annualgoals");
  for (const texts of pdf.artifacts) expect(texts).toContain("BORRADOR");
  expect(spoken).not.toContain("BORRADOR");
});

test("names and signs of many languages; what no font shows is told instead of left out", async () => {
  const name = "Nguyễn Ánh Łukasz Şahin Αθηνά Ольга";
  const student = { ...planContent().student, name };
  const signs = "≥ 80 % → ✓ ½ “quoted” — 3 × 4 ≈ 12 … €";
  const sections = planContent().sections.map((section) =>
    section.key === "strengths"
      ? { ...section, document: { type: "doc", content: [paragraph(signs)] } }
      : section,
  );
  const pdf = readPdf(await bytesOf(await documentOf(planContent({ student, sections }))));
  expect(letters(spokenText(pdf.root))).toContain(letters(name));
  expect(letters(spokenText(pdf.root))).toContain(letters(signs));
  const arabic = planContent({ student: { ...student, name: "مريم" } });
  const made = await makePdf(await documentOf(arabic), "letter", fontOf);
  expect(made).toEqual({
    missing: Array.from("مريم").filter((letter, at, all) => all.indexOf(letter) === at),
  });
});

test("a plan of forty pages: tables begin each page with their head, which is read aloud once", async () => {
  const started = performance.now();
  const pdf = readPdf(await bytesOf(await documentOf(longPlanContent())));
  // Half a second on a machine of its own; a machine of many gets its time.
  expect(performance.now() - started).toBeLessThan(60_000);
  expect(pdf.pages).toBeGreaterThan(39);
  expect(pdf.unmarked).toEqual([]);
  const heads = nodesOf(pdf.root, "TH").filter(({ children }) =>
    children.some(({ text }) => text === "Accommodation"),
  );
  expect(heads).toHaveLength(1);
  const repeated = pdf.artifacts.filter((texts) => texts.includes("Accommodation"));
  expect(repeated.length).toBeGreaterThan(0);
});

test("whatever is written is read back, whole and in order", async () => {
  const character = fc.constantFrom(
    ...Array.from("abcdefghij ABC .,;:-–—/()ñáéíóúü¿¡«»0123456789%"),
  );
  const text = fc.string({ unit: character, minLength: 1, maxLength: 400 });
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 12 }), async (texts) => {
      const blocks = texts.map((part) => plain(part));
      const document = { ...(await documentOf(planContent())), blocks };
      const spoken = letters(spokenText(readPdf(await bytesOf(document)).root));
      expect(spoken).toBe(letters(texts.join("")));
    }),
    { numRuns: 8 },
  );
});

test("the plan at a glance has two pages at most, and the reader's part first", async () => {
  const t = await printedWords("en");
  const document = composeGlance(glanceOf(planContent()), {
    ...{ t, language: "en", formatting: createFormatting("en", "UTC"), isReduced: false },
    ...{ duties: { goals: [2], data: [], services: [0] }, health: "Asthma", showsDuties: true },
  });
  const pdf = readPdf(await bytesOf(document));
  expect(pdf.pages).toBeLessThan(3);
  const titles = nodesOf(pdf.root, "H2").map(({ text }) => text);
  expect(titles.slice(0, 3)).toEqual(["Your part", "Accommodations", "Modifications"]);
  expect(spokenText(pdf.root)).toContain("You are responsible for goal 2");
});
