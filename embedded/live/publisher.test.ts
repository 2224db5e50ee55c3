import { afterEach, expect, test } from "vitest";
import type { FunctionCall } from "../engine/types.ts";
import { MemoryEngine, type MemoryFunction } from "./memoryEngine.ts";
import {
  Publisher,
  type Follower,
  type LiveSubscription,
  type Moment,
  type Standing,
} from "./publisher.ts";

const functions: Record<string, MemoryFunction> = {
  "a:get": (tx, { key }) => tx.get(String(key)) ?? null,
  "a:count": (tx, { lo, hi }) => tx.scan(String(lo), String(hi)).length,
  "a:fail": (tx, { key }) => {
    throw new Error(`saw ${JSON.stringify(tx.get(String(key)) ?? null)}`);
  },
  "a:pages": (tx) => {
    tx.journal ??= String(tx.scan("", "~").length);
    return tx.journal;
  },
  "a:set": (tx, { key, value }) => {
    tx.set(String(key), value ?? null);
    return null;
  },
};

function call(path: string, args: object, caller: FunctionCall["caller"] = { kind: "anonymous" }) {
  const request = { requestId: "r", ip: null, userAgent: null };
  return {
    component: "",
    path,
    args: JSON.stringify(args),
    caller,
    reach: "public",
    request,
  } as const;
}

/** A session reduced to what it would show: the text of each query, at every move. */
class Recorder implements Follower {
  readonly subscriptions: LiveSubscription[] = [];
  readonly moves: { ts: bigint; texts: (string | null)[] }[] = [];

  constructor(private readonly publisher: Publisher) {}

  add(asked: FunctionCall, journal: string | null = null): LiveSubscription {
    const subscription = this.publisher.subscribe(this, asked, journal);
    this.subscriptions.push(subscription);
    this.publisher.wake(this);
    return subscription;
  }

  settle(moment: Moment): Standing {
    const ts = [moment.current, moment.round].find((ts) =>
      this.subscriptions.every(({ entry }) => entry.isValidAt(ts)),
    );
    if (ts === undefined) return "stale";
    this.moves.push({ ts, texts: this.subscriptions.map(({ entry }) => entry.rendered) });
    return "settled";
  }

  get shown(): (string | null)[] {
    return this.moves.at(-1)?.texts ?? [];
  }
}

const publishers: Publisher[] = [];
afterEach(() => {
  for (const publisher of publishers.splice(0)) publisher.stop();
});

