/** The official client, unmodified, over a loopback socket. */
import type { AuthTokenFetcher, BaseConvexClient } from "convex/browser";
import { ConvexClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { ConvexError } from "convex/values";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { adminKey, startTestServer, until, type TestServer } from "./testServer.ts";

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function start(options?: Parameters<typeof startTestServer>[0]): Promise<TestServer> {
  const server = await startTestServer(options);
  servers.push(server);
  return server;
}

function result(client: BaseConvexClient, name: string, args = {}): unknown {
  try {
    return client.localQueryResult(name, args);
  } catch (error) {
    return error;
  }
}

const key = { key: "k" };

test("a subscription shows a mutation's effect when its promise resolves", async () => {
  const server = await start();
  const writer = server.client();
  const reader = server.client();
  for (const client of [writer, reader]) client.subscribe("counter:get", key);
  await until(() => result(writer, "counter:get", key) === 0);
  for (let i = 1; i <= 50; i++) {
    expect(await writer.mutation("counter:add", { ...key, by: 1 })).toBe(i);
    expect(result(writer, "counter:get", key)).toBe(i);
  }
  await until(() => result(reader, "counter:get", key) === 50);
});

test("ConvexClient works as it is documented", async () => {
  const server = await start();
  const client = new ConvexClient(server.url, {
    webSocketConstructor: WebSocket as unknown as typeof globalThis.WebSocket,
    skipConvexDeploymentUrlCheck: true,
    logger: false,
  });
  const seen: unknown[] = [];
  client.onUpdate(makeFunctionReference<"query">("counter:get"), key, (value: unknown) =>
    seen.push(value),
  );
  await until(() => seen.length === 1);
  await client.mutation(makeFunctionReference<"mutation">("counter:add"), { ...key, by: 5 });
  await until(() => seen.length === 2);
  expect(seen).toEqual([0, 5]);
  await client.close();
});

test("mutations resolve without any subscription, in the order they were made", async () => {
  const server = await start();
  const client = server.client();
  const sums = await Promise.all(
    Array.from(
      { length: 300 },
      () => client.mutation("counter:add", { ...key, by: 1 }) as Promise<number>,
    ),
  );
  expect(sums).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
});

test("an optimistic update is replaced exactly once, by the real result", async () => {
  const server = await start();
  const client = server.client();
  client.subscribe("counter:get", key);
  await until(() => result(client, "counter:get", key) === 0);
  const shown: unknown[] = [];
  client.addOnTransitionHandler(() => shown.push(result(client, "counter:get", key)));
  await client.mutation(
    "counter:add",
    { ...key, by: 1 },
    {
      optimisticUpdate: (store) => {
        store.setQuery(makeFunctionReference<"query">("counter:get"), key, 100);
      },
    },
  );
  expect(shown.filter((value, i) => value !== shown[i - 1])).toEqual([100, 1]);
});

test("errors reach the client as Convex words them", async () => {
  const server = await start();
  const client = server.client();
  client.subscribe("nothing:here");
  await expect(client.mutation("counter:fail", key)).rejects.toThrow(
    /\[Request ID: [0-9a-f]{16}\] Server Error\nUncaught Error: no such luck/,
  );
  await until(() => result(client, "nothing:here") instanceof Error);
  expect(String(result(client, "nothing:here"))).toContain(
    "Could not find public function for 'nothing:here'. Did you forget to run `npx convex dev`",
  );
  const refused: unknown = await client
    .mutation("counter:refuse", {})
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ConvexError);
  expect((refused as ConvexError<{ code: string }>).data).toEqual({ code: "full" });
  expect(server.engine.newest.data.size).toBe(0);
});

test("in production an error tells nothing but its request id", async () => {
  const server = await start({ mode: "production" });
  const client = server.client();
  const error: unknown = await client
    .mutation("counter:fail", key)
    .catch((reason: unknown) => reason);
  expect(String(error)).toMatch(/\[Request ID: [0-9a-f]{16}\] Server Error/);
  expect(String(error)).not.toContain("luck");
  const refused: unknown = await client
    .mutation("counter:refuse", {})
    .catch((reason: unknown) => reason);
  expect((refused as ConvexError<{ code: string }>).data).toEqual({ code: "full" });
});

test("actions run side by side", async () => {
  const server = await start();
  const client = server.client();
  let finish = (): void => undefined;
  const first = new Promise<void>((resolve) => (finish = resolve));
  server.engine.actions = {
    "act:wait": async () => {
      await first;
      return "waited";
    },
    "act:go": () => {
      finish();
      return Promise.resolve("went");
    },
    "act:throw": () => Promise.reject(new Error("broken")),
  };
  const waiting = client.action("act:wait", {});
  expect(await client.action("act:go", {})).toBe("went");
  expect(await waiting).toBe("waited");
  await expect(client.action("act:throw", {})).rejects.toThrow("broken");
});

