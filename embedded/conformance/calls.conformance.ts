import { expect, test } from "vitest";
import { api, internal } from "../testing/fixture/convex/_generated/api";
import { describeConformance, expectDifference } from "./adapter.ts";

export default describeConformance("calls between functions", (deployment) => {
  const secretEvents = () => deployment.query(api.scheduling.events, { source: "secretMutation" });

  test("queries, mutations and actions run internal functions", async () => {
    expect(await deployment.query(api.calls.fromQuery, { text: "t" })).toBe("query t");
    expect(await deployment.mutation(api.calls.fromMutation, { text: "t" })).toEqual([
      "query t",
      "mutation t",
    ]);
    expect(await deployment.action(api.calls.fromAction, { text: "t" })).toEqual([
      "query t",
      "mutation t",
      "action t",
    ]);
    expect(await secretEvents()).toEqual(["t", "t"]);
  });

  test("internal functions are out of reach from outside", async () => {
    const call = () => deployment.query(internal.calls.secretQuery, { text: "t" });
    await expectDifference(deployment, "internal functions can be called from outside", {
      embedded: () => expect(call()).rejects.toThrow(/Could not find public function/),
      convexTest: async () => expect(await call()).toBe("query t"),
    });
  });

  test("an administrator may call internal functions", async () => {
    const admin = deployment.asAdmin();
    expect(await admin.query(internal.calls.secretQuery, { text: "t" })).toBe("query t");
    expect(await admin.mutation(internal.calls.secretMutation, { text: "t" })).toBe("mutation t");
    expect(await admin.action(internal.calls.secretAction, { text: "t" })).toBe("action t");
  });

  test("what an action did before it failed stays", async () => {
    await expect(deployment.action(api.calls.actThenFail, { text: "kept" })).rejects.toThrow(
      /the action fails/,
    );
    expect(await secretEvents()).toEqual(["kept"]);
  });

  test("arguments of inner calls are validated", async () => {
    await expect(deployment.query(api.calls.callWithWrongArguments)).rejects.toThrow(
      /ArgumentValidationError|Validator error/,
    );
  });

  test("handles stand for functions in actions", async () => {
    for (const kind of ["query", "mutation", "action"] as const) {
      const handle = await deployment.mutation(api.calls.makeHandle, { kind });
      expect(handle).toMatch(/^function:\/\//);
      expect(
        await deployment.action(api.calls.callHandleFromAction, { kind, handle, text: "h" }),
      ).toBe(`${kind} h`);
    }
  });

  test("handles stand for functions in mutations and in the scheduler", async () => {
    const handle = await deployment.mutation(api.calls.makeHandle, { kind: "mutation" });
    expect(
      await deployment.mutation(api.calls.callHandleFromMutation, { handle, text: "direct" }),
    ).toBe("mutation direct");
    await deployment.mutation(api.calls.scheduleHandle, { handle, text: "scheduled" });
    await deployment.finishScheduled();
    expect(await secretEvents()).toEqual(["direct", "scheduled"]);
  });
});
