/** Mail that leaves the system. Until a mail provider exists, the development mailbox shows it. */
import { defineTable } from "convex/server";
import { v } from "convex/values";

export const mailTables = {
  mails: defineTable({
    to: v.string(),
    subject: v.string(),
    text: v.string(),
    link: v.optional(v.string()),
    sentAt: v.number(),
  }).index("by_time", ["sentAt"]),
};
