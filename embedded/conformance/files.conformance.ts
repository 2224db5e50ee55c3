import { expect, test } from "vitest";
import { api } from "../testing/fixture/convex/_generated/api";
import { describeConformance, expectDifference } from "./adapter.ts";

const sha256 = {
  base64: "c2XQKYYeMsUh+AibAKb7MtrwYVAltptZnRzlNQG4RcI=",
  hex: "7365d029861e32c521f8089b00a6fb32daf0615025b69b599d1ce53501b845c2",
};

export default describeConformance("files", (deployment) => {
  const store = (text = "a file", contentType?: string) =>
    deployment.action(api.files.storeText, {
      text,
      ...(contentType === undefined ? {} : { contentType }),
    });

  test("an action reads what it stored", async () => {
    const id = await store("grüße 🦊", "text/plain");
    const read = await deployment.action(api.files.readText, { id });
    expect(read).toEqual({ text: "grüße 🦊", type: "text/plain", size: 12 });
  });

  test("a file has a URL until it is deleted", async () => {
    const id = await store();
    const url = await deployment.query(api.files.fileUrl, { id });
    expect(url).toMatch(/^https?:\/\/.*\/api\/storage\//);
    await deployment.mutation(api.files.removeFile, { id });
    expect(await deployment.query(api.files.fileUrl, { id })).toBeNull();
    expect(await deployment.action(api.files.readText, { id })).toBeNull();
    expect(await deployment.query(api.files.fileDocument, { id })).toBeNull();
  });

  test("the URL serves the file", async () => {
    const id = await store("served", "text/x-test");
    const url = await deployment.query(api.files.fileUrl, { id });
    await expectDifference(deployment, "files have no working URL", {
      embedded: async () => {
        const response = await fetch(url ?? "");
        expect(response.status).toBe(200);
        expect(response.headers.get("content-type")).toBe("text/x-test");
        expect(await response.text()).toBe("served");
      },
      convexTest: () => {
        expect(url).toContain("https://some-deployment.convex.cloud");
      },
    });
  });

  test("the document of a file has its size, hash and type", async () => {
    const id = await store("a file", "text/plain");
    const document = await deployment.query(api.files.fileDocument, { id });
    expect(document).toMatchObject({ size: 6, sha256: sha256.base64 });
    await expectDifference(deployment, "a stored file has no contentType", {
      embedded: () => {
        expect(document?.contentType).toBe("text/plain");
      },
      convexTest: () => {
        expect(document?.contentType).toBeUndefined();
      },
    });
  });

  test("getMetadata tells the same", async () => {
    const id = await store("a file", "text/plain");
    const metadata = () => deployment.query(api.files.fileMetadata, { id });
    await expectDifference(deployment, "storage.getMetadata is missing", {
      embedded: async () =>
        expect(await metadata()).toEqual({
          storageId: id,
          size: 6,
          sha256: sha256.hex,
          contentType: "text/plain",
        }),
      convexTest: () => expect(metadata()).rejects.toThrow(/does not support async syscall/),
    });
  });

  test("a mutation that fails deletes no file", async () => {
    const id = await store("kept");
    await expect(deployment.mutation(api.files.removeFileThenFail, { id })).rejects.toThrow();
    expect(await deployment.action(api.files.readText, { id })).toMatchObject({ text: "kept" });
  });

  test("deleting a file twice is refused", async () => {
    const id = await store();
    await deployment.mutation(api.files.removeFile, { id });
    await expect(deployment.mutation(api.files.removeFile, { id })).rejects.toThrow();
  });

  test("an upload URL takes a file", async () => {
    const url = await deployment.mutation(api.files.uploadUrl);
    expect(url).toMatch(/\/api\/storage\/upload\?token=/);
    await expectDifference(deployment, "files have no working URL", {
      embedded: async () => {
        const response = await fetch(url, {
          method: "POST",
          headers: { "content-type": "text/x-upload" },
          body: "uploaded",
        });
        expect(response.status).toBe(200);
        const { storageId } = (await response.json()) as {
          storageId: Awaited<ReturnType<typeof store>>;
        };
        expect(await deployment.action(api.files.readText, { id: storageId })).toEqual({
          text: "uploaded",
          type: "text/x-upload",
          size: 8,
        });
      },
      convexTest: () => {
        expect(url).toContain("https://some-deployment.convex.cloud");
      },
    });
  });
});
