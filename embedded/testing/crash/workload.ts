/** Clients that never give up, and a record of what they were promised. */
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { api } from "../fixture/convex/_generated/api";
import type { Id } from "../fixture/convex/_generated/dataModel";

/** What was acknowledged, and what may have happened besides. */
export interface Promises {
  /** By how much each counter was raised, mutations that were not answered yet not counted. */
  counters: Map<string, number>;
  /** Keys of rows that are there exactly once. */
  inserted: Set<string>;
  /** Keys of rows that may be there, once. */
  perhaps: Set<string>;
  /** Texts of scheduled mutations that run exactly once. */
  scheduled: Set<string>;
  /** Texts of scheduled actions, which run at most once, by their jobs. */
  actions: Map<Id<"_scheduled_functions">, string>;
  files: Map<Id<"_storage">, string>;
  acknowledged: number;
  /** Things that must not be, noticed while it ran. */
  violations: string[];
}

export interface Workload {
  readonly promises: Promises;
  readonly clients: ConvexClient[];
  /** Resolves when every client has had its last answer. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

export const SHARED = "shared by all";
export const SOURCE = "the crash test";
export const ACTIONS = "the crash test's actions";

/** Starts clients on web sockets and on HTTP; each does one thing after another. */
export function startWorkload(url: string, sockets: number): Workload {
  const promises: Promises = {
    ...{ counters: new Map(), inserted: new Set(), perhaps: new Set(), scheduled: new Set() },
    ...{ actions: new Map(), files: new Map(), acknowledged: 0, violations: [] },
  };
  const state = { isOver: false };
  const clients = Array.from({ length: sockets }, () => new ConvexClient(url, { logger: false }));
  const loops = clients.map((client, i) =>
    keepGoing(state, promises, socketSteps(client, i, promises)),
  );
  const http = new ConvexHttpClient(url, { logger: false });
  loops.push(keepGoing(state, promises, httpSteps(http, promises)));
  watchCounter(clients[0], promises);
  return {
    promises,
    clients,
    async finish() {
      state.isOver = true;
      await Promise.all(loops);
    },
    async close() {
      await Promise.all(clients.map((client) => client.close()));
    },
  };
}

type Step = (name: string) => Promise<void>;

async function keepGoing(
  state: { isOver: boolean },
  promises: Promises,
  { prefix, steps }: { prefix: string; steps: Step[] },
): Promise<void> {
  for (let i = 0; !state.isOver; i++) {
    const step = steps[i % steps.length];
    await step?.(`${prefix} ${i}`);
    promises.acknowledged += 1;
  }
}

function raise(promises: Promises, name: string, by: number): number {
  const value = (promises.counters.get(name) ?? 0) + by;
  promises.counters.set(name, value);
  return value;
}

/** Mutations over a web socket are repeated by the client until they are answered, and run once. */
function socketSteps(client: ConvexClient, i: number, promises: Promises) {
  const own = `socket ${i}`;
  const steps: Step[] = [
    async () => {
      const count = await client.mutation(api.transactions.incrementCounter, { name: own });
      const expected = raise(promises, own, 1);
      if (count !== expected) promises.violations.push(`${own} is ${count}, not ${expected}`);
    },
    async () => {
      await client.mutation(api.transactions.incrementCounter, { name: SHARED });
      raise(promises, SHARED, 1);
    },
    async (name) => {
      await client.mutation(api.values.save, { key: name, value: { text: name, n: [i] } });
      promises.inserted.add(name);
    },
    async () => {
      await client.mutation(api.transactions.incrementInParallel, { name: `${own}'s`, times: 3 });
      raise(promises, `${own}'s`, 3);
    },
    async (name) => {
      const milliseconds = (i * 37) % 400;
      const event = { source: SOURCE, text: name, milliseconds };
      await client.mutation(api.scheduling.scheduleAfter, event);
      promises.scheduled.add(name);
    },
    async (name) => {
      const event = { source: ACTIONS, text: name, milliseconds: 0, target: "action" as const };
      promises.actions.set(await client.mutation(api.scheduling.scheduleAfter, event), name);
    },
  ];
  return { prefix: own, steps };
}

/** A plain request that got no answer may have been done, or not. */
function httpSteps(http: ConvexHttpClient, promises: Promises) {
  const perhaps = async (name: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch {
      promises.perhaps.add(name);
    }
  };
  const steps: Step[] = [
    (name) =>
      perhaps(name, async () => {
        await http.mutation(api.values.save, { key: name });
        promises.inserted.add(name);
      }),
    (name) =>
      perhaps(name, async () => {
        const id = await http.action(api.files.storeText, { text: name });
        promises.files.set(id, name);
      }),
    (name) =>
      perhaps(name, async () => {
        const uploadUrl = await http.mutation(api.files.uploadUrl);
        const response = await fetch(uploadUrl, { method: "POST", body: name });
        if (!response.ok) throw new Error(await response.text());
        const { storageId } = (await response.json()) as { storageId: Id<"_storage"> };
        promises.files.set(storageId, name);
      }),
    (name) =>
      perhaps(name, async () => {
        const event = { source: SOURCE, text: name, milliseconds: 5 };
        await http.action(api.scheduling.scheduleFromAction, event);
        promises.scheduled.add(name);
      }),
  ];
  return { prefix: "http", steps };
}

/** A counter that only rises must never be seen to fall. */
function watchCounter(client: ConvexClient | undefined, promises: Promises): void {
  let last = 0;
  client?.onUpdate(api.transactions.readCounter, { name: SHARED }, (count) => {
    if (count < last) promises.violations.push(`the shared counter fell from ${last} to ${count}`);
    last = count;
  });
}
