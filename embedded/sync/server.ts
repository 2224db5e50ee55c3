/**
 * The web socket endpoint `/api/<client version>/sync`: accepts connections, limits them, keeps them
 * alive, and closes those whose client has stopped reading.
 */
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import type { ServerMode } from "../engine/failures.ts";
import type { Engine } from "../engine/types.ts";
import type { Publisher } from "../live/publisher.ts";
import { pingFrame, renderer } from "./frames.ts";
import type { Authenticator } from "./identity.ts";
import { Session, type Connection, type SessionContext, type SessionLimits } from "./session.ts";

export interface SyncLimits extends SessionLimits {
  /** Sockets at one time. */
  connections: number;
  /** Bytes of one incoming message. */
  messageBytes: number;
  /** Bytes that may wait for a client to read them, before more is sent. */
  unreadBytes: number;
  /** Milliseconds of silence after which the server pings. */
  pingAfter: number;
}

export interface SyncDependencies {
  engine: Pick<Engine, "mutate" | "act">;
  /** Made with `renderer(mode)` of `frames.ts`. */
  publisher: Publisher;
  authenticate: Authenticator;
  mode: ServerMode;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Hears of errors that are the server's own fault; by default they go to stderr. */
  report?: (error: unknown) => void;
  limits?: Partial<SyncLimits>;
}

export interface SyncServer {
  /** Open sockets. */
  readonly connections: number;
  /** Resolves when nobody waits for an answer any more, at the latest after so many milliseconds. */
  drained(milliseconds: number): Promise<void>;
  /** Refuses new sockets, closes all open ones; resolves when they are gone. */
  close(): Promise<void>;
}

const defaultLimits: SyncLimits = {
  connections: 10_000,
  messageBytes: 32 * 2 ** 20,
  unreadBytes: 16 * 2 ** 20,
  pingAfter: 15_000,
  queries: 5_000,
  pending: 10_000,
};

/** How often `drained` looks. */
const DRAIN_LOOK_MS = 10;

const syncPath = /^\/api\/[^/]+\/sync$/;

/** Serves the sync protocol on the server's upgrades, all of which it takes over: other paths get 404. */
export function attachSync(httpServer: Server, dependencies: SyncDependencies): SyncServer {
  const limits = { ...defaultLimits, ...dependencies.limits };
  const { engine, publisher, authenticate, mode, now } = dependencies;
  const context: SessionContext = {
    engine,
    publisher,
    render: renderer(mode),
    authenticator: authenticate,
    mode,
    now,
    limits,
    report: dependencies.report ?? ((error) => console.error(error)),
  };
  const sockets = new Map<WebSocket, Session>();
  const acceptor = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.messageBytes,
  });
  let closing = false;

  const onUpgrade = (request: IncomingMessage, duplex: Duplex, head: Buffer): void => {
    // Until ws has taken over, a reset connection would be an unhandled error.
    duplex.on("error", () => duplex.destroy());
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    if (!syncPath.test(path)) {
      refuse(duplex, "404 Not Found");
      return;
    }
    if (closing || sockets.size >= limits.connections) {
      refuse(duplex, "503 Service Unavailable");
      return;
    }
    acceptor.handleUpgrade(request, duplex, head, (socket) => {
      sockets.set(socket, serve(socket, duplex, request, context, limits));
      socket.once("close", () => sockets.delete(socket));
    });
  };
  httpServer.on("upgrade", onUpgrade);

  return {
    get connections() {
      return sockets.size;
    },
    async drained(milliseconds) {
      const end = performance.now() + milliseconds;
      const isBusy = () => [...sockets.values()].some((session) => session.isWaitedFor);
      while (isBusy() && performance.now() < end)
        await new Promise((resolve) => setTimeout(resolve, DRAIN_LOOK_MS));
    },
    async close() {
      closing = true;
      const gone = [...sockets.keys()].map(
        (socket) => new Promise<void>((resolve) => socket.once("close", () => resolve())),
      );
      for (const socket of sockets.keys()) {
        socket.close(1012, "InternalServerError: the server is restarting");
        // Whoever does not answer the closing handshake is cut off.
        setTimeout(() => socket.terminate(), 1_000).unref();
      }
      // The listener stays, to refuse whoever comes until the HTTP server itself has closed.
      await Promise.all(gone);
    },
  };
}

function refuse(duplex: Duplex, status: string): void {
  duplex.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function serve(
  socket: WebSocket,
  duplex: Duplex,
  request: IncomingMessage,
  context: SessionContext,
  limits: SyncLimits,
): Session {
  const connection = new SocketConnection(socket, duplex, limits);
  const session = new Session(context, connection, {
    ip: request.socket.remoteAddress ?? null,
    userAgent: request.headers["user-agent"] ?? null,
  });
  socket.on("message", (data: RawData, isBinary: boolean) => {
    if (isBinary || !(data instanceof Buffer)) session.fail("Received a binary message");
    else session.receive(data.toString("utf8"));
  });
  // ws closes the socket itself after a protocol error or an oversized message.
  socket.on("error", () => session.close());
  socket.on("close", () => {
    connection.stop();
    session.close();
  });
  return session;
}

/** Writes a session's frames, pings a silent client and gives up on one that reads or answers no more. */
class SocketConnection implements Connection {
  #lastWrite = performance.now();
  #timer: NodeJS.Timeout;
  #awaitsPong = false;

  constructor(
    private readonly socket: WebSocket,
    private readonly duplex: Duplex,
    private readonly limits: SyncLimits,
  ) {
    socket.on("pong", () => (this.#awaitsPong = false));
    this.#timer = this.#arm(limits.pingAfter);
  }

  send(texts: readonly string[]): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    // Measured before writing: one large answer is no sign of a client that does not read.
    if (this.socket.bufferedAmount > this.limits.unreadBytes) {
      this.socket.terminate();
      return;
    }
    this.#lastWrite = performance.now();
    this.duplex.cork();
    for (const text of texts) this.socket.send(text);
    this.duplex.uncork();
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason.slice(0, 120));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #arm(delay: number): NodeJS.Timeout {
    // One timer per silence instead of one per write: it looks when the last write was.
    return setTimeout(() => this.#onTimer(), delay).unref();
  }

  #onTimer(): void {
    const silence = performance.now() - this.#lastWrite;
    if (silence >= this.limits.pingAfter) {
      if (this.#awaitsPong) {
        this.socket.terminate();
        return;
      }
      this.send([pingFrame]);
      // The protocol's Ping has no answer; the web socket's own tells whether anybody is there.
      if (this.socket.readyState === this.socket.OPEN) this.socket.ping();
      this.#awaitsPong = true;
      this.#timer = this.#arm(this.limits.pingAfter);
    } else {
      this.#timer = this.#arm(this.limits.pingAfter - silence);
    }
  }
}
