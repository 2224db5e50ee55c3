import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, hashOf, hashOfText, isHash } from "./canonical";

/** The same value, its fields written in another order, at every depth. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([name, content]) => [name, shuffled(content)] as const);
  return Object.fromEntries(fields.reverse());
}

describe("the canonical text", () => {
  test.each([
    [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
    [{ a: undefined, b: [] }, '{"b":[]}'],
    [[{ z: null, y: true }, "x"], '[{"y":true,"z":null},"x"]'],
    // Code units, not the alphabet: capitals first, and é after z.
    [{ é: 1, z: 2, Z: 3, a10: 4, a9: 5 }, '{"Z":3,"a10":4,"a9":5,"z":2,"é":1}'],
    [{ text: 'a "b"\n\u2028' }, '{"text":"a \\"b\\"\\n\u2028"}'],
    [{ zero: -0, tenth: 0.1, big: 1e21 }, '{"big":1e+21,"tenth":0.1,"zero":0}'],
  ])("%j", (value, text) => expect(canonicalJson(value)).toBe(text));

  test.each([NaN, Infinity, [undefined], 1n, () => 1])("%s has none", (value) => {
    expect(() => canonicalJson({ value })).toThrow(TypeError);
  });

  test("says the whole value and nothing else", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        // JSON has one zero, and its names are no prototypes.
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe("the fingerprint", () => {
  test("is SHA-256 (FIPS 180-4, the examples of NIST)", () => {
    expect(hashOfText("abc")).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
    expect(hashOfText("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    // echo -n '{"a":"ñ"}' | sha256sum
    expect(hashOf({ a: "ñ" })).toBe(
      "76e14502279b35541eec926ce039cda8e561b779909cc0cafe4ccbd84f3ddaf7",
    );
  });

  test("does not depend on the order of fields", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(hashOf(shuffled(value))).toBe(hashOf(value));
      }),
    );
  });

  test("is another one for every other value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const same = JSON.stringify(shuffled(one)) === JSON.stringify(shuffled(other));
        fc.pre(!same && canonicalJson(one) !== canonicalJson(other));
        expect(hashOf(one)).not.toBe(hashOf(other));
      }),
    );
  });

  test("changes with any text anywhere in it", () => {
    const field = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(fc.dictionary(field, fc.array(field)), field, field, (value, name, more) => {
        fc.pre(name !== "__proto__");
        const before = Object.hasOwn(value, name) ? (value[name] ?? []) : [];
        const changed = { ...value, [name]: [...before, more] };
        expect(hashOf(changed)).not.toBe(hashOf(value));
      }),
    );
  });

  test("is told from other text", () => {
    expect(isHash(hashOf({}))).toBe(true);
    for (const text of ["", "abc", hashOf({}).toUpperCase(), `${hashOf({})} `])
      expect(isHash(text)).toBe(false);
  });
});
