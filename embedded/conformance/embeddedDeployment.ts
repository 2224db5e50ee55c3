/** The conformance tests' view of the embedded server: the official HTTP client. */
import { ConvexHttpClient } from "convex/browser";
import type { FunctionReference } from "convex/server";
import { api, internal } from "../testing/fixture/convex/_generated/api";
import { signToken } from "../testing/identities.ts";
import type { TestServer } from "../testing/server.ts";
import { until } from "../testing/waiting.ts";
import type { Caller, Deployment } from "./adapter.ts";
import { soon } from "./adapter.ts";

interface Credentials {
  prepare(client: ConvexHttpClient): Promise<void> | void;
  headers(): Promise<Record<string, string>>;
}

function callerOf(server: () => TestServer, credentials: Credentials): Caller {
  async function connect(): Promise<ConvexHttpClient> {
    const client = new ConvexHttpClient(server().url, { logger: false });
    await credentials.prepare(client);
    return client;
  }
  return {
    // The client's types know public functions only; the server decides who may call what.
    query: async (reference, ...args) =>
      (await connect()).query(reference as FunctionReference<"query">, args[0] ?? {}),
    mutation: async (reference, ...args) =>
      (await connect()).mutation(reference as FunctionReference<"mutation">, args[0] ?? {}),
    action: async (reference, ...args) =>
      (await connect()).action(reference as FunctionReference<"action">, args[0] ?? {}),
    async fetchHttp(path, init = {}) {
      const headers = new Headers(init.headers);
      for (const [name, value] of Object.entries(await credentials.headers())) {
        headers.set(name, value);
      }
      return await fetch(`${server().siteUrl}${path}`, { redirect: "manual", ...init, headers });
    },
  };
}

const nobody: Credentials = {
  prepare: () => undefined,
  headers: () => Promise.resolve({}),
};

function bearer(token: () => Promise<string>): Credentials {
  return {
    prepare: async (client) => {
      client.setAuth(await token());
    },
    headers: async () => ({ authorization: `Bearer ${await token()}` }),
  };
}

function admin(server: () => TestServer): Credentials {
  return {
    prepare: (client) => {
      // Left out of the published types, but it is how the official tools call internal functions.
      (client as unknown as { setAdminAuth(key: string): void }).setAdminAuth(server().adminKey);
    },
    headers: () => Promise.resolve({}),
  };
}

/** The deployment behind a running server that has the fixture app. */
export function embeddedDeployment(server: () => TestServer): Deployment {
  const anonymous = callerOf(server, nobody);
  const administrator = callerOf(server, admin(server));
  return {
    ...anonymous,
    side: "embedded",
    async reset() {
      await administrator.mutation(internal.reset.clearTables);
    },
    asUser: (identity) =>
      callerOf(
        server,
        bearer(() => signToken(identity)),
      ),
    withToken: (token) =>
      callerOf(
        server,
        bearer(() => Promise.resolve(token)),
      ),
    asAdmin: () => administrator,
    async finishScheduled() {
      await until(
        () => anonymous.query(api.scheduling.countUnfinishedJobs, { dueBefore: soon() }),
        (unfinished) => unfinished === 0,
      );
    },
  };
}
