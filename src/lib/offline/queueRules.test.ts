import fc from "fast-check";
import { expect, test } from "vitest";
import { admission, answerOf } from "./queueRules";

test("a new id is new; the same entry again is one; another one under its id is another one", () => {
  expect(admission(undefined, "a")).toBe("new");
  expect(admission({ hash: "a" }, "a")).toBe("same");
  expect(admission({ hash: "a" }, "b")).toBe("other");
});

test.each(["INVALID", "CONFLICT", "FORBIDDEN", "NOT_FOUND", "LIMIT"])(
  "%s is an answer: the entry is kept with it and not sent again by itself",
  (code) => {
    const data = { code, reason: "goalClosed" };
    expect(answerOf(data)).toEqual({ kind: "refused", refusal: JSON.stringify(data) });
  },
);

test("whatever else happens, the entry waits: nothing is ever taken for an answer that is none", () => {
  fc.assert(
    fc.property(fc.anything(), (data) => {
      const answer = answerOf(data);
      expect(["later", "refused"]).toContain(answer.kind);
      expect(answer.kind).not.toBe("sent");
    }),
  );
  for (const data of [undefined, null, "offline", {}, { code: "UNAUTHENTICATED" }, { code: 5 }])
    expect(answerOf(data)).toEqual({ kind: "later" });
  for (const code of ["RATE_LIMITED", "SECOND_FACTOR_REQUIRED", "RECORD_NOT_OPEN"])
    expect(answerOf({ code })).toEqual({ kind: "later" });
});
