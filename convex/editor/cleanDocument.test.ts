import { describe, expect, test } from "vitest";
import { cleanDocument, suggestionIds } from "./cleanDocument";
import { readLink } from "./links";
import { sectionSchema } from "./schema";

type Json = Record<string, unknown>;
const text = (words: string, ...marks: Json[]): Json => ({
  ...{ type: "text", text: words },
  ...(marks.length === 0 ? {} : { marks }),
});
const paragraph = (...content: Json[]): Json => ({ type: "paragraph", content });
const insertion = { type: "insertion", attrs: { id: 1 } };
const deletion = { type: "deletion", attrs: { id: 2 } };
const comment = { type: "comment", attrs: { id: "c" } };
const clean = (...content: Json[]) =>
  cleanDocument(sectionSchema.nodeFromJSON({ type: "doc", content })).toJSON() as Json;
const doc = (...content: Json[]) => ({ type: "doc", content });

describe("what a section says", () => {
  test("has nothing that is only proposed, and what is proposed to go", () => {
    expect(
      clean(
        paragraph(text("Ada "), text("never ", insertion), text("often ", deletion), text("reads")),
      ),
    ).toEqual(doc(paragraph(text("Ada often reads"))));
  });

  test("keeps its own marks and loses those of talks", () => {
    expect(clean(paragraph(text("well", { type: "bold" }, comment)))).toEqual(
      doc(paragraph(text("well", { type: "bold" }))),
    );
  });

  test("has no paragraph that is only proposed, and keeps one that is proposed to go", () => {
    expect(
      clean(
        paragraph(text("one")),
        { ...paragraph(text("two", insertion)), marks: [insertion] },
        { ...paragraph(text("three", deletion)), marks: [deletion] },
      ),
    ).toEqual(doc(paragraph(text("one")), paragraph(text("three"))));
  });

  test("is one paragraph where a split is proposed", () => {
    expect(
      clean(
        paragraph(text("Ada "), text("\u200B", insertion)),
        paragraph(text("\u200B", insertion), text("reads")),
      ),
    ).toEqual(doc(paragraph(text("Ada reads"))));
  });

  test("is empty, not nothing, where all of it is proposed", () => {
    expect(clean({ ...paragraph(text("new", insertion)), marks: [insertion] })).toEqual(
      doc({ type: "paragraph" }),
    );
  });

  test("has the heading as it was", () => {
    const attrs = { id: 3, type: "attr", attrName: "level", previousValue: 3, newValue: 4 };
    const heading = { type: "heading", attrs: { level: 4 }, content: [text("Reading")] };
    expect(clean({ ...heading, marks: [{ type: "modification", attrs }] })).toEqual(
      doc({ ...heading, attrs: { level: 3 } }),
    );
  });
});

test("suggestions are listed once each, in the order of the text", () => {
  const node = sectionSchema.nodeFromJSON(
    doc(paragraph(text("a", deletion), text("b", insertion), text("c", deletion))),
  );
  expect(suggestionIds(node)).toEqual([2, 1]);
});

test.each([
  ["https://ed.gov/idea", "https://ed.gov/idea"],
  ["ed.gov/idea", "https://ed.gov/idea"],
  ["ana@maple.example", "mailto:ana@maple.example"],
  ["tel:+15550100", "tel:+15550100"],
  ["javascript:alert(1)", null],
  ["data:text/html,x", null],
  ["file:///etc/passwd", null],
  ["two words", null],
])("%s as a link: %s", (typed, href) => {
  expect(readLink(typed)).toBe(href);
});
