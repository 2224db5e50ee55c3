import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonical, CHAIN_START, entryHash, followChain, type Sealed } from "./chain";
import { fieldChanges } from "./fields";
import { riskOf } from "./risk";

const sha256 = (text: string) => Promise.resolve(createHash("sha256").update(text).digest("hex"));

async function seal(contents: unknown[]): Promise<Sealed[]> {
  let hash = CHAIN_START;
  const entries: Sealed[] = [];
  for (const [index, content] of contents.entries()) {
    const sequence = index + 1;
    hash = await entryHash(sha256, hash, { sequence, content });
    entries.push({ sequence, hash, content });
  }
  return entries;
}
const start = { sequence: 0, hash: CHAIN_START };

describe("the chain", () => {
  test("one hash by hand: what comes before, the number, the content with its fields in order", async () => {
    const [entry] = await seal([{ b: 1, a: "x", gone: undefined }]);
    const text = `${"0".repeat(64)}\n1\n{"a":"x","b":1}`;
    expect(entry?.hash).toBe(createHash("sha256").update(text).digest("hex"));
  });

  test("any edit, removal, insertion or exchange is found where it begins", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ who: fc.string(), what: fc.jsonValue() }), {
          minLength: 2,
          maxLength: 12,
        }),
        fc.nat(),
        fc.constantFrom("edit", "remove", "insert", "exchange"),
        async (contents, seed, crime) => {
          const entries = await seal(contents);
          const whole = await followChain(sha256, start, entries);
          expect(whole).toEqual({
            end: { sequence: contents.length, hash: entries.at(-1)?.hash },
          });
          // Whether the last one is missing is told by the chain's end alone.
          const at = seed % (entries.length - 1);
          const [entry, next] = [entries[at], entries[at + 1]];
          if (entry === undefined || next === undefined) throw new Error("too short");
          const tampered = [...entries];
          if (crime === "edit") tampered[at] = { ...entry, content: { crime } };
          if (crime === "remove") tampered.splice(at, 1);
          if (crime === "insert") tampered.splice(at, 0, { ...entry, content: { crime } });
          if (crime === "exchange") {
            tampered[at] = { ...next, sequence: entry.sequence };
            tampered[at + 1] = { ...entry, sequence: next.sequence };
          }
          const found = await followChain(sha256, start, tampered);
          expect(found).toEqual({
            broken: {
              sequence: at + 1,
              problem: crime === "remove" ? "missing" : "edited",
            },
          });
        },
      ),
    );
  });

  test("the same content is the same text, whatever the order of its fields", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (fields) => {
        const turned = Object.fromEntries(Object.entries(fields).reverse());
        expect(canonical(turned)).toBe(canonical(fields));
        expect(JSON.parse(canonical(fields))).toEqual(JSON.parse(JSON.stringify(fields)));
      }),
    );
  });
});

describe("what is kept of a change", () => {
  test("names of all fields, values of those that say nothing about a person", () => {
    const before = { firstName: "Ada", medicalConsiderations: "Asthma", version: 1 };
    const after = { firstName: "Ada", medicalConsiderations: "Epilepsy", version: 2 };
    expect(fieldChanges("students", before, after)).toEqual([{ field: "medicalConsiderations" }]);
    expect(
      fieldChanges("memberships", { role: "teacher", sortName: "a" }, { role: "admin" }),
    ).toEqual([{ field: "role", before: '"teacher"', after: '"admin"' }]);
    expect(fieldChanges("ieps", null, { status: "draft", placement: "Room 4" })).toEqual([
      { field: "placement" },
      { field: "status", after: '"draft"' },
    ]);
  });

  test("of a student, of progress data, of a message: never a value", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("students", "goals", "guardianships", "progressData", "ieps", "other"),
        fc.dictionary(
          fc.string().filter((name) => !["status", "isActive", "voided"].includes(name)),
          fc.string(),
        ),
        (table, row) => {
          for (const change of fieldChanges(table, null, row)) {
            expect(change.before).toBeUndefined();
            expect(change.after).toBeUndefined();
          }
        },
      ),
    );
  });
});

test("a refusal is never of low risk, and changes of who sees what are high", () => {
  expect(riskOf("progress.log", "done")).toBe("low");
  expect(riskOf("progress.log", "refused")).toBe("medium");
  expect(riskOf("member.invite", "done")).toBe("medium");
  expect(riskOf("member.end", "done")).toBe("high");
});
