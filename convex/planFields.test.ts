/// <reference types="vite/client" />
import { ConvexError } from "convex/values";
import { beforeEach, describe, expect, test } from "vitest";
import { api } from "./_generated/api";
import { addDays, addMonths } from "./domain/calendar/calendarDate";
import type { FieldValue } from "./domain/ieps/fields";
import { as } from "./testing/sessions.helpers";
import { buildWorld, newApp, type TestApp, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
});

const draft = () => ({ iepId: world.own.record.draftId });
const fields = async () =>
  (await as(app, "caseManager").query(api.planFields.getPlanFields, draft())).fields;
async function refusal(promise: Promise<unknown>): Promise<unknown> {
  try {
    const result = (await promise) as { trellisRefusal?: string } | null;
    return result?.trellisRefusal ?? null;
  } catch (error) {
    if (!(error instanceof ConvexError)) throw error;
    const { reason, code } = error.data as { reason?: string; code: string };
    return reason ?? code;
  }
}
const save = (
  actor: "caseManager" | "specialist",
  field: string,
  base: FieldValue,
  value: FieldValue,
) =>
  refusal(
    as(app, actor).mutation(api.planFields.savePlanField, { ...draft(), field, base, value }),
  );

const PLACEMENT = "General education classroom";

describe("one field at a time", () => {
  test("two people in different fields: both are kept", async () => {
    const answers = await Promise.all([
      save("caseManager", "placement", PLACEMENT, "Resource room"),
      save("specialist", "specialFactors.communication.needed", null, true),
      save("specialist", "specialFactors.communication.how", "", "Speech therapy twice a week"),
      save("caseManager", "extendedSchoolYear.needed", null, false),
    ]);
    expect(answers).toEqual([null, null, null, null]);
    expect(await fields()).toMatchObject({
      placement: "Resource room",
      extendedSchoolYear: { needed: false },
      specialFactors: { communication: { needed: true, how: "Speech therapy twice a week" } },
    });
  });

  test("the same field: the second one is told, and nothing is overwritten", async () => {
    expect(await save("caseManager", "placement", PLACEMENT, "Resource room")).toBeNull();
    expect(await save("specialist", "placement", PLACEMENT, "Separate class")).toBe(
      "fieldChangedMeanwhile",
    );
    expect((await fields()).placement).toBe("Resource room");
    // The same again does no harm, and neither does what is there already.
    expect(await save("caseManager", "placement", PLACEMENT, "Resource room")).toBeNull();
    expect(await save("specialist", "placement", "Resource room", "Separate class")).toBeNull();
    expect((await fields()).placement).toBe("Separate class");
  });

  test("dates are the case manager's; the last day follows the first until somebody sets it", async () => {
    const { effectiveDate, expirationDate } = await fields();
    const later = addDays(effectiveDate, 7);
    expect(await save("specialist", "effectiveDate", effectiveDate, later)).toBe("FORBIDDEN");
    expect(await save("caseManager", "effectiveDate", effectiveDate, later)).toBeNull();
    const last = addDays(addMonths(later, 12), -1);
    expect(await fields()).toMatchObject({ expirationDate: last, nextReviewDate: last });
    expect(last).not.toBe(expirationDate);
    const sooner = addDays(last, -30);
    expect(await save("caseManager", "expirationDate", last, sooner)).toBeNull();
    expect(await save("caseManager", "effectiveDate", later, effectiveDate)).toBeNull();
    expect(await fields()).toMatchObject({ expirationDate: sooner });
  });

  test("what a field does not take, or what is none, changes nothing", async () => {
    const before = await fields();
    expect(await save("caseManager", "placement", PLACEMENT, " ")).toBe("INVALID");
    expect(await save("caseManager", "status", "draft", "active")).toBe("INVALID");
    expect(await save("caseManager", "accommodations.x.setting", "", "Here")).toBe("rowRemoved");
    expect(await fields()).toEqual(before);
  });

  test("a plan that has moved on is not written any more", async () => {
    await app.run((ctx) => ctx.db.patch("ieps", world.own.record.draftId, { status: "in_review" }));
    expect(await save("caseManager", "placement", PLACEMENT, "Resource room")).toBe("notADraft");
  });

  test("what was typed is sealed, and the log names fields without saying what they hold", async () => {
    await save("caseManager", "specialFactors.behavior.how", "", "Bites when it is loud");
    const [stored, log] = await app.run(async (ctx) => [
      JSON.stringify(await ctx.db.get("ieps", world.own.record.draftId)),
      JSON.stringify(await ctx.db.query("auditEntries").collect()),
    ]);
    expect(stored).not.toContain("Bites");
    expect(log).toContain("specialFactors");
    expect(log).not.toContain("Bites");
  });
});

