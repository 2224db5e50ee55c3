/**
 * Walks every HTTP route as everybody, as `everyFunction.test.ts` walks every function: what must come follows from the
 * matrix. A route without a line here fails.
 */
import { expect, test } from "vitest";
import { api } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import { mayWithStudent } from "../domain/access/matrix";
import http from "../http";
import { as, routesAs } from "../testing/sessions.helpers";
import {
  type Actor,
  ACTORS,
  buildWorld,
  newApp,
  type TestApp,
  type World,
} from "../testing/world.helpers";
import { RELATION_OF, ROLE_OF } from "./actors.helpers";

/** What somebody hears, in every byte that could tell two cases apart. */
interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

async function hear(asked: Promise<Response>): Promise<Answer> {
  const response = await asked;
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}

const PDF = "%PDF-1.7\nOf Ada\n%%EOF\n";
const upload = (app: TestApp, actor: Actor, studentId: string) =>
  hear(
    routesAs(app, actor).fetch("/api/documents", {
      method: "POST",
      body: PDF,
      headers: {
        "x-trellis-document": encodeURIComponent(
          JSON.stringify({
            ...{ studentId, title: "Report", fileName: "report.pdf", kind: "evaluation" },
            ...{ isConfidential: false, clientMutationId: `by-${actor}` },
          }),
        ),
      },
    }),
  );
const download = (app: TestApp, actor: Actor, ticket: string) =>
  hear(routesAs(app, actor).fetch(`/api/documents?ticket=${ticket}`));

async function newWorld(): Promise<{ app: TestApp; world: World }> {
  const app = newApp();
  return { app, world: await buildWorld(app) };
}

/** The status that must come when this person sends a document about Ada. */
function expectedUpload(actor: Actor): number {
  if (actor === "signedOut") return 401;
  if (ROLE_OF[actor] === null) return 403;
  const relation = RELATION_OF[actor];
  if (relation === undefined) return 404;
  return mayWithStudent("document.add", relation) ? 200 : 403;
}

test("the product has these routes of its own, and the rest are those of the sign-in", () => {
  const routes = http.getRoutes().map(([path, method]) => `${method} ${path}`);
  const isSignIn = (route: string) => /^\w+ \/(?:api\/auth\/|\.well-known\/)/u.test(route);
  expect(routes.filter((route) => !isSignIn(route)).sort()).toEqual([
    "GET /api/documents",
    "POST /api/documents",
  ]);
});

test("a document is taken from those who may add one", async () => {
  const { app, world } = await newWorld();
  const statuses: Record<string, number> = {};
  const wanted: Record<string, number> = {};
  for (const actor of ACTORS) {
    statuses[actor] = (await upload(app, actor, world.own.record.studentId)).status;
    wanted[actor] = expectedUpload(actor);
  }
  expect(statuses).toEqual(wanted);
});

test("for those without a relation, a student elsewhere, one that was and one that never was are the same, to the byte", async () => {
  const { app, world } = await newWorld();
  const foreign = world.foreign.record.studentId;
  const gone = await app.run(async (ctx) => {
    const row = await ctx.db.get("students", foreign);
    if (row === null) throw new Error("No foreign student");
    const { _id, _creationTime, ...value } = row;
    const copy = await ctx.db.insert("students", value);
    await ctx.db.delete("students", copy);
    return copy;
  });
  for (const actor of ACTORS) {
    if (expectedUpload(actor) === 401 || ROLE_OF[actor] === null) continue;
    // Those of the foreign district belong there.
    if (actor.startsWith("foreign")) continue;
    const elsewhere = await upload(app, actor, foreign);
    expect(elsewhere.status, actor).toBe(404);
    expect(await upload(app, actor, gone), actor).toEqual(elsewhere);
    expect(await upload(app, actor, "nothing"), actor).toEqual(elsewhere);
    if (expectedUpload(actor) === 404)
      expect(await upload(app, actor, world.own.record.studentId), actor).toEqual(elsewhere);
  }
});

test("a ticket opens nothing for anybody but the session that asked for it, and tells nobody that it is one", async () => {
  const { app, world } = await newWorld();
  const sent = await upload(app, "caseManager", world.own.record.studentId);
  const { documentId } = JSON.parse(sent.body) as { documentId: Id<"documents"> };
  const ticket = await as(app, "caseManager").mutation(api.documents.openDocument, { documentId });
  const nothing = await download(app, "signedOut", "never-given");
  expect(nothing.status).toBe(404);
  for (const actor of ACTORS) {
    if (actor === "caseManager") continue;
    expect(await download(app, actor, ticket), actor).toEqual(nothing);
  }
  expect(await download(app, "caseManager", ticket)).toMatchObject({ status: 200, body: PDF });
});
