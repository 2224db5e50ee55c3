/** Calling functions over HTTP, as `ConvexHttpClient`, `convex run` and plain scripts do. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { clientFailure, clientLogLines, type ServerMode } from "../engine/failures.ts";
import { canonicalPath } from "../engine/functionPath.ts";
import type { Caller, Engine, FunctionCall, Json, Outcome } from "../engine/types.ts";
import { authenticate, requestMetadata, type CallerDeps } from "./caller.ts";
import { HttpError, readJsonObject, sendJson, type RouteHandler, type Router } from "./router.ts";
import { exportValue, parseFormat, type ValueFormat } from "./valueFormat.ts";

export interface ApiDeps extends CallerDeps {
  engine: Pick<Engine, "query" | "mutate" | "act" | "runAny" | "live">;
  mode: ServerMode;
  instanceName: string;
}

/** Arguments may have 16 MiB; the rest is for names and escapes. */
const BODY_LIMIT = 20 * 1024 * 1024;

/** The status by which the official clients know a function's own failure. */
const FUNCTION_FAILED = 560;

type Body = Record<string, unknown>;
type PathOf = (body: Body, params: Record<string, string>) => string;
type Execute = (call: FunctionCall, body: Body) => Promise<Outcome>;

/** Registers the routes under `/api/` that call functions, and those that name the server. */
export function registerApiRoutes(router: Router, deps: ApiDeps): void {
  const { engine } = deps;
  const call = (execute: Execute, pathOf: PathOf = bodyPath): RouteHandler => {
    return async ({ request, response, params }) => {
      const body = await readJsonObject(request, BODY_LIMIT);
      await answer(deps, { request, response, body, path: pathOf(body, params), execute });
    };
  };
  router.get("/version", sendText("trellis-embedded"));
  router.get("/instance_name", sendText(deps.instanceName));
  router.get("/instance_version", sendText("trellis-embedded"));
  router.post(
    "/api/query",
    call((query) => engine.query(query)),
  );
  router.get("/api/query", async ({ request, response, url }) => {
    const body = bodyOfSearch(url.searchParams);
    const execute: Execute = (query) => engine.query(query);
    await answer(deps, { request, response, body, path: bodyPath(body), execute });
  });
  router.post(
    "/api/mutation",
    call((mutation) => engine.mutate(mutation, null)),
  );
  router.post(
    "/api/action",
    call((action) => engine.act(action)),
  );
  router.post(
    "/api/function",
    call((any) => engine.runAny(any)),
  );
  router.post(
    "/api/run/*",
    call(
      (any) => engine.runAny(any),
      (_body, params) => runPath(params.rest ?? ""),
    ),
  );
  router.post("/api/query_ts", ({ response }) => {
    sendJson(response, 200, { ts: encodeTs(engine.live.lastCommit) });
  });
  router.post(
    "/api/query_at_ts",
    call((query, body) => queryAt(engine, query, body.ts)),
  );
}

function sendText(text: string): RouteHandler {
  return ({ response }) => {
    response.writeHead(200, { "content-type": "text/plain; charset=utf-8" }).end(text);
  };
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  body: Body;
  path: string;
  execute: Execute;
}

async function answer(deps: ApiDeps, exchange: Exchange): Promise<void> {
  const { body, response } = exchange;
  const format = parseFormat(body.format);
  const args = argumentsOf(body.args);
  const caller = await authenticate(exchange.request, deps);
  const isAdmin = caller.kind === "admin";
  const request = requestMetadata(exchange.request);
  const path = canonicalPath(exchange.path);
  const call: FunctionCall = {
    component: componentOf(body.componentPath, caller),
    ...{ path, args, caller, request },
    reach: isAdmin ? "any" : "public",
  };
  const outcome = await exchange.execute(call, body);
  // Whoever holds the admin key is the developer.
  const mode = isAdmin ? "development" : deps.mode;
  const text = outcomeText(outcome, { requestId: request.requestId, mode, format });
  response.writeHead(outcome.ok ? 200 : FUNCTION_FAILED, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}

/** The answer's JSON, with the value spliced in as it is. */
function outcomeText(
  outcome: Outcome,
  how: { requestId: string; mode: ServerMode; format: ValueFormat },
): string {
  const logLines = JSON.stringify(clientLogLines(outcome, how.mode));
  if (outcome.ok) {
    const value = exportValue(outcome.value, how.format);
    return `{"status":"success","value":${value},"logLines":${logLines}}`;
  }
  const { message, data } = clientFailure(outcome.failure, how.requestId, how.mode);
  const errorData = data === undefined ? "" : `,"errorData":${exportValue(data, how.format)}`;
  return `{"status":"error","errorMessage":${JSON.stringify(message)}${errorData},"logLines":${logLines}}`;
}

/** @throws HttpError 400 */
function bodyPath(body: Body): string {
  if (typeof body.path === "string" && body.path !== "") return body.path;
  throw new HttpError(400, "BadJsonBody", "The request's body has no `path` of a function.");
}

/** `/api/run/dir/messages/list` calls `dir/messages:list`; the function's usual name works, too. */
function runPath(rest: string): string {
  const path = decode(rest);
  const slash = path.lastIndexOf("/");
  return path.includes(":") || slash === -1
    ? path
    : `${path.slice(0, slash)}:${path.slice(slash + 1)}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new HttpError(400, "BadPath", "The function's name is not valid in a URL.");
  }
}

/**
 * Convex JSON text of the argument object, which clients send bare or in an array.
 * @throws HttpError 400
 */
function argumentsOf(given: unknown): string {
  const args: unknown = Array.isArray(given)
    ? given.length > 1
      ? null
      : (given[0] ?? {})
    : (given ?? {});
  if (typeof args !== "object" || args === null || Array.isArray(args)) {
    throw new HttpError(400, "InvalidArguments", "A function takes one object as its arguments.");
  }
  return JSON.stringify(args);
}

/** @throws HttpError 403 */
function componentOf(given: unknown, caller: Caller): string {
  if (given === undefined || given === null || given === "") return "";
  if (typeof given !== "string") {
    throw new HttpError(400, "BadJsonBody", "`componentPath` must be a string.");
  }
  if (caller.kind !== "admin") {
    const message = "Functions of components can only be called with the admin key.";
    throw new HttpError(403, "ComponentForbidden", message);
  }
  return given;
}

/** @throws HttpError 400 */
function bodyOfSearch(search: URLSearchParams): Body {
  const args = search.get("args");
  try {
    return {
      path: search.get("path"),
      args: args === null ? {} : (JSON.parse(args) as Json),
      format: search.get("format"),
    };
  } catch {
    throw new HttpError(400, "InvalidArguments", "`args` is not JSON.");
  }
}

/**
 * A query at the timestamp that `query_ts` gave out. Only the newest snapshot can be read here, so
 * this refuses when something was committed meanwhile; an answer from another time would be wrong.
 * @throws HttpError 400
 */
async function queryAt(
  engine: ApiDeps["engine"],
  call: FunctionCall,
  ts: unknown,
): Promise<Outcome> {
  if (typeof ts !== "string") {
    throw new HttpError(400, "BadJsonBody", "The request's body has no `ts`.");
  }
  const outcome = await engine.query(call);
  if (encodeTs(outcome.ts) !== ts) {
    const message = "The data has changed since that timestamp. Ask for a new one and begin again.";
    throw new HttpError(400, "TimestampOutOfRange", message);
  }
  return outcome;
}

function encodeTs(ts: bigint): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(ts);
  return bytes.toString("base64");
}
