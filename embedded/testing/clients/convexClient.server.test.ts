/** The official client over its web socket: subscriptions, calls, optimistic updates. */
import { ConvexClient } from "convex/browser";
import { ConvexError } from "convex/values";
import { afterEach, describe, expect, test } from "vitest";
import { api } from "../fixture/convex/_generated/api";
import { useFixtureServer } from "../fixtureServer.ts";
import { until } from "../waiting.ts";

const server = useFixtureServer();
const clients: ConvexClient[] = [];

function connect(): ConvexClient {
  const client = new ConvexClient(server().url, { logger: false });
  clients.push(client);
  return client;
}

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

let rooms = 0;
const newRoom = () => `room ${rooms++}`;

/** Every list that the subscription shows. */
function watch(client: ConvexClient, room: string): string[][] {
  const seen: string[][] = [];
  client.onUpdate(api.conversations.list, { room }, (messages) => seen.push(messages));
  return seen;
}

const send = (client: ConvexClient, room: string, position: number, text = `m${position}`) =>
  client.mutation(api.conversations.send, { room, position, text });

describe("subscriptions", () => {
  test("show the present, then every change", async () => {
    const room = newRoom();
    const client = connect();
    const seen = watch(client, room);
    await until(
      () => seen.length,
      (count) => count === 1,
    );
    await send(client, room, 1);
    await send(client, room, 2);
    await until(
      () => seen.at(-1),
      (last) => last?.length === 2,
    );
    expect(seen[0]).toEqual([]);
    expect(seen.at(-1)).toEqual(["m1", "m2"]);
  });

  test("reach other clients", async () => {
    const room = newRoom();
    const watchers = [connect(), connect(), connect()].map((client) => watch(client, room));
    await send(connect(), room, 1);
    for (const seen of watchers) {
      await until(
        () => seen.at(-1),
        (last) => last?.length === 1,
      );
    }
  });

  test("of one client are always of one moment", async () => {
    const client = connect();
    const name = newRoom();
    // Both queries read the same counter: they may never show different numbers.
    const pairs: (readonly [number | undefined, number | undefined])[] = [];
    const first = client.onUpdate(api.transactions.readCounter, { name }, () => undefined);
    const second = client.onUpdate(api.transactions.readCounter, { name }, () => undefined);
    client.client.addOnTransitionHandler(() => {
      pairs.push([first.getCurrentValue(), second.getCurrentValue()]);
    });
    const other = connect();
    for (let i = 0; i < 20; i++) await other.mutation(api.transactions.incrementCounter, { name });
    await until(
      () => first.getCurrentValue(),
      (count) => count === 20,
    );
    expect(pairs.every(([a, b]) => a === b)).toBe(true);
    const shown = pairs.map(([a]) => a ?? 0);
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
  });

  test("end when unsubscribed", async () => {
    const room = newRoom();
    const client = connect();
    const seen: string[][] = [];
    const stop = client.onUpdate(api.conversations.list, { room }, (list) => seen.push(list));
    await until(
      () => seen.length,
      (count) => count === 1,
    );
    stop();
    const still = watch(client, room);
    await send(client, room, 1);
    await until(
      () => still.at(-1),
      (last) => last?.length === 1,
    );
    expect(seen).toEqual([[]]);
  });

  test("that fail tell the error, and recover", async () => {
    const client = connect();
    const bucket = newRoom();
    const errors: Error[] = [];
    const values: unknown[] = [];
    client.onUpdate(
      api.reading.uniqueReading,
      { bucket },
      (value) => values.push(value),
      (error) => errors.push(error),
    );
    const rows = [{ bucket }, { bucket }];
    const ids = await client.mutation(api.reading.insertReadings, { rows });
    await until(
      () => errors.length,
      (count) => count === 1,
    );
    expect(errors[0]?.message).toContain("unique() query returned more than one result");
    const [id] = ids;
    if (id === undefined) throw new Error("an id expected");
    await client.mutation(api.reading.deleteReading, { id });
    await until(
      () => values.at(-1),
      (last) => last !== null && last !== undefined,
    );
  });

  test("carry a ConvexError's data", async () => {
    const client = connect();
    const errors: Error[] = [];
    client.onUpdate(
      api.errors.throwDataFromQuery,
      { data: { code: 7n } },
      () => undefined,
      (error) => errors.push(error),
    );
    await until(
      () => errors.length,
      (count) => count === 1,
    );
    expect(errors[0]).toBeInstanceOf(ConvexError);
    expect((errors[0] as ConvexError<{ code: bigint }>).data).toEqual({ code: 7n });
  });

  test("are not disturbed by changes that do not concern them", async () => {
    const [watched, other] = [newRoom(), newRoom()];
    const client = connect();
    const seen = watch(client, watched);
    await until(
      () => seen.length,
      (count) => count === 1,
    );
    for (let i = 0; i < 5; i++) await send(client, other, i);
    await send(client, watched, 1);
    await until(
      () => seen.at(-1),
      (last) => last?.length === 1,
    );
    expect(seen).toEqual([[], ["m1"]]);
  });

  test("take many at once", async () => {
    const client = connect();
    const names = Array.from({ length: 200 }, () => newRoom());
    const lists = names.map((room) => watch(client, room));
    await until(
      () => lists.filter((seen) => seen.length === 1).length,
      (count) => count === 200,
    );
    await send(client, names[150] ?? "", 1);
    await until(
      () => lists[150]?.length,
      (count) => count === 2,
    );
    expect(lists.filter((seen) => seen.length === 2)).toHaveLength(1);
  });
});

