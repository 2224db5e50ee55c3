// Runs in a process of its own: official clients that load the server as told by the parent.
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { ConvexClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import WebSocket from "ws";

const insert = makeFunctionReference("bench:insert");
const setCounter = makeFunctionReference("bench:setCounter");
const counter = makeFunctionReference("bench:counter");
const say = makeFunctionReference("bench:say");
const newest = makeFunctionReference("bench:newest");
const readGroup = makeFunctionReference("bench:readGroup");
const LINE = "a line of text as people write it";
const fill = makeFunctionReference("bench:fill");

const connect = (url) => new ConvexClient(url, { logger: false });
async function plainSocket(url) {
  const socket = new WebSocket(`${url.replace("http", "ws")}/api/1.48.0/sync`, {
    perMessageDeflate: false,
  });
  await once(socket, "open");
  const clock = { connectionCount: 0, lastCloseReason: null, clientTs: Date.now() };
  socket.send(JSON.stringify({ type: "Connect", sessionId: randomUUID(), ...clock }));
  return socket;
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

const work = {
  /** Acknowledged inserts per second of `clients` clients, each with one insert under way. */
  async inserts({ url, clients, seconds }) {
    const all = Array.from({ length: clients }, () => connect(url));
    let count = 0;
    let measuring = false;
    let ending = false;
    const loops = all.map(async (client, index) => {
      for (let n = 0; !ending; n++) {
        await client.mutation(insert, {
          client: index,
          n,
          text: LINE,
        });
        if (measuring) count++;
      }
    });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    measuring = true;
    const start = performance.now();
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const rate = count / ((performance.now() - start) / 1000);
    measuring = false;
    ending = true;
    await Promise.all(loops);
    await Promise.all(all.map((client) => client.close()));
    return rate;
  },

  /** Median milliseconds from one client's mutation to another client's updated query. */
  async propagation({ url, rounds }) {
    const writer = connect(url);
    const reader = connect(url);
    let seen = () => undefined;
    let ready;
    const first = new Promise((resolve) => (ready = resolve));
    reader.onUpdate(newest, { room: "watched" }, (value) => {
      ready();
      seen(value);
    });
    await first;
    const times = [];
    for (let i = 0; i < rounds + 50; i++) {
      const start = performance.now();
      const arrived = new Promise((resolve) => (seen = (value) => value === i && resolve()));
      const sent = writer.mutation(say, { room: "watched", n: i, text: LINE });
      await arrived;
      if (i >= 50) times.push(performance.now() - start);
      await sent;
    }
    await Promise.all([writer.close(), reader.close()]);
    return median(times);
  },

  /**
   * The same as `propagation`, spoken by hand over two plain web sockets: what the server takes, without
   * what the official client does with a message.
   */
  async plainPropagation({ url, rounds }) {
    const writer = await plainSocket(url);
    const reader = await plainSocket(url);
    let seen = () => undefined;
    reader.on("message", (text) => seen(JSON.parse(text)));
    const subscribed = new Promise(
      (resolve) => (seen = (message) => message.type === "Transition" && resolve()),
    );
    const query = { type: "Add", queryId: 0, udfPath: "bench:newest", args: [{ room: "plain" }] };
    reader.send(
      JSON.stringify({
        type: "ModifyQuerySet",
        baseVersion: 0,
        newVersion: 1,
        modifications: [query],
      }),
    );
    await subscribed;
    const times = [];
    for (let i = 0; i < rounds + 50; i++) {
      const start = performance.now();
      const arrived = new Promise((resolve) => {
        seen = (message) =>
          message.modifications?.some((change) => change.value === i) && resolve();
      });
      const answered = once(writer, "message");
      writer.send(
        JSON.stringify({
          type: "Mutation",
          requestId: i,
          udfPath: "bench:say",
          args: [{ room: "plain", n: i, text: LINE }],
        }),
      );
      await arrived;
      if (i >= 50) times.push(performance.now() - start);
      await answered;
    }
    writer.close();
    reader.close();
    return median(times);
  },

  /** Median milliseconds of an echo of the server in floor.mjs, one at a time with a pause like a client's own work. */
  async echo({ port, rounds }) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
    await new Promise((resolve) => socket.once("open", resolve));
    const text = JSON.stringify({
      type: "Mutation",
      requestId: 1,
      udfPath: "bench:setCounter",
      args: [{ name: "watched", value: 1 }],
    });
    const times = [];
    for (let i = 0; i < rounds + 50; i++) {
      const start = performance.now();
      const back = new Promise((resolve) => socket.once("message", resolve));
      socket.send(text);
      await back;
      if (i >= 50) times.push(performance.now() - start);
    }
    socket.close();
    return median(times);
  },

  /** Subscribes to `count` different queries over 50 clients and keeps them until the process ends. */
  async subscribe({ url, count }) {
    const all = Array.from({ length: Math.min(50, count) }, () => connect(url));
    await Promise.all(
      Array.from(
        { length: count },
        (_, i) =>
          new Promise((resolve) =>
            all[i % all.length].onUpdate(counter, { name: `other ${i}` }, resolve),
          ),
      ),
    );
    return count;
  },

  /** Median milliseconds of a mutation that touches none of the other subscriptions. */
  async commits({ url, rounds }) {
    const client = connect(url);
    const times = [];
    for (let i = 0; i < rounds + 100; i++) {
      const start = performance.now();
      await client.mutation(setCounter, { name: "alone", value: i });
      if (i >= 100) times.push(performance.now() - start);
    }
    await client.close();
    return median(times);
  },

  async fill({ url, table, rows }) {
    const clients = Array.from({ length: 4 }, () => connect(url));
    const step = 2000;
    let next = 0;
    await Promise.all(
      clients.map(async (client) => {
        while (next < rows) {
          const from = next;
          next += step;
          await client.mutation(fill, { table, from, count: Math.min(step, rows - from) });
        }
      }),
    );
    await Promise.all(clients.map((client) => client.close()));
    return rows;
  },

  /** Median milliseconds to read one group of 100 rows, groups chosen evenly over the table. */
  async read({ url, table, groups, rounds }) {
    const client = connect(url);
    const times = [];
    for (let i = 0; i < rounds + 100; i++) {
      const group = (i * 7919) % groups;
      const start = performance.now();
      const rows = await client.query(readGroup, { table, group });
      if (rows !== 100) throw new Error(`Group ${group} of ${table} has ${rows} rows.`);
      if (i >= 100) times.push(performance.now() - start);
    }
    await client.close();
    return median(times);
  },
};

globalThis.WebSocket = WebSocket;
process.on("message", ({ id, name, options }) => {
  work[name](options).then(
    (result) => process.send({ id, result }),
    (error) => process.send({ id, error: String(error?.stack ?? error) }),
  );
});
