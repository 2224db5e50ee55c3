/** Entries of the audit log as people read them, and the chain that they are sealed in. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import type { TenantReader } from "../access/tenantDb";
import { CHAIN_START, type ChainBreak, entryHash, followChain } from "../domain/audit/chain";
import { auditEntryFields, vLook, vOutcome, vRelation, vRisk, vRowChange } from "../tables/audit";
import { vRole } from "../tables/people";
import { type PersonName, personName, vPersonName } from "./people";

const vActor = v.union(v.null(), vPersonName);

/** A line of the record of access. */
export const vAccess = v.object({
  _id: v.id("auditEntries"),
  at: v.number(),
  actor: vActor,
  role: v.optional(vRole),
  relation: v.optional(vRelation),
  action: v.string(),
  scope: v.optional(vLook),
});

/** A line of the organization's log. */
export const vAuditEntry = v.object({
  ...vAccess.fields,
  outcome: vOutcome,
  code: v.optional(v.string()),
  student: v.union(v.null(), v.object({ _id: v.id("students"), name: v.string() })),
  changes: v.array(vRowChange),
  moreChanges: v.number(),
  ipAddress: v.optional(v.string()),
  userAgent: v.optional(v.string()),
  risk: vRisk,
  /** Null while it waits to be sealed. */
  sequence: v.union(v.null(), v.number()),
});

async function actorOf(
  db: TenantReader,
  actorId: Id<"users"> | undefined,
): Promise<PersonName | null> {
  return actorId === undefined ? null : personName(db, actorId);
}

export async function describeAccess(
  db: TenantReader,
  { _id, at, actorId, role, relation, action, scope }: Doc<"auditEntries">,
): Promise<Infer<typeof vAccess>> {
  return {
    ...{ _id, at, action, actor: await actorOf(db, actorId) },
    ...(role === undefined ? {} : { role }),
    ...(relation === undefined ? {} : { relation }),
    ...(scope === undefined ? {} : { scope }),
  };
}

export async function describeEntry(
  db: TenantReader,
  entry: Doc<"auditEntries">,
): Promise<Infer<typeof vAuditEntry>> {
  const { outcome, code, studentId, changes, moreChanges = 0, risk, sequence = null } = entry;
  const student = studentId === undefined ? null : await db.find("students", studentId);
  return {
    ...(await describeAccess(db, entry)),
    ...{ outcome, changes, moreChanges, risk, sequence },
    ...(code === undefined ? {} : { code }),
    student:
      student === null
        ? null
        : { _id: student._id, name: `${student.firstName} ${student.lastName}`.trim() },
    ...(entry.ipAddress === undefined ? {} : { ipAddress: entry.ipAddress }),
    ...(entry.userAgent === undefined ? {} : { userAgent: entry.userAgent }),
  };
}

async function sha256(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Everything that the entry says, and nothing of where it is kept. */
function contentOf(entry: Doc<"auditEntries">): Record<string, unknown> {
  const content: Record<string, unknown> = { organizationId: entry.organizationId };
  for (const field of Object.keys(auditEntryFields) as (keyof typeof auditEntryFields)[])
    content[field] = entry[field];
  return content;
}

const sealedForm = (entry: Doc<"auditEntries">) => ({
  sequence: entry.sequence ?? 0,
  hash: entry.hash ?? "",
  content: contentOf(entry),
});

const chainOf = (db: QueryCtx["db"], organizationId: Id<"organizations">) =>
  db
    .query("auditChains")
    .withIndex("by_organization", (q) => q.eq("organizationId", organizationId))
    .unique();

/** Numbers and hashes entries that wait, in the order in which they were made. @returns how many there were */
export async function sealEntries(
  { db }: Pick<MutationCtx, "db">,
  organizationId: Id<"organizations">,
  most: number,
): Promise<number> {
  const waiting = await db
    .query("auditEntries")
    .withIndex("by_sequence", (q) =>
      q.eq("organizationId", organizationId).eq("sequence", undefined),
    )
    .take(most);
  if (waiting.length === 0) return 0;
  const chain = await chainOf(db, organizationId);
  let { sequence, hash } = chain ?? { sequence: 0, hash: CHAIN_START };
  for (const entry of waiting) {
    sequence += 1;
    hash = await entryHash(sha256, hash, { sequence, content: contentOf(entry) });
    await db.patch("auditEntries", entry._id, { sequence, hash });
  }
  if (chain === null) await db.insert("auditChains", { organizationId, sequence, hash });
  else await db.patch("auditChains", chain._id, { sequence, hash });
  return waiting.length;
}

export const vVerification = v.object({
  /** Entries that were found to be as they were sealed, up to this number. */
  verified: v.number(),
  /** The hash of that entry: whoever notes it elsewhere can compare it later. */
  hash: v.string(),
  /** True when the chain's end was reached. */
  complete: v.boolean(),
  broken: v.union(
    v.null(),
    v.object({
      sequence: v.number(),
      problem: v.union(v.literal("edited"), v.literal("missing")),
    }),
  ),
});

/** Follows the chain from one of its places on, for at most `most` entries. */
export async function verifyChain(
  db: TenantReader,
  after: { sequence: number; hash: string },
  most: number,
): Promise<Infer<typeof vVerification>> {
  const chain = await db.rows("auditChains", "by_organization").unique();
  const entries = await db
    .rows("auditEntries", "by_sequence", (q) => q.gt("sequence", after.sequence))
    .take(most);
  const found = await followChain(sha256, after, entries.map(sealedForm));
  const broken = (problem: ChainBreak) => ({
    ...{ verified: problem.sequence - 1, hash: after.hash, complete: true },
    broken: problem,
  });
  if ("broken" in found) return broken(found.broken);
  const { end } = found;
  if (entries.length === most)
    return { verified: end.sequence, hash: end.hash, complete: false, broken: null };
  const { sequence, hash } = chain ?? { sequence: 0, hash: CHAIN_START };
  if (end.sequence < sequence) return broken({ sequence: end.sequence + 1, problem: "missing" });
  if (end.sequence > sequence || end.hash !== hash)
    return broken({ sequence: end.sequence, problem: "edited" });
  return { verified: end.sequence, hash: end.hash, complete: true, broken: null };
}
