/** A section's server, by the Convex client. */
import type { ConvexReactClient } from "convex/react";
import { ConvexError } from "convex/values";
import { api } from "../../convex/_generated/api";
import type { Id } from "../../convex/_generated/dataModel";
import { unrefused } from "../lib/refusal";
import type { ReadingServer } from "./openSection";

/** While the device says that it has no network, nothing is sent: the line may only seem to be there. */
function untilOnline(): Promise<void> {
  if (navigator.onLine) return Promise.resolve();
  return new Promise((resolve) => {
    addEventListener("online", () => resolve(), { once: true });
  });
}

export function sectionServer(convex: ConvexReactClient, id: Id<"iepSections">): ReadingServer {
  const { collaboration } = api;
  return {
    getSnapshot: (version) =>
      convex.query(collaboration.getSnapshot, {
        id,
        ...(version === undefined ? {} : { version }),
      }),
    getSteps: (version) => convex.query(collaboration.getSteps, { id, version }),
    submitSteps: async (call) => {
      await untilOnline();
      return unrefused(await convex.mutation(collaboration.submitSteps, { id, ...call }));
    },
    watchSteps: (tell) => {
      const watch = convex.watchQuery(collaboration.newestSteps, { id });
      const read = () => {
        // A failure is met again, and told, by the next call.
        const newest = resultOf(watch);
        if (newest !== undefined) tell(newest);
      };
      const stop = watch.onUpdate(read);
      read();
      return stop;
    },
  };
}

function resultOf<Result>(watch: { localQueryResult: () => Result | undefined }) {
  try {
    return watch.localQueryResult();
  } catch {
    return undefined;
  }
}

const FINAL = ["UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND", "CONFLICT", "INVALID"];

/** Trying again would be refused again. */
export function isFinal(error: unknown): boolean {
  if (!(error instanceof ConvexError)) return false;
  return FINAL.includes((error.data as { code?: string }).code ?? "");
}
