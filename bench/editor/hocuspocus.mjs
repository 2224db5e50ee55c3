// Runs in a process of its own, as the product's server does: Hocuspocus, with everything in memory.
import { Server } from "@hocuspocus/server";

const server = new Server({ port: 0, address: "127.0.0.1", quiet: true, stopOnSignals: false });
await server.listen();
process.send({ url: server.webSocketURL });
