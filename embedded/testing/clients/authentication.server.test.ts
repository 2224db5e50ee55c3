/** Who the official client is: tokens set, refused, refreshed and taken away. */
import { ConvexClient, type ConvexClientOptions } from "convex/browser";
import { afterEach, expect, test } from "vitest";
import { api } from "../fixture/convex/_generated/api";
import { useFixtureServer } from "../fixtureServer.ts";
import { signToken, testIssuer, type TokenOptions } from "../identities.ts";
import { until } from "../waiting.ts";

const server = useFixtureServer();
const clients: ConvexClient[] = [];

function connect(options: ConvexClientOptions = {}): ConvexClient {
  const client = new ConvexClient(server().url, { logger: false, ...options });
  clients.push(client);
  return client;
}

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

/** Who the live query says the user is, over time. */
function watchIdentity(client: ConvexClient): (string | null)[] {
  const seen: (string | null)[] = [];
  client.onUpdate(api.identity.whoAmIInQuery, {}, (identity) => {
    seen.push(identity?.subject ?? null);
  });
  return seen;
}

/** Sets the token and resolves with what the server makes of it. */
function authenticate(client: ConvexClient, fetchToken: () => Promise<string | null>) {
  return new Promise<boolean>((resolve) => {
    client.setAuth(fetchToken, resolve);
  });
}

test("live queries follow the user", async () => {
  // Otherwise the client fetches each token twice, and the second one may arrive after signing out.
  const client = connect({ initialAuthTokenReuse: true });
  const seen = watchIdentity(client);
  await until(
    () => seen.at(-1),
    (who) => who === null,
  );
  expect(await authenticate(client, () => signToken({ subject: "ada" }))).toBe(true);
  await until(
    () => seen.at(-1),
    (who) => who === "ada",
  );
  expect(await authenticate(client, () => signToken({ subject: "grace" }))).toBe(true);
  await until(
    () => seen.at(-1),
    (who) => who === "grace",
  );
  client.client.clearAuth();
  await until(
    () => seen.at(-1),
    (who) => who === null,
  );
});

test("mutations and actions carry the identity", async () => {
  const client = connect();
  await authenticate(client, () => signToken({ subject: "ada", name: "Ada" }));
  const identity = {
    subject: "ada",
    name: "Ada",
    issuer: testIssuer,
    tokenIdentifier: `${testIssuer}|ada`,
  };
  expect(await client.mutation(api.identity.whoAmIInMutation, {})).toEqual(identity);
  expect(await client.action(api.identity.whoAmIInAction, {})).toEqual(identity);
});

test.each<[string, TokenOptions]>([
  ["an expired token", { expiresIn: -60 }],
  ["a token for another audience", { audience: "another" }],
  ["a token of an unknown issuer", { issuer: "https://unknown.example" }],
])("%s is refused", async (_, options) => {
  const client = connect();
  const seen = watchIdentity(client);
  expect(await authenticate(client, () => signToken({ subject: "ada" }, options))).toBe(false);
  await until(
    () => seen.length,
    (count) => count > 0,
  );
  expect(seen.every((who) => who === null)).toBe(true);
});

test("a forged token is refused", async () => {
  const client = connect();
  const token = await signToken({ subject: "ada" });
  const [header, payload] = token.split(".");
  const forged = `${header}.${payload}.${"A".repeat(86)}`;
  expect(await authenticate(client, () => Promise.resolve(forged))).toBe(false);
  expect(await client.mutation(api.identity.whoAmIInMutation, {})).toBeNull();
});

test("a token is refreshed before it expires, and queries stay up", async () => {
  const client = connect({ authRefreshTokenLeewaySeconds: 2 });
  const seen = watchIdentity(client);
  let fetched = 0;
  await authenticate(client, () => {
    fetched += 1;
    return signToken({ subject: "ada" }, { expiresIn: 4 });
  });
  await until(
    () => fetched,
    (count) => count >= 4,
  );
  await until(
    () => seen.at(-1),
    (who) => who === "ada",
  );
  expect(seen.slice(seen.indexOf("ada")).every((who) => who === "ada")).toBe(true);
});

test("one user's data never shows to another on the same connection", async () => {
  const client = connect();
  const seen = watchIdentity(client);
  for (const subject of ["one", "two", "three", "four"]) {
    await authenticate(client, () => signToken({ subject }));
    expect((await client.query(api.identity.whoAmIInQuery, {}))?.subject).toBe(subject);
    await until(
      () => seen.at(-1),
      (who) => who === subject,
    );
  }
  const order = ["one", "two", "three", "four"];
  const shown = seen.filter((who): who is string => who !== null);
  const positions = shown.map((who) => order.indexOf(who));
  expect(positions).toEqual([...positions].sort((a, b) => a - b));
});
