/** A TCP proxy that cuts the wire: what a client sees when a network fails. */
import { createServer, connect, type AddressInfo, type Socket } from "node:net";

export interface Proxy {
  /** Where clients connect instead of the server's own address. */
  readonly url: string;
  /** Connections made so far. */
  readonly connections: number;
  /** Breaks all connections; new ones are accepted. */
  cut(): void;
  /** Breaks all connections and refuses new ones until `mend`. */
  sever(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Starts a proxy on a free port in front of `target`. */
export async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let severed = false;
  let connections = 0;
  const server = createServer((near) => {
    if (severed) {
      near.destroy();
      return;
    }
    connections += 1;
    const far = connect(Number(port), hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get connections() {
      return connections;
    },
    cut,
    sever() {
      severed = true;
      cut();
    },
    mend() {
      severed = false;
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
