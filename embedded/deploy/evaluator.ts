/** Entry point of the thread that evaluates one push: takes the CLI's body as it came, answers once. */
import { AsyncLocalStorage, AsyncResource } from "node:async_hooks";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import type { Json } from "../engine/types.ts";
import { evaluatePush, pushId, type Evaluated } from "./evaluate.ts";
import { PushError, readPushRequest } from "./request.ts";

export interface EvaluatorInput {
  body: Uint8Array;
  encoding: string | null;
  pushesFolder: string;
}

export type EvaluatorAnswer =
  | { ok: true; adminKey: string | null; dryRun: boolean; evaluated: Evaluated }
  | { ok: false; error: string; expected: boolean };

const { body, encoding, pushesFolder } = workerData as EvaluatorInput;

function decode(): Json {
  try {
    const bytes =
      encoding === "br"
        ? brotliDecompressSync(body)
        : encoding === "gzip"
          ? gunzipSync(body)
          : Buffer.from(body);
    return JSON.parse(bytes.toString("utf8")) as Json;
  } catch {
    throw new PushError("The push cannot be read.");
  }
}

async function answer(): Promise<EvaluatorAnswer> {
  const scope = globalThis as unknown as Record<string, unknown>;
  scope.AsyncLocalStorage = AsyncLocalStorage;
  scope.AsyncResource = AsyncResource;
  try {
    const parsed = decode();
    const request = readPushRequest(parsed);
    const evaluated = await evaluatePush(request, join(pushesFolder, `${pushId(request)}.new`));
    const adminKey = (parsed as { adminKey?: Json }).adminKey;
    return {
      ok: true,
      adminKey: typeof adminKey === "string" ? adminKey : null,
      dryRun: request.dryRun,
      evaluated,
    };
  } catch (error) {
    const expected = error instanceof PushError;
    return {
      ok: false,
      error: expected ? error.message : String(error instanceof Error ? error.stack : error),
      expected,
    };
  }
}

parentPort?.postMessage(await answer());
