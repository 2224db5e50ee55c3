/** The site port: hands requests to the app's HTTP actions and streams their responses back. */
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { HttpActionFailed } from "../engine/actionPool.ts";
import type { ServerMode } from "../engine/failures.ts";
import type { Caller, Engine, HttpActionResponse } from "../engine/types.ts";
import { requestMetadata, type CallerDeps } from "./caller.ts";
import { sendJson } from "./router.ts";

export interface SiteDeps {
  engine: Pick<Engine, "serveHttpAction">;
  verifier: CallerDeps["verifier"];
  /** Address of the site as its visitors know it. */
  siteUrl: string;
  mode: ServerMode;
}

/** They concern one connection, not the message. */
const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
]);

/** Methods that a web `Request` cannot have. */
const IMPOSSIBLE = new Set(["CONNECT", "TRACE", "TRACK"]);

/** A listener for the site's HTTP server. Adds nothing of its own to what the app answers, CORS included. */
export function createSiteHandler(
  deps: SiteDeps,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    serve(deps, request, response).catch(() => {
      // The answer has begun and cannot be finished; an end without its end tells the client.
      response.destroy();
    });
  };
}

async function serve(
  deps: SiteDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? "GET";
  if (IMPOSSIBLE.has(method)) {
    response.writeHead(405).end();
    return;
  }
  const gone = new AbortController();
  response.once("close", () => {
    gone.abort();
    // What the action did not read of the request would block the connection's next one.
    if (!request.complete) request.destroy();
  });
  const metadata = requestMetadata(request);
  try {
    const authToken = bearerToken(request);
    const answer = await deps.engine.serveHttpAction({
      method,
      url: deps.siteUrl.replace(/\/+$/, "") + pathOf(request),
      headers: headersOf(request),
      body: bodyOf(request),
      request: metadata,
      caller: await callerOf(deps, authToken),
      authToken,
      signal: gone.signal,
    });
    if (answer === null) {
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
      response.end("No matching routes found");
    } else await send(answer, response);
  } catch (failure) {
    if (!(failure instanceof HttpActionFailed) || response.headersSent) throw failure;
    const code = `[Request ID: ${metadata.requestId}] Server Error`;
    const trace = failure.failure.message;
    sendJson(response, 500, deps.mode === "development" ? { code, trace } : { code });
  }
}

function pathOf(request: IncomingMessage): string {
  const target = request.url ?? "/";
  if (target.startsWith("/")) return target;
  // An absolute URL, as proxies are sent; its host is not ours to believe.
  const { pathname, search } = new URL(target, "http://site");
  return pathname + search;
}

function headersOf(request: IncomingMessage): [string, string][] {
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    const name = (request.rawHeaders[i] ?? "").toLowerCase();
    if (!HOP_BY_HOP.has(name)) headers.push([name, request.rawHeaders[i + 1] ?? ""]);
  }
  return headers;
}

function bearerToken(request: IncomingMessage): string | null {
  return /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? null;
}

/** A token that proves nothing makes nobody of its bearer: apps use bearers of their own, too. */
async function callerOf(deps: SiteDeps, token: string | null): Promise<Caller> {
  if (token === null || token.split(".").length !== 3) return { kind: "anonymous" };
  const verdict = await deps.verifier.verify(token);
  return verdict.ok ? { kind: "user", identity: verdict.identity } : { kind: "anonymous" };
}

/** The request's body as a stream that is read no faster than it is consumed; null when there is none. */
function bodyOf(request: IncomingMessage): ReadableStream<Uint8Array> | null {
  if (request.method === "GET" || request.method === "HEAD") return null;
  const length = request.headers["content-length"];
  if (
    length === "0" ||
    (length === undefined && request.headers["transfer-encoding"] === undefined)
  ) {
    return null;
  }
  const chunks = request.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await chunks.next();
          if (next.done === true) controller.close();
          // A copy: the thread that gets it would otherwise get all of the buffer that it is a part of.
          else controller.enqueue(new Uint8Array(next.value));
        } catch {
          controller.error(new Error("The client has gone away."));
        }
      },
    },
    { highWaterMark: 0 },
  );
}

async function send(answer: HttpActionResponse, response: ServerResponse): Promise<void> {
  const headers = answer.headers.filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()));
  response.writeHead(answer.status, answer.statusText, headers.flat());
  if (answer.body === null) {
    response.end();
    return;
  }
  // The client sees the beginning when there is one, not when there is much of it.
  response.flushHeaders();
  const reader = answer.body.getReader();
  const closed = once(response, "close").then(() => "closed" as const);
  for (;;) {
    const next = await Promise.race([reader.read(), closed]);
    if (next === "closed") {
      await reader.cancel("The client has gone away.");
      return;
    }
    if (next.done) break;
    if (!response.write(next.value)) await Promise.race([once(response, "drain"), closed]);
  }
  response.end();
}
