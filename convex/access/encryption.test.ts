import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newDataKey, openValue, readMasterKeys, sealValue, unwrapKey, wrapKey } from "./encryption";

const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const KEY = newDataKey();
const CONTEXT = "org1/students/medicalConsiderations";

test("what JSON holds comes back as it was", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, context) => {
      const text = JSON.parse(JSON.stringify(value)) as unknown;
      expect(openValue(KEY, context, sealValue(KEY, context, value))).toEqual(text);
    }),
    { numRuns: 200 },
  );
});

test("twice the same content is two boxes, and two disabilities are of one length", () => {
  const box = (value: string) => new Uint8Array(sealValue(KEY, CONTEXT, value));
  expect(base64(box("autism"))).not.toBe(base64(box("autism")));
  expect(box("autism").length).toBe(box("specific_learning_disability").length);
});

test("a box opens with its key, for its place, unchanged; and else not at all", () => {
  const box = sealValue(KEY, CONTEXT, "Asthma");
  expect(openValue(KEY, CONTEXT, box)).toBe("Asthma");
  expect(() => openValue(newDataKey(), CONTEXT, box)).toThrow();
  for (const other of [
    "org2/students/medicalConsiderations",
    "org1/students/transportationNeeds",
    "org1/goals/medicalConsiderations",
  ])
    expect(() => openValue(KEY, other, box)).toThrow();
  fc.assert(
    fc.property(fc.nat(box.byteLength - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = new Uint8Array(box.slice(0));
      changed[at] = (changed[at] ?? 0) ^ flip;
      expect(() => openValue(KEY, CONTEXT, changed.buffer)).toThrow();
    }),
  );
  expect(() => openValue(KEY, CONTEXT, box.slice(0, box.byteLength - 1))).toThrow();
});

test("a wrapped key is no field, and a field no wrapped key", () => {
  const { current } = readMasterKeys({ TRELLIS_MASTER_KEY: base64(KEY) });
  const wrapped = wrapKey(current, "org1/1", newDataKey());
  expect(() => openValue(KEY, "org1/1", wrapped)).toThrow();
  expect(() => unwrapKey(current, "org1/2", wrapped)).toThrow();
});

describe("the master keys of the environment", () => {
  const [one, two] = [base64(newDataKey()), base64(newDataKey())];

  test("the current one wraps, the former one still opens", () => {
    const keys = readMasterKeys({ TRELLIS_MASTER_KEY: one, TRELLIS_FORMER_MASTER_KEY: two });
    expect(keys.all.map(({ bytes }) => base64(bytes))).toEqual([one, two]);
    expect(keys.current.id).toMatch(/^[0-9a-f]{8}$/);
    expect(keys.current.id).toBe(readMasterKeys({ TRELLIS_MASTER_KEY: `${one}\n` }).current.id);
  });

  test.each([
    ["none", {}, /TRELLIS_MASTER_KEY is not set/],
    ["an empty one", { TRELLIS_MASTER_KEY: "" }, /TRELLIS_MASTER_KEY is not set/],
    ["a short one", { TRELLIS_MASTER_KEY: btoa("short") }, /32 bytes in base64/],
    ["no base64", { TRELLIS_MASTER_KEY: "ä".repeat(44) }, /32 bytes in base64/],
    [
      "a damaged former one",
      { TRELLIS_MASTER_KEY: one, TRELLIS_FORMER_MASTER_KEY: "x" },
      /TRELLIS_FORMER_MASTER_KEY is no key/,
    ],
  ])("%s is refused with a sentence", (_name, variables, message) => {
    expect(() => readMasterKeys(variables)).toThrow(message);
  });
});
