/** Mail that the auth server asks for. */
import { v } from "convex/values";
import { systemMutation } from "../access/systemFunctions";
import { passwordResetMail } from "../model/mail";

export const sendPasswordReset = systemMutation({
  args: { email: v.string(), token: v.string() },
  returns: v.null(),
  handler: async (ctx, { email, token }) => {
    const user = await ctx.db
      .query("users")
      .withIndex("by_email", (q) => q.eq("email", email))
      .first();
    const language = user?.preferences.language ?? "en";
    await ctx.db.insert("mails", passwordResetMail({ to: email, language, token }, Date.now()));
    return null;
  },
});