test("a mutation whose answer was lost is sent again and executed once", async () => {
  const server = await start();
  const client = server.client();
  client.subscribe("counter:get", key);
  await until(() => result(client, "counter:get", key) === 0);
  const { engine } = server;
  const mutate = engine.mutate.bind(engine);
  let calls = 0;
  engine.mutate = async (call, requestKey) => {
    const outcome = await mutate(call, requestKey);
    calls += 1;
    if (calls === 1) {
      // Committed, but the answer never leaves.
      for (const socket of server.sockets) socket.destroy();
    }
    return outcome;
  };
  expect(await client.mutation("counter:add", { ...key, by: 1 })).toBe(1);
  expect(calls).toBe(2);
  expect(result(client, "counter:get", key)).toBe(1);
  expect(engine.newest.data.get("k")).toBe(1);
});

test("a mutation that the engine gave up on is tried again by the client", async () => {
  const errors: unknown[] = [];
  const server = await start({ report: (error) => errors.push(error) });
  const client = server.client();
  const mutate = server.engine.mutate.bind(server.engine);
  server.engine.mutate = (call) => {
    server.engine.mutate = mutate;
    return Promise.reject(new Error(`writer died before ${call.path}`));
  };
  expect(await client.mutation("counter:add", { ...key, by: 2 })).toBe(2);
  expect(errors).toHaveLength(1);
});

function signIn(client: BaseConvexClient, fetcher: AuthTokenFetcher): boolean[] {
  const changes: boolean[] = [];
  client.setAuth(fetcher, (isAuthenticated) => changes.push(isAuthenticated));
  return changes;
}

test("signing in and out changes whose data is shown", async () => {
  const server = await start();
  const client = server.client();
  client.subscribe("users:me");
  await until(() => result(client, "users:me") === null);
  const token = await server.token("ann");
  let fetches = 0;
  const changes = signIn(client, () => {
    fetches += 1;
    return Promise.resolve(token);
  });
  // The client fetches twice; signing out in between would be undone by the client itself.
  await until(() => result(client, "users:me") === "ann" && fetches === 2);
  expect(changes).toEqual([true]);
  expect(await client.mutation("users:sign", {})).toBe("ann");
  client.clearAuth();
  await until(() => result(client, "users:me") === null);
  expect(await client.mutation("users:sign", {})).toBe("nobody");
  signIn(client, () => server.token("bob"));
  await until(() => result(client, "users:me") === "bob");
});

test("a fresher token of the same user runs nothing again", async () => {
  const server = await start();
  const client = server.client();
  client.subscribe("users:me");
  const tokens: string[] = [];
  signIn(client, async () => {
    const token = await server.token("ann");
    tokens.push(token);
    return token;
  });
  // The client always fetches a second token as soon as the first is confirmed.
  await until(() => tokens.length === 2 && result(client, "users:me") === "ann");
  expect(await client.mutation("users:sign", {})).toBe("ann");
  const asAnn = server.engine.executed.filter(({ caller }) => caller.kind === "user");
  expect(asAnn).toHaveLength(1);
});

test("a refused token leaves the client signed out", async () => {
  const server = await start();
  const client = server.client();
  client.subscribe("users:me");
  const good = await server.token("ann");
  const forged = `${good.slice(0, good.lastIndexOf("."))}.${"A".repeat(86)}`;
  const changes = signIn(client, () => Promise.resolve(forged));
  await until(() => changes.includes(false));
  expect(changes).toEqual([false]);
  await until(() => result(client, "users:me") === null);
});

test("an expired token makes the client fetch another, and mutations wait for it", async () => {
  const server = await start();
  const client = server.client({ authRefreshTokenLeewaySeconds: -1_000 });
  client.subscribe("users:me");
  let fetches = 0;
  signIn(client, () => {
    fetches += 1;
    return server.token("ann", fetches <= 2 ? 3 : 3_600);
  });
  await until(() => result(client, "users:me") === "ann" && fetches === 2);
  // A third fetch can only have been caused by the server, whose timer noticed the end.
  await until(() => fetches === 3);
  expect(await client.mutation("users:sign", {})).toBe("ann");
  await until(() => result(client, "users:me") === "ann");
}, 15_000);

test("an admin sees what the user sees that he acts as", async () => {
  const server = await start();
  const client = server.client();
  client.subscribe("users:me");
  const asAdmin = client as unknown as {
    setAdminAuth(key: string, identity?: { issuer: string; subject: string }): void;
  };
  asAdmin.setAdminAuth(adminKey);
  await until(() => result(client, "users:me") === "admin");
  asAdmin.setAdminAuth(adminKey, { issuer: "i", subject: "carl" });
  await until(() => result(client, "users:me") === "carl");
  expect(server.engine.executed.at(-1)).toMatchObject({
    reach: "any",
    caller: { kind: "admin", impersonating: { tokenIdentifier: "i|carl" } },
  });
});
