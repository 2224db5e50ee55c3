/**
 * Random sessions, commits, delays, deaths of the reader and pushes of new code, against the oracle:
 * whatever a client shows after any Transition must be what running all its queries again at that
 * timestamp gives.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Outcome } from "../engine/types.ts";
import { MemoryEngine, type MemoryFunction } from "../live/memoryEngine.ts";
import { Publisher } from "../live/publisher.ts";
import { renderer } from "./frames.ts";
import { Session, type Connection, type SessionContext } from "./session.ts";

/** A small deterministic generator, so that a failing seed can be run again. */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const keys = "abcdefgh";

function code(factor: number): Record<string, MemoryFunction> {
  return {
    "q:get": (tx, { key }) => Number(tx.get(String(key)) ?? 0) * factor,
    "q:sum": (tx, { lo, hi }) =>
      tx.scan(String(lo), String(hi)).reduce((sum, [, value]) => sum + Number(value), 0) * factor,
    "q:first": (tx, { lo, take }) => tx.scan(String(lo), "~", Number(take)).map(([key]) => key),
    // What it reads depends on what it read.
    "q:chase": (tx, { key }) => {
      let at = String(key);
      for (let hop = 0; hop < 3; hop++) at = keys[Number(tx.get(at) ?? 0) % keys.length] ?? "a";
      return at;
    },
    "q:fails": (tx, { key }) => {
      const value = Number(tx.get(String(key)) ?? 0);
      if (value % 3 === 0) throw new Error(`no ${value}`);
      return value * factor;
    },
    "m:set": (tx, { key, value }) => {
      tx.set(String(key), value ?? 0);
      return value ?? 0;
    },
    "m:move": (tx, { from, to }) => {
      const moved = Number(tx.get(String(from)) ?? 0);
      tx.set(String(from), 0);
      tx.set(String(to), Number(tx.get(String(to)) ?? 0) + moved);
      return moved;
    },
  };
}

interface ServerFrame {
  type: string;
  requestId?: number;
  success?: boolean;
  ts?: string;
  startVersion?: unknown;
  endVersion?: { querySet: number; identity: number; ts: string };
  modifications?: { type: string; queryId: number; value?: unknown; errorMessage?: string }[];
}

/** The client's side of the protocol, which checks every Transition against the oracle. */
class Model implements Connection {
  readonly session: Session;
  readonly asked = new Map<number, { udfPath: string; args: object }>();
  /** The query set at each version, as the client asked for it. */
  readonly #sets = new Map<number, Map<number, { udfPath: string; args: object }>>([
    [0, new Map()],
  ]);
  readonly shown = new Map<number, unknown>();
  readonly unanswered = new Set<number>();
  readonly uncovered = new Map<number, bigint>();
  #version: unknown = { querySet: 0, identity: 0, ts: "AAAAAAAAAAA=" };
  ts = 0n;
  querySet = 0;
  transitions = 0;
  /** The first thing that was wrong. */
  failure: unknown = null;
  #nextId = 0;

  constructor(
    private readonly engine: MemoryEngine,
    context: SessionContext,
  ) {
    this.session = new Session(context, this, { ip: null, userAgent: null });
    this.say({ type: "Connect", sessionId: `s${Math.random()}`, connectionCount: 0 });
  }

  say(message: object): void {
    this.session.receive(JSON.stringify(message));
  }

  add(udfPath: string, args: object): void {
    const queryId = this.#nextId++;
    this.asked.set(queryId, { udfPath, args });
    this.#modify({ type: "Add", queryId, udfPath, args: [args] });
  }

  remove(queryId: number): void {
    this.asked.delete(queryId);
    this.#modify({ type: "Remove", queryId });
  }

  mutate(udfPath: string, args: object): void {
    const requestId = this.#nextId++;
    this.unanswered.add(requestId);
    this.say({ type: "Mutation", requestId, udfPath, args: [args] });
  }

  #modify(modification: object): void {
    const baseVersion = this.querySet++;
    this.#sets.set(this.querySet, new Map(this.asked));
    this.say({
      type: "ModifyQuerySet",
      baseVersion,
      newVersion: this.querySet,
      modifications: [modification],
    });
  }

  send(texts: readonly string[]): void {
    try {
      for (const text of texts) this.#hear(JSON.parse(text) as ServerFrame);
    } catch (error) {
      this.failure ??= error;
    }
  }

  close(_code: number, reason: string): void {
    this.failure ??= new Error(`Closed: ${reason}`);
  }

  #hear(frame: ServerFrame): void {
    if (frame.type === "MutationResponse" && frame.success === true) {
      const requestId = frame.requestId ?? -1;
      this.unanswered.delete(requestId);
      this.uncovered.set(requestId, decode(frame.ts ?? ""));
      return;
    }
    expect(frame.type).toBe("Transition");
    expect(frame.startVersion).toEqual(this.#version);
    const end = frame.endVersion;
    if (end === undefined) throw new Error("A Transition has an end");
    this.#version = end;
    const ts = decode(end.ts);
    expect(ts).toBeGreaterThanOrEqual(this.ts);
    this.ts = ts;
    this.transitions += 1;
    for (const change of frame.modifications ?? []) {
      if (change.type === "QueryRemoved") this.shown.delete(change.queryId);
      else this.shown.set(change.queryId, comparable(change));
    }
    for (const [requestId, committed] of this.uncovered) {
      if (committed <= ts) this.uncovered.delete(requestId);
    }
    const set = this.#sets.get(end.querySet) ?? new Map<number, never>();
    expect([...this.shown].sort(([a], [b]) => a - b)).toEqual(
      [...set].map(([queryId, query]) => [queryId, this.#oracle(ts, query)]),
    );
  }

  #oracle(ts: bigint, { udfPath, args }: { udfPath: string; args: object }): unknown {
    const request = { requestId: "", ip: null, userAgent: null };
    const outcome: Outcome = this.engine.at(ts, {
      component: "",
      path: udfPath,
      args: JSON.stringify(args),
      caller: { kind: "anonymous" },
      reach: "public",
      request,
    });
    return outcome.ok
      ? { value: JSON.parse(outcome.value) as unknown }
      : { error: outcome.failure.message };
  }
}

