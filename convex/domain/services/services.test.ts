import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PlanService } from "../ieps/planContent";
import { minutesPerWeek, serviceHoursOf, serviceTotals, WEEKS_PER } from "./minutes";
import { checkService, PERIODS, SERVICE_KINDS, type ServiceInput, SETTINGS } from "./service";

const SPEECH: ServiceInput = {
  ...{ kind: "relatedService", relatedService: "speechTherapy", type: "Speech-language therapy" },
  ...{ provider: "Speech-language pathologist", minutes: 30, frequency: { times: 2, per: "week" } },
  ...{ delivery: "group", setting: "separateClass", location: "Therapy room" },
  ...{ startDate: "2026-09-15", endDate: "2027-06-05" },
};
const service = (change: Partial<ServiceInput>): ServiceInput => ({ ...SPEECH, ...change });

describe("minutes of a week, by hand", () => {
  test.each([
    [30, { times: 2, per: "week" }, 60],
    [45, { times: 1, per: "day" }, 225],
    [60, { times: 2, per: "month" }, 30],
    [90, { times: 1, per: "quarter" }, 10],
    [120, { times: 3, per: "year" }, 10],
  ] as const)("%i minutes, %j", (minutes, frequency, expected) => {
    expect(minutesPerWeek({ minutes, frequency })).toBe(expected);
  });

  test("a school year is the same length however it is counted", () => {
    expect(WEEKS_PER.month * 9).toBe(WEEKS_PER.year);
    expect(WEEKS_PER.quarter * 4).toBe(WEEKS_PER.year);
    expect(WEEKS_PER.day * 180).toBeCloseTo(WEEKS_PER.year, 12);
  });

  test("totals by kind and by place", () => {
    const reading = service({
      ...{ kind: "specialEducation", type: "Reading", setting: "regularClass" },
      ...{ minutes: 45, frequency: { times: 1, per: "day" } },
    });
    expect(serviceTotals([SPEECH, reading])).toEqual({
      byKind: {
        ...{ specialEducation: 225, relatedService: 60, supplementaryAid: 0, personnelSupport: 0 },
      },
      outsideRegularClass: 60,
      all: 285,
    });
  });
});

describe("the contract's hours", () => {
  test("special education, the named therapies, and others by their names", () => {
    const nursing = service({ relatedService: "nursing", type: "Nursing", minutes: 20 });
    const aid = service({ kind: "supplementaryAid", type: "Reader" });
    expect(serviceHoursOf([SPEECH, SPEECH, nursing, nursing, aid])).toEqual({
      ...{ specialEducation: 0, speechTherapy: 2 },
      other: [{ service: "Nursing", hours: 1.33 }],
    });
    expect(serviceHoursOf([])).toEqual({ specialEducation: 0 });
  });
});

describe("what is entered", () => {
  const fieldsOf = (change: Partial<ServiceInput>) =>
    checkService(service(change)).map(({ field, code }) => `${field}: ${code}`);

  test.each([
    [{}, []],
    [{ type: " " }, ["type: required"]],
    [{ minutes: 0 }, ["minutes: outOfRange"]],
    [{ minutes: 12.5 }, ["minutes: notWhole"]],
    [{ minutes: NaN }, ["minutes: notANumber"]],
    [{ frequency: { times: 0, per: "week" } }, ["frequency.times: outOfRange"]],
    [{ startDate: "" }, ["startDate: required"]],
    [{ endDate: "2026-02-30" }, ["endDate: notADate"]],
    [{ endDate: "2026-09-14" }, ["endDate: mustNotBeBefore"]],
    [{ endDate: "2026-09-15" }, []],
    [{ location: "" }, ["location: required"]],
    [{ kind: "specialEducation" }, ["relatedService: wrongKind"]],
  ] as const)("%j: %j", (change, problems) => {
    expect(fieldsOf(change as Partial<ServiceInput>)).toEqual(problems);
  });

  test("a related service says which", () => {
    const { relatedService: _, ...without } = SPEECH;
    expect(checkService(without)).toEqual([{ field: "relatedService", code: "required" }]);
  });
});

const anyService: fc.Arbitrary<PlanService> = fc.record({
  kind: fc.constantFrom(...SERVICE_KINDS),
  type: fc.constantFrom("A", "B"),
  provider: fc.constant("P"),
  minutes: fc.integer({ min: 1, max: 400 }),
  frequency: fc.record({
    times: fc.integer({ min: 1, max: 10 }),
    per: fc.constantFrom(...PERIODS),
  }),
  delivery: fc.constantFrom("individual", "group"),
  setting: fc.constantFrom(...SETTINGS),
  location: fc.constant("Room"),
  startDate: fc.constant("2026-09-15"),
  endDate: fc.constant("2027-06-05"),
});

test("totals do not depend on the order, and the parts make the whole", () => {
  fc.assert(
    fc.property(fc.array(anyService, { maxLength: 20 }), (services) => {
      const totals = serviceTotals(services);
      const back = serviceTotals([...services].reverse());
      expect(back.all).toBeCloseTo(totals.all, 6);
      const sum = Object.values(totals.byKind).reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(totals.all, 6);
      expect(totals.outsideRegularClass).toBeLessThanOrEqual(totals.all + 1e-9);
      expect(totals.outsideRegularClass).toBeGreaterThanOrEqual(0);
    }),
  );
});

test("twice the minutes, twice the week", () => {
  fc.assert(
    fc.property(anyService, (one) => {
      const twice = minutesPerWeek({ ...one, minutes: one.minutes * 2 });
      expect(twice).toBeCloseTo(2 * minutesPerWeek(one), 9);
    }),
  );
});
