/** Mutations as the interface calls them: what the server refuses is an error. */
import { type ReactMutation, useMutation as useConvexMutation } from "convex/react";
import type { FunctionReference } from "convex/server";
import { useMemo } from "react";
import { unrefused } from "./refusal";

/**
 * Convex's `useMutation` for this server, which answers a refusal by a value, so that the note of it is not undone.
 * @throws ConvexError with FORBIDDEN or NOT_FOUND where that was the answer
 */
export function useMutation<Mutation extends FunctionReference<"mutation">>(
  reference: Mutation,
): ReactMutation<Mutation> {
  const mutate = useConvexMutation(reference);
  return useMemo(() => refusing(mutate), [mutate]);
}

function refusing<Mutation extends FunctionReference<"mutation">>(
  mutate: ReactMutation<Mutation>,
): ReactMutation<Mutation> {
  const call = async (...args: Parameters<ReactMutation<Mutation>>) => {
    const result: unknown = await mutate(...args);
    return unrefused(result);
  };
  return Object.assign(call, {
    withOptimisticUpdate: (update: Parameters<typeof mutate.withOptimisticUpdate>[0]) =>
      refusing(mutate.withOptimisticUpdate(update)),
  });
}
