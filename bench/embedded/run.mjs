// npm run bench:embedded — what the embedded server costs, each figure against something measured in the same run.
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { once } from "node:events";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { startServer } from "./server.mjs";

const LARGE = Number(process.env.BENCH_ROWS ?? 1_000_000);
const SMALL = 10_000;

function clients() {
  const child = fork(new URL("./clients.mjs", import.meta.url), { stdio: "inherit" });
  let id = 0;
  return {
    run(name, options) {
      id += 1;
      const mine = id;
      return new Promise((resolve, reject) => {
        const listen = (message) => {
          if (message.id !== mine) return;
          child.off("message", listen);
          if (message.error) reject(new Error(message.error));
          else resolve(message.result);
        };
        child.on("message", listen);
        child.send({ id: mine, name, options });
      });
    },
    end: () => child.kill(),
  };
}

/** One-row transactions of the same SQLite library with the same durability. */
function rawSqlite() {
  const folder = mkdtempSync(join(tmpdir(), "bench-raw-"));
  const database = new DatabaseSync(join(folder, "raw.sqlite"));
  database.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t(id INTEGER PRIMARY KEY, client INTEGER, n INTEGER, text TEXT)",
  );
  const insert = database.prepare("INSERT INTO t(client, n, text) VALUES(?, ?, ?)");
  return {
    rate(seconds) {
      const end = performance.now() + seconds * 1000;
      const start = performance.now();
      let count = 0;
      while (performance.now() < end) insert.run(1, count++, "a line of text as people write it");
      return count / ((performance.now() - start) / 1000);
    },
    close() {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const rows = [];
const report = (figure, value, reference, ratio, target, good) =>
  rows.push({
    figure,
    value,
    reference,
    ratio: ratio.toFixed(2),
    target,
    "": good ? "ok" : "MISSED",
  });
const mean = (a, b) => (a + b) / 2;
const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const server = await startServer();
const raw = rawSqlite();
try {
  server.push();
  const { url } = server;
  const load = clients();

  const before = raw.rate(2);
  const rate = await load.run("inserts", { url, clients: 50, seconds: 6 });
  const reference = mean(before, raw.rate(2));
  report(
    "durable inserts/s, 50 clients",
    rate.toFixed(0),
    `${reference.toFixed(0)} raw one-row transactions/s`,
    rate / reference,
    ">= 1.0",
    rate / reference >= 1,
  );

  // Both are measured three times, in turns: the disk's pace changes from second to second.
  const floor = fork(new URL("./floor.mjs", import.meta.url));
  const [port] = await once(floor, "message");
  const floors = [];
  const propagations = [];
  const official = [];
  for (let turn = 0; turn < 3; turn++) {
    floors.push(await load.run("echo", { port, rounds: 1000 }));
    propagations.push(await load.run("plainPropagation", { url, rounds: 1000 }));
    official.push(await load.run("propagation", { url, rounds: 1000 }));
  }
  floor.disconnect();
  const [echo, propagation, client] = [middle(floors), middle(propagations), middle(official)];
  const floorText = `${echo.toFixed(3)} web-socket echo + one durable commit`;
  report(
    "mutation to another client's query, ms",
    propagation.toFixed(3),
    floorText,
    propagation / echo,
    "<= 3",
    propagation / echo <= 3,
  );
  report(
    "the same with two official clients in one process",
    client.toFixed(3),
    floorText,
    client / echo,
    "(told, not set)",
    true,
  );

  const subscribers = clients();
  await subscribers.run("subscribe", { url, count: 1 });
  const one = await load.run("commits", { url, rounds: 500 });
  await subscribers.run("subscribe", { url, count: 10_000 });
  const many = await load.run("commits", { url, rounds: 500 });
  report(
    "commit with 10,000 unrelated subscriptions, ms",
    many.toFixed(3),
    `${one.toFixed(3)} with 1`,
    many / one,
    "<= 1.5",
    many / one <= 1.5,
  );
  subscribers.end();

  await load.run("fill", { url, table: "small", rows: SMALL });
  const small = await load.run("read", { url, table: "small", groups: SMALL / 100, rounds: 500 });
  await load.run("fill", { url, table: "large", rows: LARGE });
  const smallAgain = await load.run("read", {
    url,
    table: "small",
    groups: SMALL / 100,
    rounds: 500,
  });
  const large = await load.run("read", { url, table: "large", groups: LARGE / 100, rounds: 500 });
  const least = mean(small, smallAgain);
  report(
    `100 rows by index of ${LARGE.toLocaleString("en")}, ms`,
    large.toFixed(3),
    `${least.toFixed(3)} of ${SMALL.toLocaleString("en")}`,
    large / least,
    "<= 1.3",
    large / least <= 1.3,
  );
  const memory = server.memory();
  report(
    "resident memory with those rows, MiB",
    memory.toFixed(0),
    "400",
    memory / 400,
    "<= 1.0",
    memory <= 400,
  );
  load.end();
} finally {
  raw.close();
  await server.stop();
}
console.log(
  `\nNode ${process.version}, ${cpus().length} cores, clients and server on the same machine`,
);
console.table(rows);
