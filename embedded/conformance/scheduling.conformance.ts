import { expect, test } from "vitest";
import { api } from "../testing/fixture/convex/_generated/api";
import { until } from "../testing/waiting.ts";
import { describeConformance, expectDifference } from "./adapter.ts";

const farAway = 3_600_000;

export default describeConformance("scheduling", (deployment) => {
  const events = (source: string) => deployment.query(api.scheduling.events, { source });
  const job = async (id: Awaited<ReturnType<typeof schedule>>) => {
    const found = await deployment.query(api.scheduling.job, { id });
    if (found === null) throw new Error("the job must be there");
    return found;
  };
  const schedule = (
    target: "mutation" | "action" | "failingMutation" | "failingAction",
    milliseconds = 0,
  ) =>
    deployment.mutation(api.scheduling.scheduleAfter, {
      source: "s",
      text: target,
      milliseconds,
      target,
    });

  test.each(["mutation", "action"] as const)("a scheduled %s runs and succeeds", async (target) => {
    const id = await schedule(target);
    await deployment.finishScheduled();
    expect(await events("s")).toEqual([target]);
    expect((await job(id)).state).toEqual({ kind: "success" });
  });

  test("a finished job has the time of its end", async () => {
    const id = await schedule("mutation");
    await deployment.finishScheduled();
    const { completedTime } = await job(id);
    await expectDifference(deployment, "a successful job has no completedTime", {
      embedded: () => {
        expect(completedTime).toBeTypeOf("number");
      },
      convexTest: () => {
        expect(completedTime).toBeUndefined();
      },
    });
  });

  test.each(["failingMutation", "failingAction"] as const)("a %s is failed", async (target) => {
    const id = await schedule(target);
    await deployment.finishScheduled();
    expect(await events("s")).toEqual([]);
    const { state, completedTime } = await job(id);
    expect(state.kind).toBe("failed");
    expect(completedTime).toBeTypeOf("number");
    await expectDifference(deployment, "a failed job does not say why", {
      embedded: () => {
        expect(state).toMatchObject({ error: expect.stringContaining("this job fails") as string });
      },
      convexTest: () => {
        expect(state).toEqual({ kind: "failed" });
      },
    });
  });

  test("runAt takes a time, also a past one", async () => {
    await deployment.mutation(api.scheduling.scheduleAt, {
      source: "at",
      text: "past",
      timestamp: Date.now() - 5000,
    });
    await deployment.finishScheduled();
    expect(await events("at")).toEqual(["past"]);
  });

  test("a delay is kept", async () => {
    const id = await schedule("mutation", 300);
    const early = await job(id);
    expect(early.state).toEqual({ kind: "pending" });
    await until(
      () => events("s"),
      (seen) => seen.length === 1,
    );
    expect(Date.now()).toBeGreaterThanOrEqual(Math.floor(early.scheduledTime));
  });

  test("a job that is canceled never runs", async () => {
    const id = await schedule("mutation", farAway);
    await deployment.mutation(api.scheduling.cancel, { id });
    expect((await job(id)).state).toEqual({ kind: "canceled" });
    const other = await schedule("mutation", farAway);
    await deployment.action(api.scheduling.cancelFromAction, { id: other });
    expect((await job(other)).state).toEqual({ kind: "canceled" });
    expect(await events("s")).toEqual([]);
  });

  test("canceling what has run changes nothing", async () => {
    const id = await schedule("mutation");
    await deployment.finishScheduled();
    await deployment.mutation(api.scheduling.cancel, { id });
    const { state } = await job(id);
    await expectDifference(deployment, "a finished job can be canceled", {
      embedded: () => {
        expect(state).toEqual({ kind: "success" });
      },
      convexTest: () => {
        expect(state).toEqual({ kind: "canceled" });
      },
    });
  });

  test("an action schedules too", async () => {
    await deployment.action(api.scheduling.scheduleFromAction, {
      source: "from action",
      text: "yes",
      milliseconds: 0,
    });
    await deployment.finishScheduled();
    expect(await events("from action")).toEqual(["yes"]);
  });

  test("a mutation that fails schedules nothing", async () => {
    await expect(
      deployment.mutation(api.scheduling.scheduleThenFail, { source: "never", text: "never" }),
    ).rejects.toThrow(/after scheduling/);
    await deployment.finishScheduled();
    expect(await events("never")).toEqual([]);
  });

  test("a job may schedule the next one", async () => {
    await deployment.mutation(api.scheduling.startChain, { source: "chain", length: 5 });
    await deployment.finishScheduled();
    expect(await events("chain")).toEqual(["4", "3", "2", "1", "0"]);
  });

  test("jobs run without the identity of who scheduled them", async () => {
    await deployment
      .asUser({ subject: "user" })
      .mutation(api.scheduling.scheduleIdentity, { source: "identity" });
    await deployment.finishScheduled();
    expect(await events("identity")).toEqual(["nobody"]);
  });

  test("a public function may be scheduled", async () => {
    await deployment.mutation(api.scheduling.schedulePublic, { name: "scheduled" });
    await deployment.finishScheduled();
    expect(await deployment.query(api.transactions.readCounter, { name: "scheduled" })).toBe(1);
  });

  test("a job with wrong arguments fails when it runs, or is refused at once", async () => {
    const outcome = await deployment.mutation(api.scheduling.scheduleWithWrongArguments).then(
      async (id) => {
        await deployment.finishScheduled();
        return (await job(id)).state.kind;
      },
      () => "refused" as const,
    );
    expect(["failed", "refused"]).toContain(outcome);
    expect(await events("wrong")).toEqual([]);
  });
});
