/** In production mode the texts of errors and logs stay inside. */
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { ConvexError } from "convex/values";
import { describe, expect, test } from "vitest";
import { api } from "./fixture/convex/_generated/api";
import { useFixtureServer } from "./fixtureServer.ts";

const server = useFixtureServer({ mode: "production" });
const secret = "the database password is 1234";

async function messageOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("the call did not fail");
}

describe("over HTTP", () => {
  const http = () => new ConvexHttpClient(server().url, { logger: false });

  test("a plain error is a Server Error with a request id", async () => {
    const message = await messageOf(
      http().query(api.errors.throwPlainFromQuery, { message: secret }),
    );
    expect(message).toMatch(/\[Request ID: [^\]]+\] Server Error/);
    expect(message).not.toContain("password");
  });

  test("a ConvexError keeps its data", async () => {
    const call = http().mutation(api.errors.throwDataFromMutation, { data: { code: "x" } });
    await expect(call).rejects.toBeInstanceOf(ConvexError);
    await expect(call).rejects.toMatchObject({ data: { code: "x" } });
  });

  test("log lines stay inside", async () => {
    const response = await fetch(`${server().url}/api/query`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        path: "environment:logInQuery",
        format: "convex_encoded_json",
        args: [{ text: secret }],
      }),
    });
    const { logLines } = (await response.json()) as { logLines?: string[] };
    expect(logLines ?? []).toEqual([]);
  });

  test("an HTTP action's error is a bare 500", async () => {
    const response = await fetch(`${server().siteUrl}/throw`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("the http action fails");
  });
});

describe("over the web socket", () => {
  test("errors of queries, mutations and actions hide their texts", async () => {
    const client = new ConvexClient(server().url, { logger: false });
    try {
      for (const call of [
        () => client.query(api.errors.throwPlainFromQuery, { message: secret }),
        () => client.mutation(api.errors.throwPlainFromMutation, { message: secret }),
        () => client.action(api.errors.throwPlainFromAction, { message: secret }),
      ]) {
        const message = await messageOf(call());
        expect(message).toContain("Server Error");
        expect(message).not.toContain("password");
      }
      await expect(
        client.action(api.errors.throwDataFromAction, { data: "kept" }),
      ).rejects.toMatchObject({ data: "kept" });
    } finally {
      await client.close();
    }
  });
});
