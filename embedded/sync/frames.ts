/**
 * What the server says on a web socket, as text. Results arrive as convex JSON text and are spliced
 * in as they are: a large document is never parsed on its way from the disk to the client.
 */
import type { FunctionCall, Outcome } from "../engine/types.ts";
import { clientFailure, clientLogLines, type ServerMode } from "../engine/failures.ts";
import type { Render } from "../live/registry.ts";

export interface StateVersion {
  querySet: number;
  identity: number;
  ts: bigint;
}

export const pingFrame = '{"type":"Ping"}';

/** The protocol's form of a timestamp: eight little-endian bytes in base64. */
export function encodeTs(ts: bigint): string {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64LE(ts);
  return bytes.toString("base64");
}

/**
 * The tail of a `QueryUpdated` or `QueryFailed`, everything but its query id, so that all sessions
 * that share a query share this text. Complete it with `modification`.
 */
export function renderer(mode: ServerMode): Render {
  return (call, outcome, journal) => {
    const tail = `"logLines":${JSON.stringify(clientLogLines(outcome, mode))},"journal":${JSON.stringify(journal)}}`;
    if (outcome.ok) return `"type":"QueryUpdated","value":${outcome.value},${tail}`;
    const failure = clientFailure(outcome.failure, call.request.requestId, mode);
    return `"type":"QueryFailed","errorMessage":${JSON.stringify(failure.message)},${errorData(failure.data)}${tail}`;
  };
}

/** One `StateModification` from a rendered result. */
export function modification(queryId: number, rendered: string): string {
  return `{"queryId":${queryId},${rendered}`;
}

/** The `StateModification` that confirms a removal. */
export function removal(queryId: number): string {
  return `{"type":"QueryRemoved","queryId":${queryId}}`;
}

/** @param clock milliseconds: by how much the client's clock is ahead (null: unknown), and the server's time now */
export function transitionFrame(
  start: StateVersion,
  end: StateVersion,
  modifications: readonly string[],
  clock: { skew: number | null; now: number },
): string {
  const skew = clock.skew === null ? "" : `,"clientClockSkew":${clock.skew}`;
  // serverTs counts nanoseconds.
  const times = `${skew},"serverTs":${Math.floor(clock.now)}000000`;
  return `{"type":"Transition","startVersion":${version(start)},"endVersion":${version(end)},"modifications":[${modifications.join(",")}]${times}}`;
}

/** The answer to a mutation that committed at `ts`. */
export function mutationFrame(
  requestId: number,
  outcome: Outcome & { ok: true },
  ts: bigint,
  mode: ServerMode,
): string {
  return `{"type":"MutationResponse","requestId":${requestId},"success":true,"result":${outcome.value},"ts":"${encodeTs(ts)}","logLines":${logLines(outcome, mode)}}`;
}

/** The answer to an action, or to a mutation that failed. */
export function responseFrame(
  type: "MutationResponse" | "ActionResponse",
  requestId: number,
  call: FunctionCall,
  outcome: Outcome,
  mode: ServerMode,
): string {
  const head = `{"type":"${type}","requestId":${requestId}`;
  const tail = `"logLines":${logLines(outcome, mode)}}`;
  if (outcome.ok) return `${head},"success":true,"result":${outcome.value},${tail}`;
  const failure = clientFailure(outcome.failure, call.request.requestId, mode);
  return `${head},"success":false,"result":${JSON.stringify(failure.message)},${errorData(failure.data)}${tail}`;
}

/** Tells the client that its token was refused, or (`attempted` false) that it has expired meanwhile. */
export function authErrorFrame(error: string, baseVersion: number, attempted: boolean): string {
  return JSON.stringify({ type: "AuthError", error, baseVersion, authUpdateAttempted: attempted });
}

/** Ends the client for good: it does not reconnect. */
export function fatalErrorFrame(error: string): string {
  return JSON.stringify({ type: "FatalError", error });
}

function version({ querySet, identity, ts }: StateVersion): string {
  return `{"querySet":${querySet},"identity":${identity},"ts":"${encodeTs(ts)}"}`;
}

function errorData(data: string | undefined): string {
  return data === undefined ? "" : `"errorData":${data},`;
}

function logLines(outcome: Outcome, mode: ServerMode): string {
  const lines = clientLogLines(outcome, mode);
  return lines.length === 0 ? "[]" : JSON.stringify(lines);
}
