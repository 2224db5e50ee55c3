import { describe, expect, test } from "vitest";
import { BANK_AREAS, BANK_KINDS, bankKeys, checkBankItem } from "./item";
import { starterItems } from "./starterItems";
import { fillTemplate, TEMPLATE_VARIABLES } from "./template";

describe.each(BANK_KINDS)("to begin with: each %s", (kind) => {
  const [english, spanish] = [starterItems(kind, "en"), starterItems(kind, "es")];

  test("is one that a team could have saved itself, and stands there once", () => {
    for (const item of [...english, ...spanish]) expect(checkBankItem(item), item.text).toEqual([]);
    const texts = [...english, ...spanish].map(({ text }) => text);
    expect(new Set(texts).size).toBe(texts.length);
  });

  test("says the same in both languages, with as many variables, and with the same ones that are filled in", () => {
    expect(spanish.map(({ area }) => area)).toEqual(english.map(({ area }) => area));
    const open = ({ text }: { text: string }) => fillTemplate(text, {}).open;
    const known = (item: { text: string }) =>
      open(item)
        .filter((name) => (TEMPLATE_VARIABLES as readonly string[]).includes(name))
        .sort();
    expect(spanish.map((item) => open(item).length)).toEqual(
      english.map((item) => open(item).length),
    );
    expect(spanish.map(known)).toEqual(english.map(known));
  });

  test("no area is empty", () => {
    for (const area of BANK_AREAS[kind])
      expect(
        english.some((item) => item.area === area),
        area,
      ).toBe(true);
  });
});

test("a bank begins with more than one page of each kind", () => {
  for (const kind of BANK_KINDS) expect(starterItems(kind, "en").length).toBeGreaterThan(25);
});

test("what has no title is found and ordered by its text", () => {
  expect(bankKeys({ title: " ", text: "Él lee" })).toEqual({
    ...{ sortName: "el lee", searchText: "el lee" },
  });
  expect(bankKeys({ title: "B", text: "a" })).toEqual({ sortName: "b", searchText: "b a" });
  expect(bankKeys({ title: "", text: "x".repeat(200) }).sortName).toHaveLength(80);
});