function comparable(change: { value?: unknown; errorMessage?: string }): unknown {
  if (change.errorMessage === undefined) return { value: change.value };
  return { error: change.errorMessage.split("\n").slice(1).join("\n") };
}

function decode(ts: string): bigint {
  return Buffer.from(ts, "base64").readBigUInt64LE();
}

async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}

async function simulate(seed: number): Promise<{ transitions: number; resets: number }> {
  const below = generator(seed);
  const engine = new MemoryEngine(code(1));
  const queue: (() => void)[] = [];
  let busy = true;
  engine.adopts = () => below(2) === 0;
  engine.deliver = (notify) => (busy ? void queue.push(notify) : notify());
  engine.readerGate = async () => {
    await turns(below(6));
    if (busy && below(25) === 0) throw new Error("reader died");
  };
  const unexpected: unknown[] = [];
  const publisher = new Publisher(engine, renderer("development"), (error) => {
    if (!(error instanceof Error && error.message === "reader died")) unexpected.push(error);
  });
  const context: SessionContext = {
    engine: {
      // An answer may come before or after the notification of its commit.
      mutate: async (call, key) => {
        const outcome = await engine.mutate(call, key);
        await turns(below(4));
        return outcome;
      },
      act: (call) => engine.act(call),
    },
    publisher,
    render: renderer("development"),
    authenticator: {
      verify: () => Promise.resolve({ ok: false, reason: "" }),
      isAdminKey: () => false,
    },
    mode: "development",
    now: Date.now,
    limits: { queries: 1_000, pending: 1_000 },
    report: (error) => unexpected.push(error),
  };
  const models = Array.from({ length: 4 }, () => new Model(engine, context));
  const key = (): string => keys[below(keys.length)] ?? "a";
  let factor = 1;
  const queries = [
    (): [string, object] => ["q:get", { key: key() }],
    (): [string, object] => ["q:sum", { lo: key(), hi: key() }],
    (): [string, object] => ["q:first", { lo: key(), take: 1 + below(3) }],
    (): [string, object] => ["q:chase", { key: key() }],
    (): [string, object] => ["q:fails", { key: key() }],
  ];
  for (let step = 0; step < 120; step++) {
    const model = models[below(models.length)];
    const dice = below(100);
    if (model === undefined) continue;
    if (dice < 25) {
      const query = queries[below(queries.length)]?.();
      if (query !== undefined) model.add(query[0], query[1]);
    } else if (dice < 35) {
      const known = [...model.asked.keys()];
      const queryId = known[below(known.length)];
      if (queryId !== undefined) model.remove(queryId);
    } else if (dice < 60) model.mutate("m:set", { key: key(), value: below(9) });
    else if (dice < 70) model.mutate("m:move", { from: key(), to: key() });
    else if (dice < 90) queue.shift()?.();
    else if (dice < 92) {
      factor += 1;
      engine.functions = code(factor);
      engine.reset();
    }
    if (dice % 3 === 0) await turns(below(3));
  }
  busy = false;
  for (const notify of queue) notify();
  const isQuiet = (model: Model): boolean => {
    if (model.failure !== null) throw new Error("A promise was broken.", { cause: model.failure });
    return (
      model.unanswered.size === 0 &&
      model.uncovered.size === 0 &&
      [...model.asked.keys()].every((queryId) => model.shown.has(queryId))
    );
  };
  while (!models.every(isQuiet)) await turns(1);
  // One more commit that touches everything, so that every session must show the newest state.
  for (const model of models) {
    for (const letter of keys) model.mutate("m:set", { key: letter, value: below(9) });
  }
  while (!models.every(isQuiet)) await turns(1);
  for (const model of models) expect(model.ts).toBeGreaterThan(0n);
  expect(unexpected).toEqual([]);
  for (const model of models) model.session.close();
  expect(publisher.queries).toBe(0);
  publisher.stop();
  return {
    transitions: models.reduce((sum, model) => sum + model.transitions, 0),
    resets: factor - 1,
  };
}

test("every Transition shows exactly the state at its timestamp", async () => {
  let transitions = 0;
  let resets = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const done = await simulate(seed);
      transitions += done.transitions;
      resets += done.resets;
    }),
    // The examples once showed results of the code before a push.
    {
      numRuns: 150,
      examples: [[-1690461583], [-503535629], [-1910381642], [670713873], [1145874432]],
    },
  );
  // The test would prove nothing if nothing moved.
  expect(transitions).toBeGreaterThan(1_000);
  expect(resets).toBeGreaterThan(10);
}, 60_000);
