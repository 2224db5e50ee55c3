import { expect, test } from "vitest";
import { api } from "../testing/fixture/convex/_generated/api";
import { describeConformance } from "./adapter.ts";

export default describeConformance("Node actions", (deployment) => {
  test("node:crypto", async () => {
    expect(await deployment.action(api.nodeActions.hash, { text: "a file" })).toBe(
      "7365d029861e32c521f8089b00a6fb32daf0615025b69b599d1ce53501b845c2",
    );
    const hex = await deployment.action(api.nodeActions.randomHex, { bytes: 8 });
    expect(hex).toMatch(/^[0-9a-f]{16}$/);
  });

  test("node:fs", async () => {
    expect(await deployment.action(api.nodeActions.writeAndReadFile, { text: "on disk" })).toBe(
      "on disk",
    );
  });

  test("run mutations as others do", async () => {
    expect(await deployment.action(api.nodeActions.runMutationFromNode, { text: "n" })).toBe(
      "mutation n",
    );
    expect(await deployment.query(api.scheduling.events, { source: "secretMutation" })).toEqual([
      "n",
    ]);
  });
});
