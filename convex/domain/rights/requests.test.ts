import fc from "fast-check";
import { expect, test } from "vitest";
import { checkClock, checkPaper, checkRequest, checkStep, type StepInput } from "./input";
import {
  clockRuns,
  isOpen,
  mayPlaceStatement,
  nextState,
  REQUEST_KINDS,
  REQUEST_STATES,
  type RequestKind,
  type RequestState,
  type Step,
  stepRule,
  STEPS,
  stepsOf,
} from "./requests";

const FIRST: Record<RequestKind, RequestState> = {
  inspection: "received",
  amendment: "received",
  destruction: "informed",
};
/** The states after these steps; null from the first that cannot be taken. */
const walk = (kind: RequestKind, steps: Step[]): (RequestState | null)[] => {
  let state: RequestState | null = FIRST[kind];
  return steps.map((step) => (state = state === null ? null : nextState({ kind, state }, step)));
};

test.each<[RequestKind, Step[], (RequestState | null)[]]>([
  [
    "inspection",
    ["schedule", "schedule", "provide", "close", "withdraw"],
    ["scheduled", "scheduled", "provided", "closed", null],
  ],
  ["inspection", ["provide", "withdraw"], ["provided", null]],
  ["inspection", ["withdraw", "provide"], ["withdrawn", null]],
  ["inspection", ["refuse"], [null]],
  ["amendment", ["agree", "close"], ["agreed", "closed"]],
  ["amendment", ["requestHearing"], [null]],
  [
    "amendment",
    ["refuse", "requestHearing", "holdHearing", "decideForFamily", "close"],
    ["refused", "hearingRequested", "hearingHeld", "hearingAgreed", "closed"],
  ],
  [
    "amendment",
    ["refuse", "requestHearing", "holdHearing", "decideForAgency", "requestHearing"],
    ["refused", "hearingRequested", "hearingHeld", "hearingRefused", null],
  ],
  ["destruction", ["approve"], [null]],
  ["destruction", ["askDestruction", "approve", "withdraw"], ["received", "approved", null]],
  ["destruction", ["askDestruction", "refuse", "requestHearing"], ["received", "refused", null]],
])("%s: %j", (kind, steps, states) => {
  expect(walk(kind, steps)).toEqual(states);
});

test("whatever steps are taken: who is owed something can go on, what has ended has ended, and a running clock is open", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...REQUEST_KINDS),
      fc.array(fc.constantFrom(...STEPS), { maxLength: 12 }),
      (kind, steps) => {
        let state = FIRST[kind];
        for (const step of steps) {
          const next = nextState({ kind, state }, step);
          expect(stepsOf({ kind, state }, stepRule(step).by).includes(step)).toBe(next !== null);
          state = next ?? state;
          if (clockRuns(state)) expect(isOpen(state)).toBe(true);
          if (isOpen(state)) expect(stepsOf({ kind, state }, "agency")).not.toEqual([]);
          if (state === "closed" || state === "withdrawn" || state === "approved")
            for (const side of ["family", "agency"] as const)
              expect(stepsOf({ kind, state }, side)).toEqual([]);
        }
      },
    ),
  );
});

test("a family never waits for itself: only the agency owes something while the clock runs", () => {
  for (const kind of REQUEST_KINDS)
    for (const state of REQUEST_STATES)
      if (clockRuns(state) && stepsOf({ kind, state }, "family").length > 0)
        expect(stepsOf({ kind, state }, "family")).toEqual(["withdraw"]);
});

test("a statement answers an amendment that was refused, by the agency or by the hearing, and nothing else", () => {
  const places = REQUEST_KINDS.flatMap((kind) =>
    REQUEST_STATES.filter((state) => mayPlaceStatement({ kind, state })).map(
      (state) => `${kind} ${state}`,
    ),
  );
  expect(places).toEqual(["amendment refused", "amendment hearingRefused"]);
});

const codes = (problems: { field: string; code: string }[]) =>
  problems.map(({ field, code }) => `${field}: ${code}`);

test("an amendment says what is wrong, why and what it should say; the others need not say which part", () => {
  expect(codes(checkRequest({ kind: "amendment", about: " " }))).toEqual([
    ...["about: required", "ground: required", "correction: required"],
  ]);
  expect(checkRequest({ kind: "inspection", about: "" })).toEqual([]);
  expect(checkRequest({ kind: "destruction", about: "" })).toEqual([]);
});

test("a paper may be old and its day unknown, but not of tomorrow", () => {
  const today = "2026-11-20";
  expect(checkPaper({ name: "K. Doyle", receivedOn: "2026-11-20" }, today)).toEqual([]);
  expect(checkPaper({ name: "K. Doyle", receivedOn: "" }, today)).toEqual([]);
  expect(codes(checkPaper({ name: "", receivedOn: "2026-11-21" }, today))).toEqual([
    ...["name: required", "receivedOn: inFuture"],
  ]);
  expect(codes(checkPaper({ name: "x", receivedOn: "2026-02-30" }, today))).toEqual([
    "receivedOn: notADate",
  ]);
  expect(codes(checkClock({ receivedOn: "2026-11-21", meetingOn: "soon" }, today))).toEqual([
    ...["receivedOn: inFuture", "meetingOn: notADate"],
  ]);
  expect(checkClock({ receivedOn: "", meetingOn: "2027-01-01" }, today)).toEqual([]);
});

test.each<[Omit<StepInput, "text"> & { text?: string }, RequestKind, string[]]>([
  [{ step: "schedule" }, "inspection", ["on: required"]],
  [{ step: "schedule", on: "2026-11-19" }, "inspection", ["on: mustNotBeBefore"]],
  [{ step: "schedule", on: "2026-11-20" }, "inspection", []],
  [{ step: "provide" }, "inspection", ["on: required", "way: required", "fee: required"]],
  [
    { step: "provide", on: "2026-11-21", way: "copy", fee: "waived" },
    "inspection",
    ["on: inFuture"],
  ],
  [
    { step: "provide", on: "2026-10-31", way: "copy", fee: "waived" },
    "inspection",
    ["on: mustNotBeBefore"],
  ],
  [{ step: "provide", on: "2026-11-01", way: "online", fee: "none" }, "inspection", []],
  [{ step: "refuse", text: " " }, "amendment", ["text: required"]],
  [{ step: "decideForAgency" }, "amendment", ["text: required"]],
  [{ step: "close" }, "amendment", ["text: required"]],
  [{ step: "close" }, "inspection", []],
  [{ step: "requestHearing", on: "2026-11-21" }, "amendment", ["on: inFuture"]],
  [{ step: "requestHearing" }, "amendment", []],
  [{ step: "withdraw" }, "destruction", []],
])("%j of an %s", (input, kind, expected) => {
  const facts = { kind, today: "2026-11-20", countsFrom: "2026-11-01" };
  expect(codes(checkStep({ text: "", ...input }, facts))).toEqual(expected);
});
