/** The official components, unmodified, inside the deployment. */
import { expect, test } from "vitest";
import { api } from "../testing/fixture/convex/_generated/api";
import { until } from "../testing/waiting.ts";
import { describeConformance, expectDifference } from "./adapter.ts";

/** Components keep their rows between tests, so each test has names of its own. */
let names = 0;
const newName = (what: string) => `${what} ${Date.now()} ${names++}`;

export default describeConformance("official components", (deployment) => {
  const statistics = (player: string) => deployment.query(api.aggregates.statistics, { player });

  test("aggregate: counts, sums and ranks, in two instances", async () => {
    const player = newName("player");
    const before = await statistics(player);
    const ids = [];
    for (const points of [30, 10, 20]) {
      ids.push(await deployment.mutation(api.aggregates.addScore, { player, points }));
    }
    const full = await statistics(player);
    expect(full.count - before.count).toBe(3);
    expect(full.sum - before.sum).toBe(60);
    expect(full.greatest).toBe(30);
    expect(full.ofPlayer).toBe(3);
    const [thirty, ten] = ids;
    if (thirty === undefined || ten === undefined) throw new Error("ids expected");
    await deployment.mutation(api.aggregates.removeScore, { id: thirty });
    await deployment.mutation(api.aggregates.changeScore, { id: ten, points: 11 });
    const after = await statistics(player);
    expect(after.count - before.count).toBe(2);
    expect(after.sum - before.sum).toBe(31);
    expect(after.ofPlayer).toBe(2);
    for (const id of ids.slice(1)) await deployment.mutation(api.aggregates.removeScore, { id });
  });

  test("aggregate: many items, where its tree must split", async () => {
    const player = newName("many");
    const ids = [];
    for (let points = 1; points <= 60; points++) {
      ids.push(await deployment.mutation(api.aggregates.addScore, { player, points }));
    }
    expect(await statistics(player)).toMatchObject({ ofPlayer: 60 });
    for (const id of ids) await deployment.mutation(api.aggregates.removeScore, { id });
    expect(await statistics(player)).toMatchObject({ ofPlayer: 0 });
  });

  test("rate limiter: allows three and refuses the fourth; a failed mutation costs nothing", async () => {
    const key = newName("door");
    const knock = () => deployment.mutation(api.limits.knock, { key });
    await expect(deployment.mutation(api.limits.knockThenFail, { key })).rejects.toThrow();
    expect([await knock(), await knock(), await knock(), await knock()]).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  test("presence: heartbeats, lists, disconnects", async () => {
    const roomId = newName("room");
    const beat = (userId: string) =>
      deployment.mutation(api.presence.heartbeat, {
        roomId,
        userId,
        sessionId: `${roomId} of ${userId}`,
        interval: 60_000,
      });
    const { roomToken } = await beat("ada");
    const { sessionToken } = await beat("grace");
    const list = async () =>
      (await deployment.query(api.presence.list, { roomToken })).sort((a, b) =>
        a.userId < b.userId ? -1 : 1,
      );
    expect(await list()).toEqual([
      { userId: "ada", online: true },
      { userId: "grace", online: true },
    ]);
    await deployment.mutation(api.presence.disconnect, { sessionToken });
    expect(await list()).toEqual([
      { userId: "ada", online: true },
      { userId: "grace", online: false },
    ]);
  });

  test("presence: a session without heartbeats goes offline by itself", async () => {
    const roomId = newName("room");
    const { roomToken } = await deployment.mutation(api.presence.heartbeat, {
      roomId,
      userId: "ada",
      sessionId: roomId,
      interval: 100,
    });
    const after = await until(
      () => deployment.query(api.presence.list, { roomToken }),
      (users) => users.every((user) => !user.online),
    );
    expect(after).toEqual([{ userId: "ada", online: false }]);
  });

  test("prosemirror-sync: snapshots, steps, and a refused stale step", async () => {
    const id = newName("document");
    const content = JSON.stringify({ type: "doc", content: [] });
    await deployment.mutation(api.documentSync.submitSnapshot, { id, version: 1, content });
    expect(await deployment.query(api.documentSync.getSnapshot, { id })).toEqual({
      content,
      version: 1,
    });
    const submit = (version: number, clientId: string, ...steps: string[]) =>
      deployment.mutation(api.documentSync.submitSteps, { id, version, clientId, steps });
    expect(await submit(1, "one", "a", "b")).toMatchObject({ status: "synced" });
    expect(await deployment.query(api.documentSync.latestVersion, { id })).toBe(3);
    expect(await submit(1, "two", "c")).toMatchObject({
      status: "needs-rebase",
      steps: ["a", "b"],
      clientIds: ["one", "one"],
    });
    expect(await submit(3, "two", "c")).toMatchObject({ status: "synced" });
    expect(await deployment.query(api.documentSync.getSteps, { id, version: 1 })).toMatchObject({
      version: 4,
      steps: ["a", "b", "c"],
    });
  });

  test("migrations: every row once, in batches", async () => {
    await deployment.mutation(api.migrations.addNumbers, { count: 10 });
    await deployment.mutation(api.migrations.start);
    const progress = await until(
      () => deployment.query(api.migrations.progress),
      ({ isDone }) => isDone,
    );
    expect(progress).toEqual({ isDone: true, processed: 10, doubled: 10 });
  });

  test("workpool: runs mutations and actions, and tells how they ended", async () => {
    const source = newName("work");
    const works = [
      await deployment.mutation(api.work.enqueueMutation, { source, text: "mutation" }),
      await deployment.mutation(api.work.enqueueAction, { source, text: "action", failing: false }),
      await deployment.mutation(api.work.enqueueAction, { source, text: "never", failing: true }),
    ];
    const events = await until(
      () => deployment.query(api.scheduling.events, { source }),
      (texts) => texts.filter((text) => text.startsWith("finished")).length === 3,
    );
    expect([...events].sort()).toEqual([
      "action",
      "finished failed",
      "finished success",
      "finished success",
      "mutation",
    ]);
    for (const id of works) {
      expect(await deployment.query(api.work.status, { id })).toBe("finished");
    }
  });

  test("better-auth: signs up, refuses a wrong password, signs in, gives a token", async () => {
    const email = `user${Date.now()}@school.example`;
    const password = "correct horse battery";
    const post = (path: string, body: unknown) =>
      deployment.fetchHttp(`/api/auth${path}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          origin: "http://localhost:5173",
          // Asks for the session in a header, because another domain gets no cookie.
          "better-auth-cookie": "",
        },
        body: JSON.stringify(body),
      });
    await expectDifference(deployment, "better-auth has no address", {
      embedded: async () => {
        const up = await post("/sign-up/email", { email, password, name: "Ada" });
        expect(up.status).toBe(200);
        expect((await post("/sign-in/email", { email, password: "wrong word" })).status).toBe(401);
        const signIn = await post("/sign-in/email", { email, password });
        expect(signIn.status).toBe(200);
        const cookie = signIn.headers.get("set-better-auth-cookie");
        expect(cookie).toBeTypeOf("string");
        const token = await deployment.fetchHttp("/api/auth/convex/token", {
          headers: { "better-auth-cookie": cookie ?? "", origin: "http://localhost:5173" },
        });
        const body = (await token.json()) as { token: string };
        const me = await deployment.withToken(body.token).query(api.auth.currentUser);
        expect(me).toEqual({ email, name: "Ada" });
      },
      convexTest: async () => {
        expect((await post("/sign-up/email", { email, password, name: "Ada" })).status).toBe(200);
      },
    });
    expect(await deployment.query(api.auth.currentUser)).toBeNull();
  });
});
