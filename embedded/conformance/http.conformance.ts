import { expect, test } from "vitest";
import { api } from "../testing/fixture/convex/_generated/api";
import type { Id } from "../testing/fixture/convex/_generated/dataModel";
import { describeConformance, expectDifference } from "./adapter.ts";

export default describeConformance("HTTP actions", (deployment) => {
  const text = async (path: string, init?: RequestInit) =>
    (await deployment.fetchHttp(path, init)).text();

  test("a route answers", async () => {
    const response = await deployment.fetchHttp("/hello");
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("hello");
  });

  test("no route, or none of the method, is 404", async () => {
    expect((await deployment.fetchHttp("/nowhere")).status).toBe(404);
    expect((await deployment.fetchHttp("/hello", { method: "POST" })).status).toBe(404);
  });

  test("bytes go in and out unchanged", async () => {
    const bytes = new Uint8Array(70_000).map((_, i) => i % 256);
    const response = await deployment.fetchHttp("/echo", {
      method: "POST",
      headers: { "content-type": "application/x-test" },
      body: bytes,
    });
    expect(response.status).toBe(201);
    expect(response.headers.get("content-type")).toBe("application/x-test");
    expect(response.headers.get("x-length")).toBe("70000");
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  });

  test.each(["GET", "POST", "PUT", "PATCH", "DELETE"])(
    "%s arrives as it was sent",
    async (method) => {
      const body = method === "GET" ? undefined : "the body";
      const response = await deployment.fetchHttp("/inspect?a=1&b=%C3%BC", {
        method,
        headers: { "x-test": "header" },
        ...(body === undefined ? {} : { body }),
      });
      expect(await response.json()).toMatchObject({
        method,
        path: "/inspect",
        search: { a: "1", b: "ü" },
        header: "header",
        body: body ?? "",
      });
    },
  );

  test("a HEAD request gets the headers of GET", async () => {
    const response = await deployment.fetchHttp("/hello", { method: "HEAD" });
    expect(response.status).toBe(200);
    await expectDifference(deployment, "a HEAD request gets a body", {
      embedded: async () => {
        expect(await response.text()).toBe("");
      },
      convexTest: async () => {
        expect(await response.text()).toBe("hello");
      },
    });
  });

  test("prefixes: an exact path wins, then the longest prefix", async () => {
    expect(await (await deployment.fetchHttp("/prefix/any/thing")).json()).toMatchObject({
      path: "/prefix/any/thing",
    });
    expect(await text("/prefix/longer/x")).toBe("longer /prefix/longer/x");
    expect(await text("/prefix/exact")).toBe("exact");
  });

  test("several cookies stay several", async () => {
    const response = await deployment.fetchHttp("/cookies");
    expect(response.headers.getSetCookie()).toEqual([
      "first=1; Path=/; HttpOnly",
      "second=2; Path=/",
    ]);
  });

  test("a body may be a stream", async () => {
    expect(await text("/stream")).toBe("first second third");
    expect(await deployment.query(api.scheduling.events, { source: "stream" })).toEqual([
      "between",
    ]);
  });

  test("CORS is the app's own affair", async () => {
    const preflight = await deployment.fetchHttp("/cors", { method: "OPTIONS" });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("https://app.example");
    expect(preflight.headers.get("access-control-allow-headers")).toBe("content-type, x-test");
    const plain = await deployment.fetchHttp("/hello", {
      headers: { origin: "https://app.example" },
    });
    expect(plain.headers.get("access-control-allow-origin")).toBeNull();
  });

  test.each([200, 204, 302, 404, 418, 503])("status %d", async (code) => {
    const response = await deployment.fetchHttp(`/status?code=${code}`);
    expect(response.status).toBe(code);
    if (code === 302) expect(response.headers.get("location")).toBe("/hello");
  });

  test("an action that throws is a 500", async () => {
    await expectDifference(deployment, "an HTTP action's error reaches the caller", {
      embedded: async () => {
        const response = await deployment.fetchHttp("/throw");
        expect(response.status).toBe(500);
      },
      convexTest: () => expect(deployment.fetchHttp("/throw")).rejects.toThrow(/http action fails/),
    });
  });

  test("it runs mutations", async () => {
    const response = await deployment.fetchHttp("/event", { method: "POST", body: "posted" });
    expect(response.status).toBe(202);
    expect(await deployment.query(api.scheduling.events, { source: "http" })).toEqual(["posted"]);
  });

  test("it stores and sends files", async () => {
    const stored = await deployment.fetchHttp("/file", {
      method: "POST",
      headers: { "content-type": "text/x-file" },
      body: "file body",
    });
    const { id } = (await stored.json()) as { id: Id<"_storage"> };
    expect(await text(`/file?id=${id}`)).toBe("file body");
    expect(await deployment.query(api.files.fileDocument, { id })).toMatchObject({ size: 9 });
  });

  test("many requests at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        const response = await deployment.fetchHttp(`/inspect?i=${i}`);
        return ((await response.json()) as { search: { i: string } }).search.i;
      }),
    );
    expect(answers).toEqual(Array.from({ length: 20 }, (_, i) => String(i)));
  });
});
