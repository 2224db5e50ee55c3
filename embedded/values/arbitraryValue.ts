/**
 * Random Convex values for property tests, in the corners where encodings go wrong: NaN, both zeros,
 * NUL, code points beyond the basic plane, lone surrogates, extreme integers, nearly equal objects.
 */
import fc from "fast-check";
import type { Value } from "convex/values";

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.string({
    unit: fc.constantFrom("\0", "\x01", "a", "b", "\x7f", "\x80", "é", "\uffff", "\u{10000}", "😀"),
    maxLength: 4,
  }),
  fc.constantFrom("", "a", "a\0", "a\0b", "\ud800", "\udfff", "a\udbff", "\ue000", "\ufffd", "zz"),
);

const float = fc.oneof(
  fc.double(),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(NaN, 0, -0, Infinity, -Infinity, Number.MIN_VALUE, -Number.MIN_VALUE, 1e308),
);

const int64 = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, -1n, 0n, 1n, 255n, 256n, -256n),
);

const bytes = fc
  .oneof(fc.uint8Array({ maxLength: 5 }), fc.array(fc.constantFrom(0, 1, 255), { maxLength: 3 }))
  .map((items) => Uint8Array.from(items).buffer);

const name = fc.constantFrom(
  "a",
  "aa",
  "ab",
  "b",
  "B",
  "1",
  "10",
  "2",
  "a b",
  "_x",
  "__proto_",
  "~",
);

/** Any value that can be stored, small, with many chances for ties. */
export const arbitraryValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", maxDepth: 3 },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.boolean() },
    { weight: 3, arbitrary: float },
    { weight: 2, arbitrary: int64 },
    { weight: 4, arbitrary: text },
    { weight: 2, arbitrary: bytes },
    { weight: 3, arbitrary: fc.array(tie("value"), { maxLength: 3 }) },
    {
      weight: 3,
      arbitrary: fc.dictionary(name, tie("value"), { maxKeys: 3, noNullPrototype: true }),
    },
  ),
})).value;
