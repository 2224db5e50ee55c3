/** For the auth server: who may make an account. */
import { v } from "convex/values";
import { systemQuery } from "../access/systemFunctions";
import { normalizeEmail } from "../domain/people/person";
import { invitationStatus, unsafeInvitationByToken } from "../model/invitations";

/** True if the token is that of an open invitation to this e-mail address. */
export const isInvited = systemQuery({
  args: { token: v.string(), email: v.string() },
  returns: v.boolean(),
  handler: async (ctx, { token, email }) => {
    const invitation = await unsafeInvitationByToken(ctx.db, token);
    return (
      invitation !== null &&
      invitationStatus(invitation, Date.now()) === "open" &&
      invitation.email === normalizeEmail(email)
    );
  },
});
