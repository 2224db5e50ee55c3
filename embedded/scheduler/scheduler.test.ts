import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Engine, FunctionCall, Operations, Outcome } from "../engine/types.ts";
import {
  cancelJob,
  finishJob,
  loadJob,
  nextDue,
  scheduleJob,
  startJob,
  type JobRef,
} from "./jobs.ts";
import { schedulerOperations } from "./operations.ts";
import { MAX_ACTIONS, Scheduler, type JobStart } from "./scheduler.ts";
import { refOf, TestStore } from "./testStore.ts";

const NOW = Date.UTC(2030, 0, 1);
const HOUR = 60 * 60 * 1000;
const OK: Outcome = { ok: true, value: "null", logLines: [] };

/** The engine as the scheduler sees it, over a real store: paths that begin with "action" are actions. */
class FakeEngine {
  /** What has run, in order: the text of `args.name`, or the path. */
  readonly ran: string[] = [];
  readonly operated: string[] = [];
  /** Failures to come of `runJob`, by path. */
  readonly faults = new Map<string, number>();
  readonly hung = new Set<string>();
  readonly open = new Map<string, (outcome: Outcome) => void>();
  broken = 0;
  readonly scheduler: Scheduler;

  constructor(readonly store: TestStore) {
    const engine: Pick<Engine, "operate"> = {
      operate: (name, input) => this.#write(() => this.#operate(name, input)),
    };
    this.scheduler = new Scheduler({
      operate: engine.operate,
      runJob: (job) => this.#write(() => this.#runJob(job)),
      act: (call) =>
        new Promise((resolve) => {
          this.ran.push(nameOf(call));
          this.open.set(nameOf(call), resolve);
        }),
      now: Date.now,
    });
  }

  schedule(path: string, dueMs = Date.now(), name?: string): string {
    const id = this.store.commit((tx) => {
      tx.now = Date.now();
      return scheduleJob(tx, {
        component: "",
        path,
        args: JSON.stringify(name === undefined ? {} : { name }),
        dueMs,
      });
    });
    this.scheduler.wake(this.store.commit(nextDue));
    return id;
  }

  /** One write at a time, like the writer, telling the scheduler what is due afterwards. */
  async #write<T>(work: () => T): Promise<T> {
    await Promise.resolve();
    this.store.now = Date.now();
    const result = work();
    this.scheduler.wake(this.store.commit(nextDue));
    return result;
  }

  #operate<Name extends keyof Operations>(
    name: Name,
    input: Operations[Name]["input"],
  ): Operations[Name]["output"] {
    this.operated.push(name);
    if (this.broken > 0) {
      this.broken -= 1;
      throw new Error("the writer is away");
    }
    const operation = schedulerOperations[name as keyof typeof schedulerOperations] as (
      tx: unknown,
      input: unknown,
    ) => unknown;
    return this.store.commit((tx) => operation(tx, input)) as Operations[Name]["output"];
  }

  #runJob(ref: JobRef): JobStart {
    return this.store.commit((tx): JobStart => {
      const job = loadJob(tx, ref);
      if (job?.state !== "pending") return { kind: "done" };
      const faults = this.faults.get(job.path) ?? 0;
      if (faults > 0) {
        this.faults.set(job.path, faults - 1);
        throw new Error("passing");
      }
      if (this.hung.has(job.path)) return { kind: "failed", error: "took too long" };
      startJob(tx, ref);
      const call: FunctionCall = {
        component: job.component,
        path: job.path,
        args: job.args,
        caller: { kind: "system" },
        reach: "any",
        request: { requestId: job.id, ip: null, userAgent: null },
      };
      if (job.path.startsWith("action")) return { kind: "action", call, scheduledId: job.id };
      this.ran.push(nameOf(call));
      finishJob(
        tx,
        ref,
        job.path === "bad:throws" ? { ok: false, error: "Uncaught Error: bad" } : { ok: true },
      );
      return { kind: "done" };
    });
  }
}

function nameOf(call: FunctionCall): string {
  return (JSON.parse(call.args) as { name?: string }).name ?? call.path;
}

