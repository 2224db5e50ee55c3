import { afterAll, afterEach, beforeAll, inject } from "vitest";
import { pushFixtureCode } from "./cli.ts";
import { type ServerOptions, startServer, type TestServer } from "./server.ts";

export interface FixtureServerOptions extends Omit<ServerOptions, "dataDir" | "template"> {
  /**
   * Pushes the code again to this very server. `auth.config.ts` is evaluated at the push, so this is
   * for tests whose tokens name the server's own address (better-auth's do).
   */
  pushAgain?: boolean;
}

/**
 * A server with the fixture app for the whole test file (or `describe` block): its own process on
 * its own copy of the data. Prints the server's log after a failed test.
 * @returns a getter, because the server runs only inside hooks and tests
 */
export function useFixtureServer(options: FixtureServerOptions = {}): () => TestServer {
  const { pushAgain, ...serverOptions } = options;
  let server: TestServer | null = null;
  beforeAll(async () => {
    server = await startServer({ ...serverOptions, template: inject("fixtureTemplate") });
    if (pushAgain === true) await pushFixtureCode(server);
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
