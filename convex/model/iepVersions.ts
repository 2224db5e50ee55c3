/** Versions of a plan: each is what the plan said at one moment, whole, with its fingerprint. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { notFound } from "../access/errors";
import type { TenantReader, TenantWriter } from "../access/tenantDb";
import { canonicalJson, hashOfText } from "../domain/ieps/canonical";
import type { PlanContent } from "../domain/ieps/planContent";
import { vVersionKind } from "../tables/versions";
import { fullName } from "./people";
import { assemblePlan } from "./planContent";
import type { TextReading } from "./sectionText";

export type VersionKind = Infer<typeof vVersionKind>;

/** Of one plan; a plan that was shared more often than this has other troubles. */
const MOST = 200;

export const vVersion = v.object({
  _id: v.id("iepVersions"),
  iepId: v.id("ieps"),
  kind: vVersionKind,
  number: v.number(),
  hash: v.string(),
  createdAt: v.number(),
  createdByName: v.string(),
  corrects: v.optional(v.id("iepVersions")),
  correction: v.optional(
    v.object({ part: v.string(), before: v.string(), after: v.string(), reason: v.string() }),
  ),
});

export async function describeVersion(
  db: TenantReader,
  stored: Doc<"iepVersions">,
): Promise<Infer<typeof vVersion>> {
  const { _id, iepId, kind, number, hash, createdAt, createdBy, corrects } = stored;
  // Opening the long text of each line of a list would cost much and show nothing.
  const correction =
    stored.correction === undefined
      ? undefined
      : (await db.unseal("iepVersions", stored)).correction;
  return {
    ...{ _id, iepId, kind, number, hash, createdAt },
    createdByName: await fullName(db, createdBy),
    ...(corrects === undefined ? {} : { corrects }),
    ...(correction === undefined ? {} : { correction }),
  };
}

/** Of one plan, newest first. */
export const versionsOf = (db: TenantReader, iepId: Id<"ieps">): Promise<Doc<"iepVersions">[]> =>
  db
    .rows("iepVersions", "by_iep", (q) => q.eq("iepId", iepId))
    .order("desc")
    .take(MOST);

export const newestVersion = (
  db: TenantReader,
  iepId: Id<"ieps">,
  kind?: VersionKind,
): Promise<Doc<"iepVersions"> | null> =>
  (kind === undefined
    ? db.rows("iepVersions", "by_iep", (q) => q.eq("iepId", iepId))
    : db.rows("iepVersions", "by_iep_kind", (q) => q.eq("iepId", iepId).eq("kind", kind))
  )
    .order("desc")
    .first();

/** The version of this student. @throws NOT_FOUND, also for one of another student */
export async function requireVersion(
  { db, student }: { db: TenantReader; student: Doc<"students"> },
  versionId: Id<"iepVersions">,
): Promise<Doc<"iepVersions">> {
  const version = await db.require("iepVersions", versionId);
  if (version.studentId !== student._id) throw notFound();
  return version;
}

/** The text that was hashed. @throws Error if its seal is broken */
export const textOf = async (db: TenantReader, version: Doc<"iepVersions">): Promise<string> =>
  (await db.unseal("iepVersions", version)).text;

export const contentOf = async (
  db: TenantReader,
  version: Doc<"iepVersions">,
): Promise<PlanContent> => JSON.parse(await textOf(db, version)) as PlanContent;

/** In force or once in force, with what was put right since. */
const LEGAL: ReadonlySet<VersionKind> = new Set(["activated", "amendment", "correction"]);

/** The newest version of what a plan says that is or was in force; null for a plan that no version was made of. */
export async function versionInForce(
  db: TenantReader,
  iepId: Id<"ieps">,
): Promise<Doc<"iepVersions"> | null> {
  const newest = await newestVersion(db, iepId);
  return newest !== null && LEGAL.has(newest.kind) ? newest : null;
}

/**
 * What a plan says: of a draft, as its tables are now; of one in force or from earlier, as its newest version says it,
 * corrections included. Everything that prints, checks or shows a plan as a whole begins here.
 */
export async function planAsItStands(ctx: TextReading, iep: Doc<"ieps">): Promise<PlanContent> {
  const version = await versionInForce(ctx.db, iep._id);
  return version === null ? assemblePlan(ctx, iep) : contentOf(ctx.db, version);
}

interface Made {
  kind: VersionKind;
  text: string;
  correction?: Infer<typeof vVersion>["correction"];
  corrects?: Id<"iepVersions">;
}

/**
 * Writes a version. What the newest version of the same kind says already makes no other one: a plan that went back and
 * came again unchanged keeps its signatures.
 */
export async function writeVersion(
  { db, acting, now }: { db: TenantWriter; acting: { user: Doc<"users"> }; now: number },
  iep: Pick<Doc<"ieps">, "_id" | "studentId">,
  made: Made,
): Promise<Doc<"iepVersions">> {
  const hash = hashOfText(made.text);
  const newest = await newestVersion(db, iep._id);
  const same = await newestVersion(db, iep._id, made.kind);
  if (same?.hash === hash) return same;
  const id = await db.insert("iepVersions", {
    ...{ ...made, hash, studentId: iep.studentId, iepId: iep._id },
    number: (newest?.number ?? 0) + 1,
    createdBy: acting.user._id,
    createdAt: now,
  });
  return db.require("iepVersions", id);
}

/** What the plan says now, as the text of a version. */
export const currentText = async (ctx: TextReading, iep: Doc<"ieps">): Promise<string> =>
  canonicalJson(await assemblePlan(ctx, iep));

/** What a check of a version finds. */
export const vIntegrity = v.object({
  /** `unreadable`: its seal is broken, nothing can be shown of it. */
  state: v.union(v.literal("unchanged"), v.literal("changed"), v.literal("unreadable")),
  /** Of the text as it is stored now; null if it cannot be read. */
  found: v.union(v.string(), v.null()),
});

/** Recomputes the fingerprint from what is stored, and compares it with every place that names it. */
export async function checkIntegrity(
  db: TenantReader,
  version: Doc<"iepVersions">,
  expected: readonly string[],
): Promise<Infer<typeof vIntegrity>> {
  const text = await textOf(db, version).catch(() => null);
  if (text === null) return { state: "unreadable", found: null };
  const found = hashOfText(text);
  const same = [version.hash, ...expected].every((hash) => hash === found);
  return { state: same ? "unchanged" : "changed", found };
}
