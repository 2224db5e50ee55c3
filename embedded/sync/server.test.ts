/** What the protocol promises frame by frame, and what happens to those who break it. */
import { connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { encodeTs } from "./frames.ts";
import {
  adminKey,
  RawClient,
  startTestServer,
  until,
  type Frame,
  type TestServer,
} from "./testServer.ts";

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function start(options?: Parameters<typeof startTestServer>[0]): Promise<TestServer> {
  const server = await startTestServer(options);
  servers.push(server);
  return server;
}

function add(queryId: number, udfPath: string, args: object = {}, more: object = {}): object {
  return { type: "Add", queryId, udfPath, args: [args], ...more };
}

function modify(baseVersion: number, ...modifications: object[]): object {
  return { type: "ModifyQuerySet", baseVersion, newVersion: baseVersion + 1, modifications };
}

function mutation(requestId: number, udfPath: string, args: object, more: object = {}): object {
  return { type: "Mutation", requestId, udfPath, args: [args], ...more };
}

const zero = encodeTs(0n);

test("versions chain from zero, and every added query is answered", async () => {
  const server = await start();
  const client = await server.raw();
  client.connect();
  client.say(
    modify(0, add(1, "counter:get", { key: "a" }), add(2, "counter.js:get", { key: "b" })),
  );
  await until(() => client.frames.length === 1);
  const first = client.frames[0];
  expect(first).toMatchObject({
    type: "Transition",
    startVersion: { querySet: 0, identity: 0, ts: zero },
    endVersion: { querySet: 1, identity: 0, ts: encodeTs(1_000n) },
    modifications: [
      { type: "QueryUpdated", queryId: 1, value: 0, logLines: [], journal: null },
      { type: "QueryUpdated", queryId: 2, value: 0, logLines: [], journal: null },
    ],
  });
  client.say(
    modify(1, { type: "Remove", queryId: 1 }),
    modify(2, add(2, "counter:get", { key: "b" })),
  );
  await until(() => client.frames.some((frame) => version(frame).querySet === 3));
  expect(client.frames[1]?.startVersion).toEqual(first?.endVersion);
  const changes = client.frames.slice(1).flatMap((frame) => frame.modifications as object[]);
  expect(changes).toMatchObject([
    { type: "QueryRemoved", queryId: 1 },
    { type: "QueryUpdated", queryId: 2 },
  ]);
});

function version(frame: Frame): { querySet: number; identity: number; ts: string } {
  return frame.endVersion as { querySet: number; identity: number; ts: string };
}

test("an answer is followed by a Transition that covers it, even when nothing changed", async () => {
  const server = await start();
  const client = await server.raw();
  client.connect();
  client.say(modify(0), mutation(0, "counter:add", { key: "a", by: 1 }));
  client.say(
    mutation(1, "counter:fail", { key: "a" }),
    mutation(2, "counter:add", { key: "a", by: 1 }),
  );
  await until(() => client.ofType("MutationResponse").length === 3);
  await until(() =>
    client.frames.some(
      (frame) => frame.type === "Transition" && version(frame).ts === encodeTs(1_002n),
    ),
  );
  const answers = client.ofType("MutationResponse");
  expect(answers.filter(({ success }) => success)).toMatchObject([
    { requestId: 0, result: 1, ts: encodeTs(1_001n), logLines: [] },
    { requestId: 2, result: 2, ts: encodeTs(1_002n), logLines: [] },
  ]);
  const last = client.frames.findLastIndex(({ requestId }) => requestId === 2);
  expect(client.frames.slice(last + 1).map(({ type }) => type)).toEqual(["Transition"]);
});

test("an answer that comes after its commit was published still gets its Transition", async () => {
  const server = await start();
  const { engine } = server;
  const mutate = engine.mutate.bind(engine);
  let release = (): void => undefined;
  engine.mutate = async (call, key) => {
    const outcome = await mutate(call, key);
    await new Promise<void>((resolve) => (release = resolve));
    return outcome;
  };
  const client = await server.raw();
  client.connect();
  client.say(modify(0, add(0, "counter:get", { key: "a" })));
  await until(() => client.frames.length === 1);
  client.say(mutation(0, "counter:add", { key: "a", by: 1 }));
  await until(() => client.frames.length === 2);
  expect(client.frames[1]).toMatchObject({ type: "Transition", modifications: [{ value: 1 }] });
  release();
  await until(() => client.frames.length === 4);
  expect(client.frames[2]).toMatchObject({ type: "MutationResponse", ts: encodeTs(1_001n) });
  expect(client.frames[3]).toMatchObject({
    type: "Transition",
    startVersion: { ts: encodeTs(1_001n) },
    endVersion: { ts: encodeTs(1_001n) },
    modifications: [],
  });
});

test("a client that has seen a newer timestamp is never shown an older one", async () => {
  const server = await start();
  const client = await server.raw();
  client.connect("raw", { maxObservedTimestamp: encodeTs(5_000n) });
  client.say(modify(0), mutation(0, "counter:add", { key: "a", by: 1 }));
  await until(() => client.ofType("MutationResponse").length === 1);
  await until(() => client.frames.at(-1)?.type === "Transition");
  for (const frame of client.ofType("Transition")) expect(version(frame).ts).toBe(encodeTs(5_000n));
  // The claim of one client is nothing to another.
  const other = await server.raw();
  other.connect();
  other.say(modify(0));
  await until(() => other.frames.length === 1);
  expect(version(other.frames[0] as Frame).ts).toBe(encodeTs(1_001n));
});

test("the same request of the same session is answered from the record", async () => {
  const server = await start();
  for (const name of ["first", "second"]) {
    const client = await server.raw();
    client.connect("same");
    client.say(modify(0), mutation(7, "counter:add", { key: "a", by: 1 }));
    await until(() => client.ofType("MutationResponse").length === 1);
    expect(client.ofType("MutationResponse")[0], name).toMatchObject({ requestId: 7, result: 1 });
  }
  expect(server.engine.newest.data.get("a")).toBe(1);
});

test("a refused identity changes nothing, an accepted one moves the version", async () => {
  const server = await start();
  const client = await server.raw();
  client.connect();
  client.say({ type: "Authenticate", tokenType: "User", value: "rubbish", baseVersion: 0 });
  client.say(modify(0, add(0, "users:me")));
  await until(() => client.frames.length === 2);
  expect(client.frames).toMatchObject([
    {
      type: "AuthError",
      baseVersion: 0,
      authUpdateAttempted: true,
      error: "The token is not a JWT",
    },
    { type: "Transition", endVersion: { identity: 0 }, modifications: [{ value: null }] },
  ]);
  const value = await server.token("ann");
  client.say({ type: "Authenticate", tokenType: "User", value, baseVersion: 0 });
  // Said before the verdict: it must count for the new identity.
  client.say(mutation(0, "users:sign", {}));
  await until(() => client.ofType("MutationResponse").length === 1);
  expect(client.ofType("MutationResponse")[0]).toMatchObject({ result: "ann" });
  expect(client.frames.at(-1)).toMatchObject({ type: "Transition", endVersion: { identity: 1 } });
});

test("after its end an identity's results are not sent, and its requests wait", async () => {
  const server = await start();
  const client = await server.raw();
  client.connect();
  const value = await server.token("ann", 1);
  client.say({ type: "Authenticate", tokenType: "User", value, baseVersion: 0 });
  client.say(modify(0, add(0, "users:me")));
  await until(() => client.ofType("AuthError").length === 1);
  expect(client.ofType("AuthError")[0]).toMatchObject({
    baseVersion: 0,
    authUpdateAttempted: false,
  });
  await until(() =>
    JSON.stringify(client.frames.at(-1)?.modifications ?? 0).includes('"value":null'),
  );
  client.say(mutation(0, "users:sign", {}));
  const fresh = await server.token("ann");
  client.say({ type: "Authenticate", tokenType: "User", value: fresh, baseVersion: 1 });
  await until(() => client.ofType("MutationResponse").length === 1);
  expect(client.ofType("MutationResponse")[0]).toMatchObject({ result: "ann" });
}, 15_000);

test("only the admin key opens components and internal functions", async () => {
  const server = await start();
  const client = await server.raw();
  client.connect();
  const inChild = { componentPath: "child" };
  client.say({ type: "Authenticate", tokenType: "Admin", value: "test|wrong", baseVersion: 0 });
  client.say(modify(0, add(0, "counter:get", { key: "a" }, inChild)));
  client.say(mutation(0, "counter:add", { key: "a", by: 1 }, inChild));
  await until(() => client.frames.length === 3);
  expect(client.ofType("AuthError")).toMatchObject([{ authUpdateAttempted: true }]);
  const missing = "Could not find public function for 'counter:get' in component 'child'";
  expect(client.ofType("Transition")).toMatchObject([
    {
      modifications: [
        { type: "QueryFailed", errorMessage: expect.stringContaining(missing) as string },
      ],
    },
  ]);
  expect(client.ofType("MutationResponse")).toMatchObject([{ success: false }]);
  expect(server.engine.executed).toEqual([]);
  client.say({ type: "Authenticate", tokenType: "Admin", value: adminKey, baseVersion: 0 });
  await until(() => server.engine.executed.length === 1);
  expect(server.engine.executed[0]).toMatchObject({ component: "child", reach: "any" });
});

test.each<[string, string | Buffer]>([
  ["no JSON", "{"],
  ["no object", "[]"],
  ["unknown type", '{"type":"Hello"}'],
  ["a second Connect", '{"type":"Connect","sessionId":"x","connectionCount":0}'],
  ["args that are no object", JSON.stringify(mutation(0, "a:b", [] as object))],
  ["a negative request id", JSON.stringify(mutation(-1, "a:b", {}))],
  ["a request id that is no integer", JSON.stringify(mutation(0.5, "a:b", {}))],
  ["a path that is no string", '{"type":"Action","requestId":1,"udfPath":1,"args":[{}]}'],
  ["modifications that are no array", '{"type":"ModifyQuerySet","baseVersion":0,"newVersion":1}'],
  ["an unknown modification", JSON.stringify(modify(0, { type: "Change", queryId: 1 }))],
  ["an unknown tokenType", '{"type":"Authenticate","tokenType":"God","baseVersion":0}'],
  [
    "a token that is no string",
    '{"type":"Authenticate","tokenType":"User","baseVersion":0,"value":{}}',
  ],
  [
    "args nested beyond measure",
    `{"type":"Action","requestId":1,"udfPath":"a:b","args":[{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}]}`,
  ],
  ["a binary frame", Buffer.from("{}")],
])("%s ends that connection and disturbs no other", async (_name, message) => {
  const server = await start();
  const [bad, good] = [await server.raw(), await server.raw()];
  for (const client of [bad, good]) {
    client.connect();
    client.say(modify(0, add(0, "counter:get", { key: "a" })));
    await until(() => client.frames.length === 1);
  }
  bad.socket.send(message);
  await until(() => bad.closed !== null);
  expect(bad.frames.at(-1)?.type).toBe("FatalError");
  expect(bad.closed?.code).toBe(1008);
  good.say(mutation(0, "counter:add", { key: "a", by: 1 }));
  await until(() => good.frames.length >= 3);
  expect(good.closed).toBeNull();
  await until(() => server.sync.connections === 1);
});

test("anything before Connect is refused", async () => {
  const server = await start();
  const client = await server.raw();
  client.say(modify(0));
  await until(() => client.closed !== null);
  expect(client.frames.map(({ type }) => type)).toEqual(["FatalError"]);
});

test.each([
  ["query set", modify(3), "BaseVersionMismatch"],
  [
    "identity",
    { type: "Authenticate", tokenType: "None", baseVersion: 3 },
    "IdentityVersionMismatch",
  ],
])(
  "a %s version that does not chain closes, so that the client begins anew",
  async (_n, message, reason) => {
    const server = await start();
    const client = await server.raw();
    client.connect();
    client.say(modify(0, add(0, "counter:get", { key: "a" })));
    await until(() => server.publisher.queries === 1);
    client.say(message);
    await until(() => client.closed !== null);
    expect(client.closed).toEqual({ code: 1008, reason });
    expect(client.ofType("FatalError")).toEqual([]);
    await until(() => server.publisher.queries === 0);
  },
);

test("an oversized message closes with 1009", async () => {
  const server = await start({ limits: { messageBytes: 1_000 } });
  const client = await server.raw();
  client.connect();
  client.say(mutation(0, "counter:add", { key: "x".repeat(2_000), by: 1 }));
  await until(() => client.closed !== null);
  expect(client.closed?.code).toBe(1009);
  expect(server.engine.newest.data.size).toBe(0);
});

test("too many queries or unanswered requests close that connection", async () => {
  const server = await start({ limits: { queries: 2, pending: 2 } });
  server.engine.actions = { "act:never": () => new Promise(() => undefined) };
  const greedy = await server.raw();
  greedy.connect();
  greedy.say(modify(0, ...[1, 2, 3].map((id) => add(id, "counter:get", { key: `k${id}` }))));
  const hasty = await server.raw();
  hasty.connect();
  for (const id of [1, 2, 3])
    hasty.say({ type: "Action", requestId: id, udfPath: "act:never", args: [{}] });
  await until(() => greedy.closed !== null && hasty.closed !== null);
  for (const { closed } of [greedy, hasty]) {
    expect(closed?.reason).toMatch(/^TooManyConcurrentRequests/);
  }
});

test("connections beyond the limit and other paths are refused", async () => {
  const server = await start({ limits: { connections: 1 } });
  await server.raw();
  expect(await upgradeStatus(`${server.url}/api/1.48.0/sync`)).toBe(503);
  expect(await upgradeStatus(`${server.url}/api/sync`)).toBe(404);
});

function upgradeStatus(url: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url.replace("http", "ws"));
    socket.on("error", () => undefined);
    socket.on("unexpected-response", (_request, response) => {
      resolve(response.statusCode);
      socket.terminate();
    });
  });
}

