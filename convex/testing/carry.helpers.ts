/** A year's plan, and next year's draft that takes parts of it over. */
import { ConvexError } from "convex/values";
import { api } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import type { TenantWriter } from "../access/tenantDb";
import { addDays, addMonths } from "../domain/calendar/calendarDate";
import { insertPoint } from "../model/progress";
import { plansIn } from "./plans.helpers";
import { as } from "./sessions.helpers";
import { type Actor, type TestApp, today, type World } from "./world.helpers";

/** The reason, or else the code, of a refusal; null: it was not refused. */
export async function refusal(promise: Promise<unknown>): Promise<string | null> {
  try {
    const result = (await promise) as { trellisRefusal?: string } | null;
    return result?.trellisRefusal ?? null;
  } catch (error) {
    if (!(error instanceof ConvexError)) throw error;
    const { reason, code } = error.data as { reason?: string; code: string };
    return reason ?? code;
  }
}

/** Dates of the plan that follows the one in force. */
export const nextYear = () => {
  const effectiveDate = addMonths(today(), 10);
  const expirationDate = addDays(addMonths(effectiveDate, 12), -1);
  return { effectiveDate, expirationDate, meetingDate: addDays(effectiveDate, -14) };
};

/** What the case manager does with next year's draft, and what is seen of it. */
export function carryingIn(app: TestApp, world: World) {
  const manager = () => as(app, "caseManager");
  const inDb = <Result>(work: (db: TenantWriter) => Promise<Result>) =>
    plansIn(app, world).inDb(work);
  const source = async () => {
    const { studentId } = world.own.record;
    const found = await manager().query(api.carryForward.getSource, { studentId });
    if (found === null) throw new Error("There is no plan to begin with");
    return found;
  };
  const begin = (
    items: string[],
    { sentences = "none", id = "next" }: { sentences?: "none" | "both" | "es"; id?: string } = {},
  ) =>
    manager().mutation(api.carryForward.beginNextPlan, {
      ...{ studentId: world.own.record.studentId, fromId: world.own.record.iepId, ...nextYear() },
      ...{ items, sentences, clientMutationId: id },
    });
  const carried = async (iepId: Id<"ieps">) =>
    (await manager().query(api.carryForward.listCarried, { iepId })).items;
  const one = async (iepId: Id<"ieps">, kind: string) => {
    const found = (await carried(iepId)).find((item) => item.kind === kind);
    if (found === undefined) throw new Error(`No ${kind} was taken over`);
    return found;
  };
  const review = async (
    actor: Actor,
    iepId: Id<"ieps">,
    kind: string,
    decision: "keep" | "leaveOut",
  ) => {
    const { carriedId, fingerprint } = await one(iepId, kind);
    return refusal(
      as(app, actor).mutation(api.carryForward.review, {
        ...{ iepId, carriedId, decision, seen: fingerprint },
      }),
    );
  };
  const unseen = async (iepId: Id<"ieps">) =>
    (await manager().query(api.ieps.getCompleteness, { iepId })).findings
      .filter(({ key }) => key === "carriedUnseen")
      .map(({ id, severity }) => `${id.split("/")[0] ?? ""} ${severity}`);
  /** Three more observations of this year's goal: 50 (of the world), 60, 80, 70. */
  const measure = () =>
    inDb(async (db) => {
      const goal = await db.require("goals", world.own.record.goalId);
      for (const [index, correct] of [6, 8, 7].entries())
        await insertPoint(
          db,
          goal,
          {
            recordedDate: addDays(today(), index - 3),
            measurement: { kind: "trials", correct, total: 10 },
            settingType: "other",
          },
          {
            ...{ recordedBy: world.users.caseManager, sequence: index + 2, loggedAt: 2 },
            clientMutationId: `more-${String(index)}`,
          },
        );
    });

  return { manager, inDb, source, begin, carried, one, review, unseen, measure };
}
