/** Runs one function in its frame: arguments checked, time limited, the returned value checked. */
import type { Json, Outcome } from "../engine/types.ts";
import type { ReadTransaction } from "../store/types.ts";
import { decodeId } from "../values/ids.ts";
import { validateArguments, validateReturns } from "../values/validators.ts";
import { checkValueShape, LIMITS, valueSize } from "../values/limits.ts";
import type { FoundFunction, RegisteredFunction } from "./app.ts";
import { failureOf, Refusal } from "./failure.ts";
import { startDeadline } from "./deadlines.ts";
import { runInFrame, type Frame, type FrameKind } from "./frame.ts";

const KINDS: Record<FrameKind, string> = { query: "Query", mutation: "Mutation", action: "Action" };

/** Name of the table that an id belongs to, within one component. */
export function tableNamer(
  read: Pick<ReadTransaction, "catalog"> | null,
  component: string,
): (id: string) => string | null {
  return (id) => {
    const decoded = decodeId(id);
    if (decoded === null || read === null) return null;
    const table = read.catalog.tableByNumber(decoded.table);
    return table !== undefined && table.component === component ? table.name : null;
  };
}

/** @throws Refusal when the function is not of that kind */
export function requireKind(found: FoundFunction, kind: FrameKind): void {
  if (found.entry.udfType !== KINDS[kind]) {
    throw new Refusal(
      "notFound",
      `Trying to execute ${found.path} as ${KINDS[kind]}, but it is defined as ${found.entry.udfType}.`,
    );
  }
}

function checkArguments(
  found: FoundFunction,
  args: string,
  tableOf: (id: string) => string | null,
): void {
  if (args.length > LIMITS.argumentBytes) {
    throw new Refusal(
      "limit",
      `Arguments for ${found.path} are too large (actual: ${args.length} bytes, limit: ${LIMITS.argumentBytes} bytes)`,
    );
  }
  const value = JSON.parse(args) as Json;
  const shape = checkValueShape(value);
  if (shape !== null) throw new Refusal("invalid", shape);
  const problem = validateArguments(found.entry.args, value, tableOf);
  if (problem !== null) throw new Refusal("invalid", problem);
}

function checkResult(
  found: FoundFunction,
  result: string,
  tableOf: (id: string) => string | null,
): void {
  if (result.length > LIMITS.returnBytes) {
    const bytes = valueSize(JSON.parse(result) as Json);
    if (bytes > LIMITS.returnBytes) {
      throw new Refusal(
        "limit",
        `Function ${found.path} return value is too large (actual: ${bytes} bytes, limit: ${LIMITS.returnBytes} bytes)`,
      );
    }
  }
  if (found.entry.returns === null || found.entry.returns.type === "any") return;
  const problem = validateReturns(found.entry.returns, JSON.parse(result) as Json, tableOf);
  if (problem !== null) throw new Refusal("invalid", problem);
}

/**
 * Runs the function and returns its value's JSON text.
 * @throws Refusal, or whatever the function threw
 */
export async function invoke(
  frame: Frame,
  found: FoundFunction,
  args: string,
  tableOf: (id: string) => string | null,
): Promise<string> {
  requireKind(found, frame.kind);
  checkArguments(found, args, tableOf);
  const registered = await found.load();
  try {
    const result = await runInFrame(frame, () => start(frame, registered, `[${args}]`));
    checkResult(found, result, tableOf);
    return result;
  } finally {
    frame.closed = true;
    for (const query of frame.openQueries.values()) query.close();
  }
}

function start(frame: Frame, registered: RegisteredFunction, args: string): Promise<string> {
  const invocation =
    frame.kind === "query"
      ? registered.invokeQuery?.(args)
      : frame.kind === "mutation"
        ? registered.invokeMutation?.(args)
        : registered.invokeAction?.(frame.request.requestId, args);
  if (invocation === undefined)
    throw new Refusal("internal", `${frame.path} cannot be invoked as a ${frame.kind}.`);
  return invocation;
}

/** Like `invoke`, as an Outcome and with a limit on the time that it may wait. */
export async function invokeWithin(
  frame: Frame,
  found: FoundFunction,
  args: string,
  limits: { milliseconds: number; tableOf: (id: string) => string | null },
): Promise<Outcome> {
  const deadline = startDeadline(frame, limits.milliseconds);
  try {
    const value = await Promise.race([invoke(frame, found, args, limits.tableOf), deadline.passed]);
    return { ok: true, value, logLines: frame.logLines };
  } catch (thrown) {
    return { ok: false, failure: failureOf(thrown), logLines: frame.logLines };
  } finally {
    deadline.end();
  }
}
