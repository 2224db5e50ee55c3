/// <reference types="vite/client" />
import { expect, test, vi } from "vitest";
import { api, internal } from "../_generated/api";
import { addDays } from "../domain/calendar/calendarDate";
import { as } from "../testing/sessions.helpers";
import { buildWorld, newApp, today } from "../testing/world.helpers";

test("a plan expires the day after its last day, in every tenant, and says so in the student's status", async () => {
  vi.useFakeTimers();
  try {
    const app = newApp();
    const { own, foreign } = await buildWorld(app);
    const setLastDay = (days: number) =>
      app.run(async (ctx) => {
        for (const { iepId } of [own.record, foreign.record])
          await ctx.db.patch("ieps", iepId, { expirationDate: addDays(today(), days) });
      });
    const run = async () => {
      await app.mutation(internal.jobs.expiry.expirePlans, {});
      await app.finishAllScheduledFunctions(vi.runAllTimers);
    };
    const status = async () => {
      const plans = await app.run((ctx) =>
        Promise.all([own, foreign].map(({ record }) => ctx.db.get("ieps", record.iepId))),
      );
      return plans.map((plan) => plan?.status);
    };
    await setLastDay(0);
    await run();
    expect(await status()).toEqual(["active", "active"]);
    await setLastDay(-1);
    await run();
    expect(await status()).toEqual(["expired", "expired"]);
    const { studentId } = own.record;
    const student = await as(app, "caseManager").query(api.students.getStudentDetail, {
      studentId,
    });
    expect(student.iepStatus).toBe("expired");
  } finally {
    vi.useRealTimers();
  }
});
