import { expect, test } from "vitest";
import { api } from "../testing/fixture/convex/_generated/api";
import { describeConformance, expectDifference } from "./adapter.ts";

export default describeConformance("transactions", (deployment) => {
  const keys = () => deployment.query(api.transactions.listKeys);

  test("a caught failing child rolls back alone", async () => {
    const result = await deployment.mutation(api.transactions.catchFailingChild);
    expect(result.message).toContain("refused child");
    expect(result.seen).toEqual(["before"]);
    expect(await keys()).toEqual(["after", "before"]);
  });

  test.each([
    ["nowhere", ["child after", "child before", "grandchild", "parent after", "parent before"]],
    ["grandchild", ["child after", "child before", "parent after", "parent before"]],
    ["child", ["parent after", "parent before"]],
  ] as const)("nested twice, failing %s", async (failAt, left) => {
    await deployment.mutation(api.transactions.nestTwice, { failAt });
    expect(await keys()).toEqual(left);
  });

  test("a failing parent takes its children's writes with it", async () => {
    await expect(
      deployment.mutation(api.transactions.nestTwice, { failAt: "parent" }),
    ).rejects.toThrow(/the parent fails/);
    expect(await keys()).toEqual([]);
  });

  test("parallel children succeed and fail each for itself", async () => {
    const states = await deployment.mutation(api.transactions.runParallelChildren, {
      good: ["a", "b", "c"],
      bad: ["x", "y"],
    });
    expect(states).toEqual(["fulfilled", "fulfilled", "fulfilled", "rejected", "rejected"]);
    expect(await keys()).toEqual(["a", "b", "c"]);
  });

  test("parallel children run one after another: no update is lost", async () => {
    const count = await deployment.mutation(api.transactions.incrementInParallel, {
      name: "parallel",
      times: 20,
    });
    expect(count).toBe(20);
  });

  test("parent and child see what either wrote", async () => {
    expect(await deployment.mutation(api.transactions.readOwnWrites)).toEqual({
      byParent: ["child's", "own"],
      byChild: ["child's", "own"],
    });
  });

  test("a job that a rolled back child scheduled never runs", async () => {
    await deployment.mutation(api.transactions.catchSchedulingChild, { source: "rolled back" });
    await deployment.finishScheduled();
    expect(await deployment.query(api.scheduling.events, { source: "rolled back" })).toEqual([
      "parent's",
    ]);
  });

  test("mutations from many callers at once lose no update", async () => {
    await Promise.all(
      Array.from({ length: 25 }, () =>
        deployment.mutation(api.transactions.incrementCounter, { name: "many" }),
      ),
    );
    expect(await deployment.query(api.transactions.readCounter, { name: "many" })).toBe(25);
  });

  test("mutations that one action starts at once lose no update", async () => {
    const counts = await deployment.action(api.calls.parallelFromAction, {
      name: "action",
      times: 15,
    });
    expect([...counts].sort((a, b) => a - b)).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
  });

  test("a mutation whose return value breaks its validator leaves nothing", async () => {
    await expect(
      deployment.mutation(api.validators.returnFromMutation, { value: 1, key: "broken" }),
    ).rejects.toThrow();
    const left = await keys();
    await expectDifference(deployment, "return values are validated after the commit", {
      embedded: () => {
        expect(left).toEqual([]);
      },
      convexTest: () => {
        expect(left).toEqual(["broken"]);
      },
    });
  });
});
