/** Runs the developer's code to learn what it defines, in a thread that is ended when it takes too long. */
import { Worker } from "node:worker_threads";
import type { EvaluatorAnswer, EvaluatorInput } from "./evaluator.ts";
import { PushError } from "./request.ts";

/** Modules that do not finish loading in this time are not going to. */
const EVALUATION_MS = 60_000;

/**
 * @param limitMs for the whole evaluation
 * @throws PushError when the code cannot be loaded, or not in time
 */
export function runEvaluator(
  file: string,
  input: EvaluatorInput,
  env: Record<string, string>,
  limitMs = EVALUATION_MS,
): Promise<EvaluatorAnswer & { ok: true }> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: input, env, execArgv: [], name: "evaluator" });
    const timer = setTimeout(() => {
      reject(new PushError(`The code did not finish loading within ${limitMs / 1000} seconds.`));
      void worker.terminate();
    }, limitMs);
    worker.once("message", (answer: EvaluatorAnswer) => {
      if (answer.ok) resolve(answer);
      else reject(new PushError(answer.error));
      void worker.terminate();
    });
    worker.once("error", (error) => {
      reject(new PushError(`The code could not be loaded: ${error.message}`));
    });
    worker.once("exit", () => {
      clearTimeout(timer);
      reject(new PushError("The code ended the process while it was being loaded."));
    });
  });
}
