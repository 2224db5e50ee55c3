/** The official client with a person's session: for preconditions that would take days, and for asking functions directly. */
import type { APIRequestContext } from "@playwright/test";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { ConvexError } from "convex/values";

export interface Client {
  query: <Result>(path: string, args?: object) => Promise<Result>;
  mutation: <Result>(path: string, args?: object) => Promise<Result>;
}

/** @param request of a window in which somebody is signed in, or of nobody's */
export async function clientOf(request: APIRequestContext): Promise<Client> {
  const { convexUrl } = (await (await request.get("/config.json")).json()) as { convexUrl: string };
  const answer = await request.get("/api/auth/convex/token");
  const client = new ConvexHttpClient(convexUrl, { logger: false });
  if (answer.ok()) client.setAuth(((await answer.json()) as { token: string }).token);
  const mutation = async <Result>(path: string, args: object = {}) => {
    // Not one after the other: what happens at once must be right at once.
    const result = (await client.mutation(makeFunctionReference<"mutation">(path), args, {
      skipQueue: true,
    })) as Result | { trellisRefusal: string } | null;
    if (result !== null && typeof result === "object" && "trellisRefusal" in result) {
      const { trellisRefusal: code, ...data } = result;
      throw new ConvexError({ code, ...data });
    }
    return result as Result;
  };
  const ask = <Result>(path: string, args: object) =>
    client.query(makeFunctionReference<"query">(path), args) as Promise<Result>;
  return {
    mutation,
    /** Opens the records that it asks for, as the pages do. */
    query: async <Result>(path: string, args: object = {}) => {
      try {
        return await ask<Result>(path, args);
      } catch (error) {
        if (!(error instanceof ConvexError)) throw error;
        const { code, records } = error.data as { code: string; records?: unknown };
        if (code !== "RECORD_NOT_OPEN") throw error;
        await mutation("records:openRecords", { records });
        return ask<Result>(path, args);
      }
    },
  };
}

/** What the server refused with; null if it did not. */
export async function refusal(promise: Promise<unknown>): Promise<unknown> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error === null) return null;
  if (error instanceof ConvexError) return error.data;
  throw error instanceof Error ? error : new Error("Refused without a reason");
}
