/** The endpoints that the official CLI uses to push code and configure the deployment. Admin key required. */
import type { IncomingMessage } from "node:http";
import type { Activator, SchemaState } from "../engine/activator.ts";
import {
  HttpError,
  readBody,
  readJsonObject,
  sendJson,
  type RouteHandler,
  type Router,
} from "../http/router.ts";
import type { LogHub } from "../logs/logHub.ts";
import { checkEnvironment, type EnvironmentChange } from "./environment.ts";
import { schemaChangeOf } from "./diff.ts";
import type { Pushes } from "./push.ts";
import { PushError } from "./request.ts";

export interface DeployDeps {
  isAdmin(key: string): boolean;
  activator: Activator;
  pushes: Pushes;
  logs: LogHub;
  cloudUrl: string;
  siteUrl: string;
}

/** Compressed bytes of a push. */
const MAX_PUSH = 64 * 1024 * 1024;
const MAX_JSON = 64 * 1024 * 1024;

/** The key of `Authorization: Convex <key>`. */
export function adminKeyOf(request: IncomingMessage): string | null {
  const header = request.headers.authorization ?? "";
  return header.startsWith("Convex ") ? header.slice("Convex ".length) : null;
}

export function registerDeployRoutes(router: Router, deps: DeployDeps): void {
  const { activator, pushes } = deps;
  const requireAdmin = (key: unknown): void => {
    if (typeof key !== "string" || !deps.isAdmin(key)) {
      throw new HttpError(
        401,
        "BadDeployKey",
        "The provided deploy key is invalid for this deployment",
      );
    }
  };
  /** Older CLIs name the key in the body. */
  const adminJson = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
    const key = adminKeyOf(request);
    if (key !== null) requireAdmin(key);
    const body = await readJsonObject(request, MAX_JSON);
    if (key === null) requireAdmin(body.adminKey);
    return body;
  };
  const post = (path: string, handler: (body: Record<string, unknown>) => unknown): void => {
    router.post(path, async ({ request, response }) => {
      const body = await adminJson(request);
      sendJson(response, 200, await asHttp(() => handler(body)));
    });
  };
  const get = (path: string, handler: RouteHandler): void => {
    router.get(path, (route) => {
      requireAdmin(adminKeyOf(route.request));
      return handler(route);
    });
  };

  get("/api/v1/get_canonical_urls", ({ response }) => {
    sendJson(response, 200, { convexCloudUrl: deps.cloudUrl, convexSiteUrl: deps.siteUrl });
  });
  get("/api/stream_function_logs", async ({ url, response }) => {
    const gone = new AbortController();
    response.once("close", () => {
      gone.abort();
    });
    sendJson(
      response,
      200,
      await deps.logs.after(Number(url.searchParams.get("cursor") ?? 0), gone.signal),
    );
  });
  get("/api/check_admin_key", ({ response }) => {
    sendJson(response, 200, {});
  });

  post("/api/get_config_hashes", () => {
    const active = activator.active();
    return {
      config: { functions: "convex/", authInfo: active?.auth ?? [] },
      // The CLI sends every module then: pushes are self-contained, and no half of one can be missing.
      moduleHashes: [],
      nodeDependencies: [],
      udfServerVersion: active?.udfServerVersion ?? null,
    };
  });
  router.post("/api/deploy2/start_push", async ({ request, response }) => {
    requireAdmin(adminKeyOf(request));
    const body = await readRaw(request);
    sendJson(
      response,
      200,
      await asHttp(() => pushes.start(body, request.headers["content-encoding"] ?? null)),
    );
  });
  router.post("/api/deploy2/evaluate_push", async ({ request, response }) => {
    requireAdmin(adminKeyOf(request));
    const body = await readRaw(request);
    const started = await asHttp(() =>
      pushes.start(body, request.headers["content-encoding"] ?? null),
    );
    sendJson(response, 200, {
      schemaChange: schemaChangeOf(activator.active(), pushes.manifest(started)),
    });
  });
  post("/api/deploy2/evaluate_schema", () => ({
    componentSchemaEvaluations: {},
    newComponentDefinitions: [],
  }));
  post("/api/deploy2/wait_for_schema", async (body) => {
    const startPush = startPushOf(body) ?? { pushToken: tokenOf(body) };
    pushes.manifest(startPush);
    if (body.dryRun === true) return { type: "complete" };
    return schemaStatus(await pushes.schema(startPush, 2000));
  });
  post("/api/deploy2/finish_push", (body) =>
    pushes.finish(startPushOf(body), body.dryRun === true),
  );
  post("/api/deploy2/report_push_completed", () => ({}));
  post("/api/update_environment_variables", async (body) => {
    const changes = environmentChanges(body.changes);
    const problem = checkEnvironment(activator.environment(), changes);
    if (problem !== null) throw new HttpError(400, problem.code, problem.message);
    await activator.setEnvironment(changes);
    return {};
  });
}

/** A push is decompressed by the thread that evaluates it. */
async function readRaw(request: IncomingMessage): Promise<Buffer> {
  const encoding = request.headers["content-encoding"];
  delete request.headers["content-encoding"];
  const body = await readBody(request, MAX_PUSH);
  if (encoding !== undefined) request.headers["content-encoding"] = encoding;
  return body;
}

async function asHttp<T>(body: () => T | Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    if (error instanceof PushError) throw new HttpError(400, "PushFailed", error.message);
    throw error;
  }
}

function startPushOf(body: Record<string, unknown>): unknown {
  return body.startPush;
}

/** `wait_for_schema` names the schema change only; the token travels in it. */
function tokenOf(body: Record<string, unknown>): unknown {
  return (body.schemaChange as { pushToken?: unknown } | null | undefined)?.pushToken;
}

function environmentChanges(value: unknown): EnvironmentChange[] {
  if (!Array.isArray(value)) throw new HttpError(400, "BadJson", "`changes` must be a list.");
  return value.map((change: { name?: unknown; value?: unknown } | null) => {
    if (typeof change?.name !== "string")
      throw new HttpError(400, "BadJson", "Each change needs a name.");
    if (change.value !== undefined && change.value !== null && typeof change.value !== "string") {
      throw new HttpError(400, "BadJson", `The value of ${change.name} must be a string.`);
    }
    return { name: change.name, value: change.value ?? null };
  });
}

function schemaStatus(state: SchemaState): unknown {
  if (state.type !== "inProgress") return state;
  const components: Record<
    string,
    { schemaValidationComplete: boolean; indexesComplete: number; indexesTotal: number }
  > = {};
  for (const [key, progress] of Object.entries(state.backfilled)) {
    const component = key.slice(0, key.indexOf("\0"));
    const entry = (components[component] ??= {
      schemaValidationComplete: state.validated[component] ?? true,
      indexesComplete: 0,
      indexesTotal: 0,
    });
    entry.indexesTotal += 1;
    if (progress.complete) entry.indexesComplete += 1;
  }
  return { type: "inProgress", components };
}