test("any origin and any client version may connect", async () => {
  const server = await start();
  const socket = new WebSocket(`${server.url.replace("http", "ws")}/api/0.0.1-x/sync?a=b`, {
    origin: "https://elsewhere.test",
  });
  await new Promise((resolve) => socket.once("open", resolve));
  expect(server.sync.connections).toBe(1);
  socket.terminate();
});

test("a silent socket is pinged, one that nobody answers is dropped", async () => {
  const server = await start({ limits: { pingAfter: 10 } });
  const client = await server.raw();
  client.connect();
  await until(() => client.ofType("Ping").length >= 3);
  expect(client.closed).toBeNull();
  await client.close();
  await until(() => server.sync.connections === 0);
  const mute = connect(Number(new URL(server.url).port), "127.0.0.1");
  mute.write(
    "GET /api/1/sync HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
  );
  let ended = false;
  // It reads, but never answers a ping.
  mute.on("data", () => undefined).on("close", () => (ended = true));
  await until(() => ended);
});

test("a client that does not read is dropped, and others are served", async () => {
  const server = await start({ limits: { unreadBytes: 100_000 } });
  server.engine.functions["big:get"] = (tx) =>
    `${String(tx.get("a") ?? 0)}${"x".repeat(1_000_000)}`;
  const [lazy, good] = [await server.raw(), await server.raw()];
  for (const client of [lazy, good]) {
    client.connect();
    client.say(modify(0, add(0, client === lazy ? "big:get" : "counter:get", { key: "a" })));
    await until(() => client.frames.length === 1);
  }
  lazy.socket.pause();
  for (let i = 0; server.sync.connections === 2; i++) {
    good.say(mutation(i, "counter:add", { key: "a", by: 1 }));
    await until(() => good.ofType("MutationResponse").length === i + 1);
  }
  expect(good.closed).toBeNull();
  lazy.socket.resume();
  await until(() => lazy.closed !== null);
});

