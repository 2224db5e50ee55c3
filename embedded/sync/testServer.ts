/** A loopback server for tests: the real sockets, sessions and publisher over the engine in memory. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { BaseConvexClient, type BaseConvexClientOptions } from "convex/browser";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from "jose";
import { WebSocket } from "ws";
import { TokenVerifier } from "../auth/verify.ts";
import type { ServerMode } from "../engine/failures.ts";
import { MemoryConvexError, MemoryEngine, type MemoryFunction } from "../live/memoryEngine.ts";
import { Publisher } from "../live/publisher.ts";
import { renderer } from "./frames.ts";
import { attachSync, type SyncDependencies, type SyncServer } from "./server.ts";

const functions: Record<string, MemoryFunction> = {
  "counter:get": (tx, { key }) => tx.get(String(key)) ?? 0,
  "counter:add": (tx, { key, by }) => {
    const sum = Number(tx.get(String(key)) ?? 0) + Number(by);
    tx.set(String(key), sum);
    return sum;
  },
  "counter:fail": (tx, { key }) => {
    tx.set(String(key), -1);
    throw new Error("no such luck");
  },
  "counter:refuse": () => {
    throw new MemoryConvexError({ code: "full" });
  },
  "users:me": (tx, _args, call) => {
    tx.get("profile");
    if (call.caller.kind === "user") return call.caller.identity.subject;
    if (call.caller.kind === "admin") return call.caller.impersonating?.subject ?? "admin";
    return null;
  },
  "users:sign": (tx, _args, call) => {
    const subject = call.caller.kind === "user" ? call.caller.identity.subject : "nobody";
    tx.set("signature", subject);
    return subject;
  },
};

export const adminKey = "test|secret";

const issuer = "https://issuer.test";

/** What a test talks to. `stop` ends everything that it started. */
export interface TestServer {
  url: string;
  engine: MemoryEngine;
  publisher: Publisher;
  sync: SyncServer;
  http: Server;
  /** Every TCP connection that is open. */
  sockets: Set<Socket>;
  /** A signed token of the user, valid for so many seconds. */
  token(subject: string, seconds?: number): Promise<string>;
  client(options?: Partial<BaseConvexClientOptions>): BaseConvexClient;
  raw(): Promise<RawClient>;
  stop(): Promise<void>;
}

export async function startTestServer(
  options: { mode?: ServerMode } & Partial<
    Pick<SyncDependencies, "limits" | "report" | "engine">
  > = {},
): Promise<TestServer> {
  const mode = options.mode ?? "development";
  const engine = new MemoryEngine({ ...functions });
  const publisher = new Publisher(engine, renderer(mode), () => undefined);
  const { sign, jwks } = await makeIssuer();
  const verifier = new TokenVerifier(() => [
    { type: "customJwt", issuer, applicationID: "app", algorithm: "ES256", jwks },
  ]);
  const http = createServer();
  const sync = attachSync(http, {
    engine: options.engine ?? engine,
    publisher,
    authenticate: {
      verify: (token) => verifier.verify(token),
      isAdminKey: (key) => key === adminKey,
    },
    mode,
    now: Date.now,
    ...(options.limits && { limits: options.limits }),
    ...(options.report && { report: options.report }),
  });
  const sockets = new Set<Socket>();
  http.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const clients: { close(): Promise<void> }[] = [];
  let nonce = 0;
  return {
    url,
    engine,
    publisher,
    sync,
    http,
    sockets,
    token: (subject, seconds = 3_600) => sign(subject, seconds, nonce++),
    client(extra) {
      const client = new BaseConvexClient(url, () => undefined, {
        // The shapes differ only in events that the client does not use.
        webSocketConstructor: WebSocket as unknown as typeof globalThis.WebSocket,
        skipConvexDeploymentUrlCheck: true,
        logger: false,
        ...extra,
      });
      clients.push(client);
      return client;
    },
    async raw() {
      const client = new RawClient(`${url.replace("http", "ws")}/api/1.48.0/sync`);
      clients.push(client);
      await client.opened;
      return client;
    },
    async stop() {
      await Promise.all(clients.map((client) => client.close()));
      await sync.close();
      publisher.stop();
      http.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function makeIssuer() {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const keys = JSON.stringify({
    keys: [{ ...(await exportJWK(publicKey)), kid: "k", alg: "ES256" }],
  });
  const jwks = `data:text/plain;charset=utf-8;base64,${Buffer.from(keys).toString("base64")}`;
  const sign = (subject: string, seconds: number, nonce: number) =>
    signToken(privateKey, subject, seconds, nonce);
  return { jwks, sign };
}

function signToken(
  key: CryptoKey,
  subject: string,
  seconds: number,
  nonce: number,
): Promise<string> {
  const now = Date.now() / 1_000;
  return new SignJWT({ jti: String(nonce) })
    .setProtectedHeader({ alg: "ES256", kid: "k" })
    .setIssuer(issuer)
    .setSubject(subject)
    .setAudience("app")
    .setIssuedAt(Math.floor(now))
    .setExpirationTime(now + seconds)
    .sign(key);
}

/** A frame of the server, parsed. */
export type Frame = { type: string } & Record<string, unknown>;

/** A web socket that says exactly what the test says. */
export class RawClient {
  readonly socket: WebSocket;
  readonly frames: Frame[] = [];
  readonly opened: Promise<unknown>;
  closed: { code: number; reason: string } | null = null;

  constructor(url: string) {
    this.socket = new WebSocket(url);
    this.opened = once(this.socket, "open");
    this.socket.on("message", (data: Buffer) =>
      this.frames.push(JSON.parse(data.toString()) as Frame),
    );
    this.socket.on("close", (code, reason) => (this.closed = { code, reason: reason.toString() }));
    this.socket.on("error", () => undefined);
  }

  say(...messages: object[]): void {
    for (const message of messages) this.socket.send(JSON.stringify(message));
  }

  connect(sessionId = "raw", more: object = {}): void {
    this.say({
      type: "Connect",
      sessionId,
      connectionCount: 0,
      lastCloseReason: null,
      clientTs: 0,
      ...more,
    });
  }

  ofType(type: string): Frame[] {
    return this.frames.filter((frame) => frame.type === type);
  }

  close(): Promise<void> {
    this.socket.terminate();
    return Promise.resolve();
  }
}

/** Waits for a condition; the test's own time limit is the only clock. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}
