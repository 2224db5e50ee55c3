/** Ending sessions one by one, so that each is noted: better-auth lists, and notes, a hundred of them and no more. */
import { createAuthMiddleware } from "better-auth/api";

export type AuthRequest = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];
type InternalAdapter = AuthRequest["context"]["internalAdapter"];

/** A bound for what would otherwise go on for ever if nothing could be deleted: a hundred sessions each. */
const MOST_ROUNDS = 1000;

/** All of a person's sessions, except the one with the token `keep`. */
export async function endSessions(
  internalAdapter: InternalAdapter,
  userId: string,
  keep = "",
): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const others = (await internalAdapter.listSessions(userId)).filter(
      ({ token }) => token !== keep,
    );
    if (others.length === 0) return;
    for (const { token } of others) await internalAdapter.deleteSession(token);
  }
  throw new Error("The sessions could not be ended");
}

/** Before a request: a new password, and whoever ends all sessions, ends and notes every one. */
export function endEverySession({ context: { internalAdapter } }: AuthRequest): void {
  internalAdapter.deleteUserSessions = (userId) => endSessions(internalAdapter, userId);
}

/** After a request: whoever ends the other sessions ends those beyond the first hundred, too. */
export async function afterEndingOthers(request: AuthRequest): Promise<void> {
  const { session, returned, internalAdapter } = request.context;
  if (request.path !== "/revoke-other-sessions" || session === null) return;
  if (returned instanceof Error) return;
  await endSessions(internalAdapter, session.user.id, session.session.token);
}