describe("calls", () => {
  test("a one-shot query, a mutation, an action", async () => {
    const client = connect();
    expect(await client.query(api.calls.fromQuery, { text: "t" })).toBe("query t");
    expect(await client.mutation(api.calls.fromMutation, { text: "t" })).toEqual([
      "query t",
      "mutation t",
    ]);
    expect(await client.action(api.calls.fromAction, { text: "t" })).toEqual([
      "query t",
      "mutation t",
      "action t",
    ]);
  });

  test("mutations run in the order in which they were called", async () => {
    const client = connect();
    const room = newRoom();
    const name = newRoom();
    const counts = await Promise.all(
      Array.from({ length: 30 }, () =>
        client.mutation(api.transactions.incrementCounter, { name }),
      ),
    );
    expect(counts).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    const sent = Array.from({ length: 10 }, (_, i) => send(client, room, i));
    await Promise.all(sent);
    expect(await client.query(api.conversations.list, { room })).toHaveLength(10);
  });

  test("when a mutation has answered, subscriptions show its effect", async () => {
    const client = connect();
    const room = newRoom();
    const seen = watch(client, room);
    await until(
      () => seen.length,
      (count) => count === 1,
    );
    for (let i = 1; i <= 10; i++) {
      await send(client, room, i);
      expect(seen.at(-1)).toHaveLength(i);
    }
  });

  test("a mutation that changes nothing answers too", async () => {
    const client = connect();
    expect(await client.mutation(api.values.echoFromMutation, { value: 1n })).toBe(1n);
  });

  test("errors of mutations and actions reach the caller", async () => {
    const client = connect();
    await expect(
      client.mutation(api.errors.throwPlainFromMutation, { message: "no mutation" }),
    ).rejects.toThrow(/no mutation/);
    await expect(
      client.action(api.errors.throwPlainFromAction, { message: "no action" }),
    ).rejects.toThrow(/no action/);
    await expect(
      client.mutation(api.errors.throwDataFromMutation, { data: { code: "x" } }),
    ).rejects.toMatchObject({ data: { code: "x" } });
  });

  test("internal functions are out of reach", async () => {
    const client = connect();
    const secret = "calls:secretMutation" as unknown as typeof api.validators.takeText;
    await expect(client.mutation(secret, { text: "t" })).rejects.toThrow(
      /Could not find public function/,
    );
  });
});

describe("optimistic updates", () => {
  const sendAtOnce = (client: ConvexClient, room: string, text: string, refused = false) =>
    client.mutation(
      refused ? api.conversations.sendRefused : api.conversations.send,
      { room, position: 1, text },
      {
        optimisticUpdate: (store, args) => {
          const list = store.getQuery(api.conversations.list, { room: args.room });
          if (list !== undefined) {
            store.setQuery(api.conversations.list, { room: args.room }, [
              ...list,
              `${args.text} (sending)`,
            ]);
          }
        },
      },
    );

  test("show at once, and give way to the truth without a gap", async () => {
    const client = connect();
    const room = newRoom();
    const seen = watch(client, room);
    await until(
      () => seen.length,
      (count) => count === 1,
    );
    await sendAtOnce(client, room, "hello");
    expect(seen).toEqual([[], ["hello (sending)"], ["hello"]]);
  });

  test("vanish when the mutation is refused", async () => {
    const client = connect();
    const room = newRoom();
    const seen = watch(client, room);
    await until(
      () => seen.length,
      (count) => count === 1,
    );
    await expect(sendAtOnce(client, room, "hello", true)).rejects.toThrow(/refused to send/);
    await until(
      () => seen.at(-1),
      (last) => last?.length === 0,
    );
    expect(seen).toEqual([[], ["hello (sending)"], []]);
  });
});
