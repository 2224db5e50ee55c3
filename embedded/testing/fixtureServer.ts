import { afterAll, afterEach, beforeAll, inject } from "vitest";
import { type ServerOptions, startServer, type TestServer } from "./server.ts";

export type FixtureServerOptions = Omit<ServerOptions, "dataDir" | "template">;

/**
 * A server with the fixture app for the whole test file (or `describe` block): its own process on
 * its own copy of the data. Prints the server's log after a failed test.
 * @returns a getter, because the server runs only inside hooks and tests
 */
export function useFixtureServer(options: FixtureServerOptions = {}): () => TestServer {
  let server: TestServer | null = null;
  beforeAll(async () => {
    server = await startServer({ ...options, template: inject("fixtureTemplate") });
  });
  afterEach(({ task }) => {
    if (task.result?.state === "fail") {
      console.log(`The server's log:\n${server?.logs().slice(-20_000) ?? ""}`);
    }
  });
  afterAll(async () => {
    await server?.dispose();
  });
  return () => {
    if (server === null) throw new Error("the server runs only inside tests");
    return server;
  };
}