describe("rows of lists", () => {
  const row = { id: "r1", category: "Timing", description: "Extra time", setting: "Tests" };
  const add = (more: object = {}, at?: number) =>
    refusal(
      as(app, "specialist").mutation(api.planFields.addPlanRow, {
        ...{ ...draft(), list: "accommodations", row: { ...row, ...more } },
        ...(at === undefined ? {} : { at }),
      }),
    );
  const remove = (base: Record<string, string>) =>
    refusal(
      as(app, "caseManager").mutation(api.planFields.removePlanRow, {
        ...{ ...draft(), list: "accommodations", base },
      }),
    );
  const ids = async () => (await fields()).rows.accommodations.map(({ id }) => id);

  test("added once however often it is sent, changed part by part, removed, and put back", async () => {
    expect([await add(), await add(), await add({ id: "r2" })]).toEqual([null, null, null]);
    expect(await ids()).toEqual(["r1", "r2"]);
    expect(await save("caseManager", "accommodations.r1.setting", "Tests", "All")).toBeNull();
    expect(await save("specialist", "accommodations.r1.category", "Timing", "Pace")).toBeNull();
    // Whoever removes a row that somebody else has changed is told.
    expect(await remove(row)).toBe("fieldChangedMeanwhile");
    const changed = { ...row, setting: "All", category: "Pace" };
    expect([await remove(changed), await remove(changed)]).toEqual([null, null]);
    expect(await add(changed, 0)).toBeNull();
    expect(await ids()).toEqual(["r1", "r2"]);
  });

  test("a row without what it needs is refused", async () => {
    expect(await add({ description: " " })).toBe("INVALID");
    expect(await add({ more: "x" })).toBe("INVALID");
    expect(await ids()).toEqual([]);
  });

  test("the contract's transition plan follows from the rows, and the rows from it", async () => {
    const { iepId } = draft();
    await as(app, "caseManager").mutation(api.planFields.addPlanRow, {
      ...{ iepId, list: "postSecondary" },
      row: { id: "p1", area: "employment", text: "Works in a shop" },
    });
    const manager = as(app, "caseManager");
    const iep = await manager.query(api.ieps.getIEPWithGoals, { iepId });
    expect(iep.transitionPlan?.postSecondaryGoals).toEqual(["Works in a shop"]);
    const { placement, meetingDate, effectiveDate, expirationDate, nextReviewDate } = iep;
    await manager.mutation(api.ieps.editIEP, {
      ...{ iepId, placement, meetingDate, effectiveDate, expirationDate, nextReviewDate },
      ...{ accommodations: [], modifications: [], serviceHours: { specialEducation: 1 } },
      transitionPlan: {
        postSecondaryGoals: ["Studies", "Works in a shop"],
        transitionServices: [],
      },
      expectedRevision: iep.revision,
    });
    const { rows } = await fields();
    expect(rows.postSecondary).toMatchObject([
      { area: "", text: "Studies" },
      { id: "p1", area: "employment", text: "Works in a shop" },
    ]);
  });
});

