/** Runs queries in a pinned snapshot: live ones with their reads recorded, one-shot ones without. */
import type {
  FunctionCall,
  Json,
  LiveQuery,
  LiveResult,
  Outcome,
  ReadRange,
} from "../engine/types.ts";
import type { ReadTransaction } from "../store/types.ts";
import { EVERY_COMMIT } from "../store/readTransaction.ts";
import { systemQueries, type SystemContext } from "../system/functions.ts";
import type { App, FoundFunction } from "./app.ts";
import { failureOf, Refusal } from "./failure.ts";
import { newFrame } from "./frame.ts";
import { invokeWithin, tableNamer } from "./invoke.ts";
import { Usage } from "./usage.ts";

export interface QueryRunner {
  app: App;
  functionTimeoutMs: number;
  system: Omit<SystemContext, "component">;
}

/** Finds a function for a caller from outside: public ones for everybody, internal ones for admins and the server. */
export function findForCaller(app: App, call: FunctionCall): FoundFunction {
  const found = app.find(call.component, call.path);
  if (found === null || (call.reach === "public" && found.entry.visibility !== "public")) {
    throw new Refusal(
      "notFound",
      `Could not find public function for '${call.path}'. Did you forget to run \`npx convex dev\` or \`npx convex deploy\`?`,
    );
  }
  return found;
}

export async function runQuery(
  runner: QueryRunner,
  call: FunctionCall,
  read: ReadTransaction,
  live: LiveQuery | null,
): Promise<LiveResult> {
  const before = performance.now();
  const reads: ReadRange[] | null = live === null ? null : [];
  const journal = { given: live?.journal ?? null, taken: null, used: false };
  const frame = newFrame({
    call,
    kind: "query",
    read,
    write: null,
    reads,
    usage: new Usage(),
    journal,
    now: Date.now(),
  });
  const outcome = await guarded(async () => {
    if (call.path.startsWith("_system/")) return runSystemQuery(runner, call, read, reads);
    const found = findForCaller(runner.app, call);
    return invokeWithin(frame, found, call.args, {
      milliseconds: runner.functionTimeoutMs,
      tableOf: tableNamer(read, call.component),
    });
  });
  return {
    key: live?.key ?? 0,
    outcome,
    journal: frame.journal.taken ?? journal.given,
    reads: reads ?? [],
    milliseconds: performance.now() - before,
  };
}

async function guarded(body: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await body();
  } catch (thrown) {
    return { ok: false, failure: failureOf(thrown), logLines: [] };
  }
}

/** The server's own queries, for the official tools. They depend on everything, and rerun on every commit. */
function runSystemQuery(
  runner: QueryRunner,
  call: FunctionCall,
  read: ReadTransaction,
  reads: ReadRange[] | null,
): Promise<Outcome> {
  const system = systemQueries[call.path] ?? systemQueries[call.path.replace(/:default$/, "")];
  if (system === undefined || call.caller.kind !== "admin") {
    throw new Refusal(
      "notFound",
      `Could not find public function for '${call.path}'. Did you forget to run \`npx convex dev\` or \`npx convex deploy\`?`,
    );
  }
  reads?.push(EVERY_COMMIT);
  const value = system(read, JSON.parse(call.args) as Record<string, Json>, {
    ...runner.system,
    component: call.component,
  });
  return Promise.resolve({ ok: true, value: JSON.stringify(value), logLines: [] });
}