test("an answer and its Transition leave in one write", async () => {
  const server = await start();
  const client = await server.raw();
  client.connect();
  client.say(modify(0, add(0, "counter:get", { key: "a" })));
  await until(() => client.frames.length === 1);
  const { socket } = client as unknown as { socket: { _socket: NodeJS.EventEmitter } };
  const chunks: string[] = [];
  socket._socket.prependListener("data", (chunk: Buffer) => chunks.push(chunk.toString("latin1")));
  client.say(mutation(0, "counter:add", { key: "a", by: 1 }));
  await until(() => client.frames.length === 3);
  expect(chunks).toHaveLength(1);
  expect(chunks[0]).toContain('"MutationResponse"');
  expect(chunks[0]).toContain('"Transition"');
});

test("closing the server closes its sockets and drops their queries", async () => {
  const server = await start();
  const client = await server.raw();
  client.connect();
  client.say(modify(0, add(0, "counter:get", { key: "a" })));
  await until(() => server.publisher.queries === 1);
  await server.sync.close();
  await until(() => client.closed !== null);
  expect(client.closed?.reason).toMatch(/^InternalServerError/);
  expect(server.publisher.queries).toBe(0);
  const late = new RawClient(`${server.url.replace("http", "ws")}/api/1/sync`);
  await expect(late.opened).rejects.toThrow();
});