describe("services", () => {
  const service = {
    ...{ kind: "specialEducation" as const, type: "Reading", provider: "Teacher", minutes: 45 },
    ...{ frequency: { times: 1, per: "day" as const }, delivery: "group" as const },
    ...{ setting: "separateClass" as const, location: "Room 4" },
    ...{ startDate: "2026-09-15", endDate: "2027-06-05" },
  };
  const list = async () =>
    (await as(app, "caseManager").query(api.services.listServices, draft())).services;

  test("added once, changed by whoever knows its version, removed; the contract's hours follow", async () => {
    const specialist = as(app, "specialist");
    const add = () =>
      specialist.mutation(api.services.addService, {
        ...{ ...draft(), service, clientMutationId: "once" },
      });
    const serviceId = await add();
    expect(await add()).toBe(serviceId);
    const hours = async () =>
      (await as(app, "caseManager").query(api.ieps.getIEPWithGoals, draft())).serviceHours;
    // 45 minutes a day and the 2 × 30 minutes a week of the world.
    expect(await hours()).toEqual({ specialEducation: 3.75, speechTherapy: 1 });
    const edit = (minutes: number, expectedVersion: number) =>
      refusal(
        specialist.mutation(api.services.editService, {
          ...{ ...draft(), serviceId, service: { ...service, minutes }, expectedVersion },
        }),
      );
    expect(await edit(60, 1)).toBeNull();
    expect(await edit(30, 1)).toBe("changedMeanwhile");
    expect(await edit(0, 2)).toBe("INVALID");
    expect(await hours()).toMatchObject({ specialEducation: 5 });
    await specialist.mutation(api.services.removeService, {
      ...{ ...draft(), serviceId, expectedVersion: 2 },
    });
    expect((await list()).map(({ type }) => type)).toEqual(["Speech therapy"]);
    expect(await hours()).toEqual({ specialEducation: 0, speechTherapy: 1 });
  });

  test("a service of another plan is none of this one", async () => {
    const { serviceId } = world.own.sisterRecord;
    expect(
      await refusal(
        as(app, "districtAdmin")
          .query(api.services.listServices, draft())
          .then(() =>
            as(app, "caseManager").mutation(api.services.removeService, {
              ...{ ...draft(), serviceId, expectedVersion: 1 },
            }),
          ),
      ),
    ).toBe("NOT_FOUND");
  });
});

describe("completeness", () => {
  const get = () => as(app, "districtAdmin").query(api.ieps.getCompleteness, draft());
  const decide = async (actor: "districtAdmin" | "caseManager", findings?: string[]) =>
    refusal(
      as(app, actor).mutation(api.completeness.overrideCompleteness, {
        ...{ ...draft(), reason: "The family moves tomorrow", clientMutationId: "decision" },
        findings: findings ?? (await get()).findings.map(({ id }) => id),
      }),
    );

  test("what is put right is no finding any more, at once", async () => {
    const before = await get();
    expect(before.findings.map(({ id }) => id)).toContain("extendedSchoolYear");
    await save("caseManager", "extendedSchoolYear.needed", null, false);
    const after = await get();
    expect(after.findings.map(({ id }) => id)).not.toContain("extendedSchoolYear");
    expect(after.openCount).toBe(before.openCount - 1);
    expect(after.indicator13).toBeNull();
  });

  test("an administrator goes without, with a reason that is sealed; what comes later is not covered", async () => {
    expect(await decide("caseManager")).toBe("FORBIDDEN");
    expect(await decide("districtAdmin", ["noGoals"])).toBe("findingsChanged");
    expect([await decide("districtAdmin"), await decide("districtAdmin")]).toEqual([null, null]);
    const covered = await get();
    expect(covered).toMatchObject({
      openCount: 0,
      override: { reason: "The family moves tomorrow", byName: "districtAdmin Tester" },
    });
    const rows = await app.run((ctx) => ctx.db.query("completenessOverrides").collect());
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain("moves");
    // A new need of which nothing is said.
    await save("caseManager", "specialFactors.behavior.needed", null, true);
    const later = await get();
    expect(later.openCount).toBe(1);
    expect(
      later.findings.filter(({ severity, covered: is }) => severity === "required" && !is),
    ).toMatchObject([{ id: "specialFactorHow:behavior" }]);
  });
});
