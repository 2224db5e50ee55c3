import { expect, test } from "vitest";
import { en } from "./en/all";
import { en as englishLater } from "./en/later";
import { es } from "./es/all";
import { es as spanishLater } from "./es/later";

/** Texts by their dotted keys; plural forms count as one key, since languages have different ones. */
function flatten(texts: object, path = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(texts) as [string, string | object][]) {
    const name = path === "" ? key : `${path}.${key}`;
    if (typeof value === "string") found.set(name, value);
    else for (const [inner, text] of flatten(value, name)) found.set(inner, text);
  }
  return found;
}

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/gu)].map(([, name]) => name ?? "").sort();

const english = flatten({ ...en, ...englishLater });
const spanish = flatten({ ...es, ...spanishLater });

test("every text exists in both languages", () => {
  expect([...spanish.keys()].sort()).toEqual([...english.keys()].sort());
  for (const [key, text] of [...english, ...spanish]) expect(text.trim(), key).not.toBe("");
});

test("both languages fill in the same words", () => {
  for (const [key, text] of english)
    expect(placeholders(spanish.get(key) ?? ""), key).toEqual(placeholders(text));
});

test("Spanish is Spanish", () => {
  // Names, abbreviations and what both languages write alike.
  const alike = new Set([
    "Trellis",
    "{{name}}, {{when}}",
    "{{before}} → {{after}}",
    "{{unit}}",
    "{{size}} KB",
    "{{size}} MB",
    "{{name}}: {{value}}, {{date}}",
    "Personal",
    "Verbal",
    "No",
  ]);
  const same = [...english]
    .filter(([key, text]) => spanish.get(key) === text && text.length > 3 && !alike.has(text))
    .map(([key]) => key);
  expect(same).toEqual([]);
});
