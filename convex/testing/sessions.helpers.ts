/** Sessions of the small world's people. */
import { ConvexError } from "convex/values";
import { api } from "../_generated/api";
import type { RecordTarget } from "../access/opening";
import type { Actor, TestApp } from "./world.helpers";

/** The session of an actor, which opens the records that it asks for, as the client does. */
export function as(app: TestApp, actor: Actor): Session {
  return openingSession(plainSession(app, actor));
}

/** The session of an actor, which opens nothing by itself. */
export function plainSession(app: TestApp, actor: Actor): Session {
  return identified(app, actor);
}

/** Requests of an actor to the routes, with the session's token. */
export const routesAs = (app: TestApp, actor: Actor): Pick<TestApp, "fetch"> =>
  identified(app, actor);

function identified(app: TestApp, actor: Actor): Session & Pick<TestApp, "fetch"> {
  if (actor === "signedOut") return app;
  return app.withIdentity({
    subject: `auth-${actor}`,
    email: `${actor.toLowerCase()}@example.org`,
    sessionId: `session-${actor}`,
    ipAddress: "192.0.2.7",
    userAgent: `${actor}'s device`,
  });
}

type RawCall = (reference: unknown, args: unknown) => Promise<unknown>;
type Session = Pick<TestApp, "query" | "mutation">;

/** Opens the records that are asked for. */
export function openingSession(session: Session): Session {
  // Their types depend on the function; here any function is called alike.
  const raw = session as unknown as Record<"query" | "mutation", RawCall>;
  const mutation = (async (reference: unknown, args: unknown) => {
    const result = await raw.mutation(reference, args);
    throwRefusal(result);
    return result;
  }) as Session["mutation"];
  const query = (async (reference: unknown, args: unknown) => {
    try {
      return await raw.query(reference, args);
    } catch (error) {
      const records = recordsToOpen(error);
      if (records === null) throw error;
      await mutation(api.records.openRecords, { records });
      return await raw.query(reference, args);
    }
  }) as Session["query"];
  return { query, mutation };
}

function recordsToOpen(error: unknown): RecordTarget[] | null {
  if (!(error instanceof ConvexError)) return null;
  const data = error.data as { code: string; records?: RecordTarget[] };
  return data.code === "RECORD_NOT_OPEN" ? (data.records ?? null) : null;
}

function throwRefusal(result: unknown): void {
  const { trellisRefusal: code, ...data } = (result ?? {}) as { trellisRefusal?: string };
  if (code !== undefined) throw new ConvexError({ code, ...data });
}

/** What it was refused with; null if it was not. */
export async function refusal(promise: Promise<unknown>): Promise<unknown> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error === null) return null;
  if (error instanceof ConvexError) return error.data;
  throw error instanceof Error ? error : new Error("Refused without a reason");
}
