/**
 * What user code finds on `globalThis`: the `Convex` syscall object, and clocks, randomness, timers
 * and `fetch` that keep queries and mutations deterministic, as they are in Convex.
 */
import { AsyncLocalStorage, AsyncResource } from "node:async_hooks";
import { isImporting } from "./environment.ts";
import { currentFrame, logToFrame, type Frame } from "./frame.ts";

export interface Syscalls {
  syscall(frame: Frame, name: string, argument: string): string;
  asyncSyscall(frame: Frame, name: string, argument: string): Promise<string>;
  jsSyscall(frame: Frame, name: string, argument: Record<string, unknown>): unknown;
}

const NO_FRAME =
  "Convex functions can only use the database, auth and scheduler while they run; a call was made while a module was being loaded or after its function had ended.";

function requireFrame(): Frame {
  const frame = currentFrame();
  if (frame === undefined || frame.closed) throw new Error(NO_FRAME);
  return frame;
}

function transactionFrame(): Frame | undefined {
  const frame = currentFrame();
  return frame === undefined || frame.kind === "action" ? undefined : frame;
}

/**
 * Installs everything; call once per thread, before any pushed module is imported.
 * @param role threads of transactions refuse timers to modules that are being loaded, too: what comes of
 *   them would interrupt everybody's transactions
 */
export function installGlobals(syscalls: Syscalls, role: "transactions" | "actions"): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  scope.Convex = {
    syscall: (name: string, argument: string) => syscalls.syscall(requireFrame(), name, argument),
    asyncSyscall: async (name: string, argument: string) =>
      syscalls.asyncSyscall(requireFrame(), name, argument),
    jsSyscall: (name: string, argument: Record<string, unknown>) =>
      syscalls.jsSyscall(requireFrame(), name, argument),
  };
  // Libraries made for single-request isolates fall back to one shared variable when these are missing,
  // which would mix the contexts of concurrent requests here.
  scope.AsyncLocalStorage = AsyncLocalStorage;
  scope.AsyncResource = AsyncResource;
  freezeClock();
  seedRandom();
  refuseOutsideWorld(role);
  captureConsole();
}

function freezeClock(): void {
  const RealDate = Date;
  const realNow = RealDate.now.bind(RealDate);
  const now = () => transactionFrame()?.now ?? realNow();
  globalThis.Date = new Proxy(RealDate, {
    construct(target, values: unknown[], newTarget) {
      const frame = values.length === 0 ? transactionFrame() : undefined;
      return Reflect.construct(
        target,
        frame === undefined ? values : [frame.now],
        newTarget,
      ) as object;
    },
    apply() {
      return new RealDate(now()).toString();
    },
    get(target, property, receiver) {
      return property === "now" ? now : (Reflect.get(target, property, receiver) as unknown);
    },
  });
  const performanceNow = performance.now.bind(performance);
  performance.now = () => {
    const frame = transactionFrame();
    return frame === undefined ? performanceNow() : frame.now - performance.timeOrigin;
  };
}

function seedRandom(): void {
  const realRandom = Math.random.bind(Math);
  Math.random = () => {
    const frame = transactionFrame();
    return frame === undefined ? realRandom() : frame.random();
  };
}

function refuseOutsideWorld(role: "transactions" | "actions"): void {
  const scope = globalThis as unknown as Record<string, (...values: never[]) => unknown>;
  for (const name of ["fetch", "setTimeout", "setInterval", "setImmediate"]) {
    const real = scope[name];
    if (real === undefined) continue;
    const guarded = function (this: unknown, ...values: never[]): unknown {
      const frame = transactionFrame();
      if (frame !== undefined) {
        throw new Error(
          `Can't use ${name}() in queries and mutations. Please consider using an action. See https://docs.convex.dev/functions/actions for more details.`,
        );
      }
      if (role === "transactions" && isImporting())
        throw new Error(`Can't use ${name}() at import time.`);
      return Reflect.apply(real, this, values) as unknown;
    };
    // Keeps `promisify.custom` and the like.
    Object.defineProperties(guarded, Object.getOwnPropertyDescriptors(real));
    scope[name] = guarded;
  }
}

function captureConsole(): void {
  const levels = {
    log: "LOG",
    info: "INFO",
    warn: "WARN",
    error: "ERROR",
    debug: "DEBUG",
    trace: "LOG",
  } as const;
  for (const [method, level] of Object.entries(levels) as [keyof typeof levels, string][]) {
    const real = console[method].bind(console);
    console[method] = (...values: unknown[]) => {
      const frame = currentFrame();
      if (frame === undefined) real(...values);
      else logToFrame(frame, level, values);
    };
  }
}
