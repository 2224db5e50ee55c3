/** The development mailbox: where mail can be read until a provider sends it. Off unless the deployment says so. */
import { v } from "convex/values";
import { openQuery } from "./access/functions";

export const listMail = openQuery({
  access: "public",
  args: {},
  returns: v.union(
    v.object({ enabled: v.literal(false) }),
    v.object({
      enabled: v.literal(true),
      mails: v.array(
        v.object({
          _id: v.id("mails"),
          to: v.string(),
          subject: v.string(),
          text: v.string(),
          link: v.optional(v.string()),
          sentAt: v.number(),
        }),
      ),
    }),
  ),
  handler: async (ctx) => {
    if (process.env.TRELLIS_MAILBOX !== "1") return { enabled: false as const };
    const mails = await ctx.unsafeDb.query("mails").withIndex("by_time").order("desc").take(100);
    return {
      enabled: true as const,
      mails: mails.map(({ _id, to, subject, text, link, sentAt }) => ({
        ...{ _id, to, subject, text, sentAt },
        ...(link === undefined ? {} : { link }),
      })),
    };
  },
});
