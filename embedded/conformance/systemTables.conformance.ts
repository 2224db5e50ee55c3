import { expect, test } from "vitest";
import { api } from "../testing/fixture/convex/_generated/api";
import { describeConformance } from "./adapter.ts";

export default describeConformance("system tables", (deployment) => {
  test("a scheduled function is a document of `_scheduled_functions`", async () => {
    const before = Date.now();
    const id = await deployment.mutation(api.scheduling.scheduleAfter, {
      source: "system",
      text: "later",
      milliseconds: 3_600_000,
    });
    const job = await deployment.query(api.scheduling.job, { id });
    expect(job).toMatchObject({
      _id: id,
      args: [{ source: "system", text: "later" }],
      state: { kind: "pending" },
    });
    expect(job?.name).toMatch(/^scheduling(\.js)?:record$/);
    expect(job?.scheduledTime).toBeGreaterThanOrEqual(before + 3_500_000);
    expect(job?.completedTime).toBeUndefined();
    const all = await deployment.query(api.scheduling.jobs);
    expect(all.map((one) => one._id)).toContain(id);
    await deployment.mutation(api.scheduling.cancel, { id });
  });

  test("a stored file is a document of `_storage`", async () => {
    const id = await deployment.action(api.files.storeText, { text: "a file" });
    const document = await deployment.query(api.files.fileDocument, { id });
    expect(document).toMatchObject({
      _id: id,
      size: 6,
      sha256: "c2XQKYYeMsUh+AibAKb7MtrwYVAltptZnRzlNQG4RcI=",
    });
    const all = await deployment.query(api.files.fileDocuments);
    expect(all.map((one) => one._id)).toContain(id);
  });
});