function start(engine = new MemoryEngine(functions)) {
  const errors: unknown[] = [];
  const publisher = new Publisher(
    engine,
    (_call, outcome, journal) =>
      JSON.stringify([outcome.ok ? outcome.value : outcome.failure.message, journal]),
    (error) => errors.push(error),
  );
  publishers.push(publisher);
  const set = (key: string, value: number) => engine.mutate(call("a:set", { key, value }), null);
  return { engine, publisher, errors, set };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

test("subscribers of the same question share one execution", async () => {
  const { engine, publisher, set } = start();
  const followers = Array.from({ length: 50 }, () => new Recorder(publisher));
  for (const follower of followers) follower.add(call("a:get", { key: "x" }));
  await until(() => followers.every(({ moves }) => moves.length === 1));
  expect(engine.executed).toHaveLength(1);
  await set("x", 7);
  await until(() => followers.every(({ shown }) => shown[0] === '["7",null]'));
  expect(engine.executed).toHaveLength(2);
  const late = new Recorder(publisher);
  late.add(call("a:get", { key: "x" }));
  await until(() => late.moves.length === 1);
  expect(engine.executed).toHaveLength(2);
});

test("another caller, another journal, other arguments are other questions", async () => {
  const { engine, publisher } = start();
  const identity = { tokenIdentifier: "i|s", issuer: "i", subject: "s" };
  const follower = new Recorder(publisher);
  follower.add(call("a:get", { key: "x" }));
  follower.add(call("a:get", { key: "x" }, { kind: "user", identity }));
  follower.add(
    call("a:get", { key: "x" }, { kind: "user", identity: { ...identity, subject: "t" } }),
  );
  follower.add(call("a:get", { key: "x" }), "j");
  follower.add(call("a:get", { key: "y" }));
  await until(() => follower.moves.length > 0);
  expect(engine.executed).toHaveLength(5);
  expect(publisher.queries).toBe(5);
});

test("a commit runs again only what read the written keys", async () => {
  const { engine, publisher, set } = start();
  const follower = new Recorder(publisher);
  for (let i = 0; i < 200; i++) follower.add(call("a:get", { key: `k${i}` }));
  await until(() => follower.moves.length > 0);
  engine.executed.length = 0;
  await set("k17", 1);
  await until(() => follower.shown[17] === '["1",null]');
  expect(engine.executed.map(({ args }) => args)).toEqual(['{"key":"k17"}']);
});

test("an unchanged result moves nobody", async () => {
  const { engine, publisher, set } = start();
  const follower = new Recorder(publisher);
  follower.add(call("a:count", { lo: "a", hi: "b" }));
  await set("a1", 1);
  await until(() => follower.shown[0] === '["1",null]');
  const moves = follower.moves.length;
  const ran = engine.executed.length;
  await set("a1", 2);
  await until(() => engine.executed.length > ran);
  await until(() => [...follower.subscriptions].every(({ entry }) => entry.invalidFrom === null));
  expect(follower.moves).toHaveLength(moves);
});

test("failures are live, too", async () => {
  const { publisher, set } = start();
  const follower = new Recorder(publisher);
  follower.add(call("a:fail", { key: "x" }));
  await until(() => follower.shown[0]?.includes("saw null") === true);
  await set("x", 5);
  await until(() => follower.shown[0]?.includes("saw 5") === true);
});

test("a repeated execution continues its own journal", async () => {
  const { publisher, set } = start();
  await set("a", 1);
  const follower = new Recorder(publisher);
  follower.add(call("a:pages", {}));
  await until(() => follower.shown[0] === '["\\"1\\"","1"]');
  publisher.wake(follower);
  await set("b", 1);
  await until(() => follower.subscriptions[0]?.entry.ranAt === 1_002n);
  expect(follower.subscriptions[0]?.entry.rendered).toBe('["\\"1\\"","1"]');
});

test("a query without subscribers is dropped at once, even while it runs", async () => {
  const { engine, publisher, set } = start();
  const follower = new Recorder(publisher);
  let open = (): void => undefined;
  engine.readerGate = () => new Promise((resolve) => (open = resolve));
  const kept = follower.add(call("a:get", { key: "x" }));
  const dropped = follower.add(call("a:get", { key: "y" }));
  await until(() => engine.executed.length === 2);
  publisher.unsubscribe(dropped);
  follower.subscriptions.splice(1, 1);
  expect(publisher.queries).toBe(1);
  engine.readerGate = () => Promise.resolve();
  open();
  await until(() => follower.moves.length > 0);
  expect(follower.shown).toEqual(['["null",null]']);
  engine.executed.length = 0;
  await set("y", 1);
  await set("x", 1);
  await until(() => follower.shown[0] === '["1",null]');
  expect(engine.executed.map(({ args }) => args)).toEqual(['{"key":"x"}']);
  publisher.unsubscribe(kept);
  expect(publisher.queries).toBe(0);
});

test("commits that the snapshot holds but nobody has told of make other queries run in it, too", async () => {
  const { engine, publisher, set } = start();
  const follower = new Recorder(publisher);
  follower.add(call("a:get", { key: "x" }));
  follower.add(call("a:get", { key: "y" }));
  await until(() => follower.moves.length === 1);
  const held: (() => void)[] = [];
  engine.deliver = (notify) => held.push(notify);
  await set("x", 1); // told of at once: begins a round
  held.shift()?.();
  await set("y", 1); // in the round's snapshot, not told of yet
  await until(() => engine.executed.length === 3);
  expect(follower.moves).toHaveLength(1);
  held.shift()?.();
  await until(() => follower.moves.length === 2);
  expect(follower.moves[1]).toEqual({ ts: 1_002n, texts: ['["1",null]', '["1",null]'] });
  expect(engine.executed).toHaveLength(4);
});

test("a commit during a round is not lost on reads that only the new execution made", async () => {
  const { engine, publisher, set } = start();
  engine.functions = {
    ...functions,
    // Reads `second` only once `first` says so.
    "a:chain": (tx) => (tx.get("first") === 1 ? (tx.get("second") ?? null) : null),
  };
  const follower = new Recorder(publisher);
  follower.add(call("a:chain", {}));
  await until(() => follower.moves.length === 1);
  let open = (): void => undefined;
  engine.readerGate = () => new Promise((resolve) => (open = resolve));
  await set("first", 1);
  await until(() => engine.executed.length === 2);
  await set("second", 42);
  engine.readerGate = () => Promise.resolve();
  open();
  await until(() => follower.shown[0] === '["42",null]');
});

test("a reader that dies is asked again, and everything arrives", async () => {
  const { engine, publisher, errors, set } = start();
  let deaths = 3;
  engine.readerGate = () => {
    deaths -= 1;
    return deaths >= 0 ? Promise.reject(new Error("reader died")) : Promise.resolve();
  };
  const follower = new Recorder(publisher);
  follower.add(call("a:get", { key: "x" }));
  await set("x", 3);
  await until(() => follower.shown[0] === '["3",null]');
  expect(errors).toHaveLength(3);
});

test("a follower that breaks stops nobody else", async () => {
  const { publisher, errors, set } = start();
  const broken = new Recorder(publisher);
  broken.settle = () => {
    throw new Error("broken follower");
  };
  const sound = new Recorder(publisher);
  for (const follower of [broken, sound]) follower.add(call("a:get", { key: "x" }));
  await until(() => sound.moves.length > 0);
  await set("x", 1);
  await until(() => sound.shown[0] === '["1",null]');
  expect(errors.map(String)).toContain("Error: broken follower");
});

test("a reset runs everything with the new code", async () => {
  const { engine, publisher } = start();
  const follower = new Recorder(publisher);
  follower.add(call("a:get", { key: "x" }));
  follower.add(call("a:gone", {}));
  await until(() => follower.moves.length === 1);
  engine.functions = { ...functions, "a:get": () => "new", "a:gone": () => "here" };
  engine.reset();
  await until(() => follower.shown[0] === '["\\"new\\"",null]');
  expect(follower.shown[1]).toBe('["\\"here\\"",null]');
});

test("constant writes starve nobody", async () => {
  const { engine, publisher, set } = start();
  const follower = new Recorder(publisher);
  follower.add(call("a:get", { key: "x" }));
  follower.add(call("a:count", { lo: "", hi: "~" }));
  const writing = { on: true };
  const writer = (async () => {
    for (let i = 0; writing.on; i++) {
      await set("x", i);
      await set(`k${i % 50}`, i);
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  engine.readerGate = () => new Promise((resolve) => setTimeout(resolve, 2));
  await until(() => follower.moves.length >= 20);
  const late = new Recorder(publisher);
  late.add(call("a:get", { key: "k1" }));
  await until(() => late.moves.length >= 5);
  writing.on = false;
  await writer;
  for (const { ts, texts } of follower.moves) {
    const x = engine.at(ts, call("a:get", { key: "x" }));
    expect(texts[0]).toBe(JSON.stringify([x.ok ? x.value : "", null]));
  }
});
