// The life of a command that runs until it is stopped: however it ends, nothing that it started is left.
import { Problem } from "./problem.mjs";
import { Processes, Stopped } from "./processes.mjs";

/**
 * @typedef {object} Running
 * @property {Processes} processes
 * @property {(sentence: string) => void} say tells the person at the terminal what takes time now
 * @property {(name: string, ended: Promise<unknown>) => void} watch ends everything when this process ends
 */

/**
 * Starts with `start`, then waits for Ctrl-C, SIGTERM or the end of something that is watched; ends everything.
 * @param {(running: Running) => Promise<void>} start
 * @param {() => Promise<void>} [close] for what is not a process
 * @throws {Problem} when `start` fails, or something ends that nobody stopped
 */
export async function runUntilStopped(start, close = async () => undefined) {
  const processes = new Processes();
  /** @type {(problem: Problem | null) => void} */
  let end = () => undefined;
  /** @type {Promise<Problem | null>} */
  const ended = new Promise((resolve) => (end = resolve));
  const release = onSignals(processes, () => end(null));
  const say = (/** @type {string} */ sentence) => console.log(sentence);
  /** @type {Running["watch"]} */
  const watch = (name, gone) =>
    void gone.then(() =>
      end(new Problem(`${name} has ended unexpectedly, so everything was stopped.`)),
    );
  try {
    const started = start({ processes, say, watch });
    const problem = await Promise.race([ended, started.then(() => ended)]);
    // What was still being started ends with an error that nobody asked for.
    started.catch(() => undefined);
    if (problem !== null) throw problem;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  } finally {
    await Promise.all([processes.stop(), close()]);
    release();
  }
}

/**
 * The first signal stops, the second kills.
 * @param {Processes} processes
 * @param {() => void} stop
 */
function onSignals(processes, stop) {
  let asked = false;
  const listener = () => {
    if (asked) processes.kill();
    asked = true;
    stop();
  };
  const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
  for (const signal of signals) process.on(signal, listener);
  const orphaned = whenOrphaned(listener);
  return () => {
    clearInterval(orphaned);
    for (const signal of signals) process.off(signal, listener);
  };
}

/**
 * A SIGTERM for npm ends npm and its shell, and neither passes it on: the only sign of it is another parent.
 * @param {() => void} stop
 */
function whenOrphaned(stop) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, 250);
  return timer.unref();
}
