/** Keys of the encryption of confidential fields, and the progress of their renewal. */
import { defineTable } from "convex/server";
import { v } from "convex/values";

export const encryptionTables = {
  /**
   * An organization's data keys, each wrapped by a master key from the environment. The newest seals; older ones still
   * open what they sealed, until a renewal has sealed it anew.
   */
  dataKeys: defineTable({
    organizationId: v.id("organizations"),
    /** From 1 on. */
    number: v.number(),
    wrapped: v.bytes(),
    /** Which master key wraps it (`access/encryption`, `keyId`). */
    masterKeyId: v.string(),
    createdAt: v.number(),
  })
    .index("by_organization", ["organizationId", "number"])
    .index("by_master_key", ["masterKeyId"]),

  /** A renewal: what older keys sealed is sealed with the organizations' newest, table by table. */
  keyRenewals: defineTable({
    /** Counts the batches. */
    step: v.number(),
    /** Place in the list of tables, and within the table. */
    table: v.number(),
    cursor: v.union(v.string(), v.null()),
    /** Rows that were sealed anew. */
    rows: v.number(),
    startedAt: v.number(),
    movedAt: v.number(),
    finishedAt: v.optional(v.number()),
  }).index("by_finished", ["finishedAt", "movedAt"]),
};
