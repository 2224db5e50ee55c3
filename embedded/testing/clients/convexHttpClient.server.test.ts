/** The official HTTP client, and what its requests look like on the wire. */
import { ConvexHttpClient } from "convex/browser";
import { ConvexError } from "convex/values";
import { expect, test } from "vitest";
import { api } from "../fixture/convex/_generated/api";
import { useFixtureServer } from "../fixtureServer.ts";
import { signToken } from "../identities.ts";

const server = useFixtureServer();
const connect = (auth?: string) =>
  new ConvexHttpClient(server().url, { logger: false, ...(auth === undefined ? {} : { auth }) });

test("queries, mutations and actions", async () => {
  const client = connect();
  expect(await client.mutation(api.values.save, { key: "http", value: { a: 1n } })).toMatch(
    /^[0-9a-z]{31,37}$/,
  );
  expect(await client.query(api.values.load, { key: "http" })).toEqual({ a: 1n });
  expect(await client.action(api.calls.fromAction, { text: "t" })).toHaveLength(3);
});

test("mutations of one client queue, unless they are told not to", async () => {
  const client = connect();
  const name = "http queue";
  const counts = await Promise.all(
    Array.from({ length: 10 }, () => client.mutation(api.transactions.incrementCounter, { name })),
  );
  expect(counts).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const unordered = await Promise.all(
    Array.from({ length: 10 }, () =>
      client.mutation(api.transactions.incrementCounter, { name }, { skipQueue: true }),
    ),
  );
  expect([...unordered].sort((a, b) => a - b)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
});

test("consistent queries read one moment", async () => {
  const client = connect();
  const name = "http consistent";
  await client.mutation(api.transactions.incrementCounter, { name });
  const read = () => client.consistentQuery(api.transactions.readCounter, { name });
  expect(await read()).toBe(1);
});

test("a user, and a token that is no good", async () => {
  const client = connect(await signToken({ subject: "ada" }));
  expect((await client.query(api.identity.whoAmIInQuery))?.subject).toBe("ada");
  client.clearAuth();
  expect(await client.query(api.identity.whoAmIInQuery)).toBeNull();
  client.setAuth(await signToken({ subject: "ada" }, { expiresIn: -60 }));
  await expect(client.query(api.identity.whoAmIInQuery)).rejects.toThrow();
  client.setAuth("no token");
  await expect(client.query(api.identity.whoAmIInQuery)).rejects.toThrow();
});

test("errors keep their data", async () => {
  const client = connect();
  const call = client.query(api.errors.throwDataFromQuery, { data: { code: "x", n: 2n } });
  await expect(call).rejects.toBeInstanceOf(ConvexError);
  await expect(call).rejects.toMatchObject({ data: { code: "x", n: 2n } });
});

test("log lines come with the answer in development", async () => {
  const response = await fetch(`${server().url}/api/query`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      path: "environment:logInQuery",
      format: "convex_encoded_json",
      args: [{ text: "a line" }],
    }),
  });
  const body = (await response.json()) as { status: string; value: string; logLines: string[] };
  expect(body).toMatchObject({ status: "success", value: "a line" });
  expect(body.logLines).toHaveLength(5);
  expect(body.logLines.join("\n")).toContain("a line");
});

test("a failed function is status 560, a wrong request 400", async () => {
  const post = (body: string) =>
    fetch(`${server().url}/api/query`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
  const failed = await post(
    JSON.stringify({
      path: "errors:throwPlainFromQuery",
      format: "convex_encoded_json",
      args: [{ message: "no" }],
    }),
  );
  expect(failed.status).toBe(560);
  expect(await failed.json()).toMatchObject({ status: "error" });
  expect((await post("{")).status).toBe(400);
});

test("browsers of any origin may call", async () => {
  const preflight = await fetch(`${server().url}/api/query`, {
    method: "OPTIONS",
    headers: {
      origin: "https://app.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type,convex-client",
    },
  });
  expect(preflight.ok).toBe(true);
  expect(preflight.headers.get("access-control-allow-origin")).toMatch(
    /^(\*|https:\/\/app\.example)$/,
  );
  expect(preflight.headers.get("access-control-allow-headers")?.toLowerCase()).toContain(
    "content-type",
  );
});
