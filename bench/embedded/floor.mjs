// The floor under "mutation to another client's query": a server that makes one durable commit of the same
// SQLite library and then echoes. It runs in a process of its own, as the measured server does.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { WebSocketServer } from "ws";

const folder = mkdtempSync(join(tmpdir(), "bench-floor-"));
const database = new DatabaseSync(join(folder, "floor.sqlite"));
database.exec(
  "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t(id INTEGER PRIMARY KEY, text TEXT)",
);
const insert = database.prepare("INSERT INTO t(text) VALUES(?)");
const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
server.on("connection", (socket) =>
  socket.on("message", (data) => {
    const text = data.toString();
    insert.run(text);
    socket.send(text);
  }),
);
server.once("listening", () => process.send(server.address().port));
process.once("disconnect", () => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
  process.exit();
});
