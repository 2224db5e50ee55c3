/** Entry point of the thread that evaluates one push: takes the CLI's body as it came, answers once. */
import { AsyncLocalStorage, AsyncResource } from "node:async_hooks";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import type { AuthProvider } from "./manifest.ts";
import type { Json } from "../engine/types.ts";
import { evaluateAuth, evaluatePush, pushId, type Evaluated } from "./evaluate.ts";
import { PushError, readPushRequest } from "./request.ts";

interface PushInput {
  kind: "push";
  /** The CLI's upload as it came. */
  body: Uint8Array;
  encoding: string | null;
  pushesFolder: string;
}

/** Only auth.config.ts of a push that is on the disk. */
interface AuthInput {
  kind: "auth";
  folder: string;
}

export type EvaluatorInput = PushInput | AuthInput;

export type EvaluatorAnswer =
  | { ok: true; kind: "push"; evaluated: Evaluated }
  | { ok: true; kind: "auth"; auth: AuthProvider[] }
  | { ok: false; error: string };

const input = workerData as EvaluatorInput;

function decode({ body, encoding }: PushInput): Json {
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
    if (input.kind === "auth")
      return { ok: true, kind: "auth", auth: await evaluateAuth(input.folder) };
    const request = readPushRequest(decode(input));
    const folder = join(input.pushesFolder, `${pushId(request)}.new`);
    return { ok: true, kind: "push", evaluated: await evaluatePush(request, folder) };
  } catch (error) {
    if (error instanceof PushError) return { ok: false, error: error.message };
    return { ok: false, error: String(error instanceof Error ? error.stack : error) };
  }
}

parentPort?.postMessage(await answer());