let store: TestStore;
let engine: FakeEngine;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  store = new TestStore(NOW);
  engine = new FakeEngine(store);
});

afterEach(async () => {
  await engine.scheduler.stop();
  vi.useRealTimers();
  store.close();
});

const settle = () => vi.advanceTimersByTimeAsync(1);

describe("scheduler", () => {
  test("runs what is due, when it is due, in order", async () => {
    await engine.scheduler.start();
    engine.schedule("m:f", NOW + 3000, "late");
    engine.schedule("m:f", NOW + 1000, "first");
    engine.schedule("m:f", NOW + 1000, "second");
    await vi.advanceTimersByTimeAsync(999);
    expect(engine.ran).toEqual([]);
    await vi.advanceTimersByTimeAsync(2);
    expect(engine.ran).toEqual(["first", "second"]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(engine.ran).toEqual(["first", "second", "late"]);
  });

  test("runs what waited while the server was down", async () => {
    engine.schedule("m:f", NOW - HOUR, "old");
    await settle();
    expect(engine.ran).toEqual([]);
    await engine.scheduler.start();
    await settle();
    expect(engine.ran).toEqual(["old"]);
  });

  test("a long queue runs in order, each once", async () => {
    await engine.scheduler.start();
    const names = Array.from({ length: 250 }, (_, n) => `job${n}`);
    store.commit((tx) => {
      for (const name of names)
        scheduleJob(tx, { component: "", path: "m:f", args: JSON.stringify({ name }), dueMs: NOW });
    });
    engine.scheduler.wake(NOW);
    await vi.advanceTimersByTimeAsync(50);
    expect(engine.ran).toEqual(names);
  });

  test("a failing mutation and a broken function disturb nobody", async () => {
    await engine.scheduler.start();
    const bad = engine.schedule("bad:throws");
    const good = engine.schedule("m:f");
    engine.hung.add("m:hangs");
    const hangs = engine.schedule("m:hangs");
    await settle();
    expect(store.state(bad)).toEqual({ kind: "failed", error: "Uncaught Error: bad" });
    expect(store.state(good)).toEqual({ kind: "success" });
    expect(store.state(hangs)).toEqual({ kind: "failed", error: "took too long" });
  });

  test("a passing fault is tried again, later and later, until it passes; others go on", async () => {
    await engine.scheduler.start();
    engine.faults.set("m:shaky", 2);
    const shaky = engine.schedule("m:shaky");
    const good = engine.schedule("m:f");
    await settle();
    expect(store.state(good)).toEqual({ kind: "success" });
    expect(store.state(shaky)).toEqual({ kind: "pending" });
    await vi.advanceTimersByTimeAsync(600);
    expect(store.state(shaky)).toEqual({ kind: "pending" });
    await vi.advanceTimersByTimeAsync(1100);
    expect(store.state(shaky)).toEqual({ kind: "success" });
    expect(engine.ran).toEqual(["m:f", "m:shaky"]);
  });

  test("goes on after the writer was away", async () => {
    await engine.scheduler.start();
    await settle();
    engine.broken = 3;
    const id = engine.schedule("m:f");
    await settle();
    expect(store.state(id)).toEqual({ kind: "pending" });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(store.state(id)).toEqual({ kind: "success" });
  });

  test("nothing is asked for while nothing is due", async () => {
    await engine.scheduler.start();
    engine.schedule("m:f", NOW + 40 * 24 * HOUR);
    await settle();
    const asked = engine.operated.filter((name) => name === "jobs.due").length;
    // Longer than setTimeout can wait.
    await vi.advanceTimersByTimeAsync(39 * 24 * HOUR);
    expect(engine.operated.filter((name) => name === "jobs.due")).toHaveLength(asked);
    expect(engine.ran).toEqual([]);
    await vi.advanceTimersByTimeAsync(24 * HOUR);
    expect(engine.ran).toEqual(["m:f"]);
  });

  test("crons fire on their own", async () => {
    store.commit((tx) =>
      tx.sql(
        "INSERT INTO crons(component, name, spec, next) VALUES('', 'tick', ?, ?)",
        JSON.stringify({ name: "m:tick", args: [{}], schedule: { type: "interval", seconds: 10 } }),
        NOW + 10_000,
      ),
    );
    await engine.scheduler.start();
    await vi.advanceTimersByTimeAsync(35_000);
    expect(engine.ran).toEqual(["m:tick", "m:tick", "m:tick"]);
  });
});

describe("actions", () => {
  test("run side by side and record their end", async () => {
    await engine.scheduler.start();
    const good = engine.schedule("action:f", NOW, "good");
    const bad = engine.schedule("action:f", NOW, "bad");
    const mutation = engine.schedule("m:f", NOW, "mutation");
    await settle();
    expect(engine.ran.sort()).toEqual(["bad", "good", "mutation"]);
    expect(store.state(good)).toEqual({ kind: "inProgress" });
    expect(store.state(mutation)).toEqual({ kind: "success" });
    engine.open.get("bad")?.({
      ok: false,
      failure: { code: "thrown", message: "Uncaught Error: bad" },
      logLines: [],
    });
    engine.open.get("good")?.(OK);
    await settle();
    expect(store.state(good)).toEqual({ kind: "success" });
    expect(store.state(bad)).toEqual({ kind: "failed", error: "Uncaught Error: bad" });
  });

  test("are bounded, and what waited begins when one ends", async () => {
    await engine.scheduler.start();
    for (let n = 0; n <= MAX_ACTIONS; n++) engine.schedule("action:f", NOW, `a${n}`);
    await vi.advanceTimersByTimeAsync(50);
    expect(engine.ran).toHaveLength(MAX_ACTIONS);
    engine.open.get("a0")?.(OK);
    await vi.advanceTimersByTimeAsync(50);
    expect(engine.ran).toHaveLength(MAX_ACTIONS + 1);
  });

  test("canceled while it runs, an action ends as canceled", async () => {
    await engine.scheduler.start();
    const id = engine.schedule("action:f");
    await settle();
    store.commit((tx) => {
      cancelJob(tx, "", id);
    });
    engine.open.get("action:f")?.(OK);
    await settle();
    expect(store.state(id)).toEqual({ kind: "canceled" });
  });

  test("interrupted by a restart, an action is failed and not run again", async () => {
    const id = engine.schedule("action:f");
    store.commit((tx) => startJob(tx, refOf(id)));
    await engine.scheduler.start();
    await vi.advanceTimersByTimeAsync(1000);
    expect(engine.ran).toEqual([]);
    expect(store.state(id)).toEqual({
      kind: "failed",
      error: "Transient error while executing action",
    });
  });

  test("the end is recorded even when the writer is away at first", async () => {
    await engine.scheduler.start();
    const id = engine.schedule("action:f");
    await settle();
    engine.broken = 2;
    engine.open.get("action:f")?.(OK);
    await settle();
    expect(store.state(id)).toEqual({ kind: "inProgress" });
    await vi.advanceTimersByTimeAsync(5000);
    expect(store.state(id)).toEqual({ kind: "success" });
  });
});

describe("stopping and forgetting", () => {
  test("a stopped scheduler starts nothing", async () => {
    await engine.scheduler.start();
    await settle();
    await engine.scheduler.stop();
    engine.schedule("m:f");
    await vi.advanceTimersByTimeAsync(2 * HOUR);
    expect(engine.ran).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("old jobs are forgotten while the server runs, however many", async () => {
    await engine.scheduler.start();
    const ids = store.commit((tx) =>
      Array.from({ length: 450 }, () =>
        scheduleJob(tx, { component: "", path: "m:f", args: "{}", dueMs: NOW }),
      ),
    );
    engine.scheduler.wake(NOW);
    await vi.advanceTimersByTimeAsync(1000);
    expect(engine.ran).toHaveLength(450);
    await vi.advanceTimersByTimeAsync(7 * 24 * HOUR - 2 * HOUR);
    expect(store.document(ids[0] ?? "")).toBeDefined();
    await vi.advanceTimersByTimeAsync(4 * HOUR);
    expect(ids.filter((id) => store.document(id) !== undefined)).toEqual([]);
  });
});
