/**
 * Refused queries. A query writes nothing, so the audit log has none of them: about records it notes every try to open
 * one, and what is left are questions that a role or a relation may not ask, which tell nothing. They leave a line in the
 * deployment's own log, beside the name of the function, for whoever watches that log stream: who, by opaque ids that no
 * client chooses, and never what was asked.
 */
import { ConvexError } from "convex/values";
import { query, type QueryCtx } from "../_generated/server";

interface Definition {
  handler: (ctx: QueryCtx, args: never) => Promise<unknown>;
}

const REFUSALS: unknown[] = ["FORBIDDEN", "NOT_FOUND"];

/** Convex's `query`, of which the deployment's log tells when it was refused. */
export const watchedQuery = ((definition: Definition) =>
  query({
    ...(definition as object),
    handler: async (ctx: QueryCtx, args: never) => {
      try {
        return await definition.handler(ctx, args);
      } catch (error) {
        const code = error instanceof ConvexError && (error.data as { code?: unknown }).code;
        if (REFUSALS.includes(code)) {
          const identity = await ctx.auth.getUserIdentity();
          const [subject, sessionId] = [identity?.subject ?? null, identity?.sessionId ?? null];
          console.warn(JSON.stringify({ refusedQuery: code, subject, sessionId }));
        }
        throw error;
      }
    },
  } as never)) as typeof query;
