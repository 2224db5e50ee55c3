/** How much of a list one call gives: the client asks, the server limits. */
import type { PaginationOptions } from "convex/server";

/** As many as the export of the log takes at once; pages of lists ask for a tenth of it. */
export const MOST_ROWS = 500;

/** Whatever was asked for, a whole number of rows that one call can read. */
export const boundedPage = (asked: PaginationOptions): PaginationOptions => ({
  ...asked,
  numItems: Number.isFinite(asked.numItems)
    ? Math.min(Math.max(Math.floor(asked.numItems), 1), MOST_ROWS)
    : MOST_ROWS,
});

type Handler = (ctx: never, args: Record<string, unknown>) => unknown;

/** The function's definition, with a handler that never sees more asked for. */
export function withBoundedPage<Definition>(definition: Definition): Definition {
  const { args, handler } = definition as { args?: object; handler: Handler };
  if (args === undefined || !("paginationOpts" in args)) return definition;
  const bounded: Handler = (ctx, given) =>
    handler(ctx, {
      ...given,
      paginationOpts: boundedPage(given.paginationOpts as PaginationOptions),
    });
  return { ...definition, handler: bounded };
}
