/** Who is in a plan right now, in which section, and where their carets are. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantReader, TenantWriter } from "../access/tenantDb";
import { vCaret } from "../tables/sections";
import { fullName } from "./people";

/** A window tells every few seconds that it is open; after so long without a word it is gone. */
const GONE_MS = 30_000;
/** Windows in one plan that are shown, and of those that are gone, removed at once. */
const MOST = 50;
/** Of one person in one plan: whoever opens more has the oldest forgotten, and hides nobody else. */
const MOST_OWN = 8;

export const vPresent = v.object({
  /** Of the window: the person's id and the window's own, as the steps made there say. */
  clientId: v.string(),
  userId: v.id("users"),
  name: v.string(),
  sectionId: v.union(v.id("iepSections"), v.null()),
  caret: v.union(vCaret, v.null()),
  seenAt: v.number(),
});

/** The window of a person, told from everybody else's whatever it calls itself. */
export const windowOf = (userId: Id<"users">, clientId: string | number): string =>
  `${userId}/${String(clientId)}`;

export interface Place {
  sectionId: Id<"iepSections"> | undefined;
  caret: Infer<typeof vCaret> | undefined;
}

/** Notes where somebody is, and that others are gone. */
export async function enter(
  db: TenantWriter,
  { _id: iepId, studentId }: Doc<"ieps">,
  { userId, clientId, now }: { userId: Id<"users">; clientId: string; now: number },
  place: Place,
): Promise<void> {
  const row = await rowOf(db, iepId, windowOf(userId, clientId));
  const seen = { ...place, seenAt: now };
  if (row !== null) await db.patch("sectionPresence", row._id, seen);
  else {
    await makeRoom(db, iepId, userId);
    await db.insert("sectionPresence", {
      ...{ iepId, studentId, userId, clientId: windowOf(userId, clientId) },
      ...seen,
    });
  }
  const gone = await db
    .rows("sectionPresence", "by_iep", (q) => q.eq("iepId", iepId).lt("seenAt", now - GONE_MS))
    .take(MOST);
  for (const { _id } of gone) await db.delete("sectionPresence", _id);
}

async function makeRoom(db: TenantWriter, iepId: Id<"ieps">, userId: Id<"users">): Promise<void> {
  const rows = await db
    .rows("sectionPresence", "by_iep", (q) => q.eq("iepId", iepId))
    .take(4 * MOST);
  const own = rows.filter((row) => row.userId === userId);
  for (const { _id } of own.slice(0, Math.max(0, own.length - MOST_OWN + 1)))
    await db.delete("sectionPresence", _id);
}

export async function leave(
  db: TenantWriter,
  iepId: Id<"ieps">,
  userId: Id<"users">,
  clientId: string,
): Promise<void> {
  const row = await rowOf(db, iepId, windowOf(userId, clientId));
  if (row !== null) await db.delete("sectionPresence", row._id);
}

const rowOf = (db: TenantReader, iepId: Id<"ieps">, clientId: string) =>
  db
    .rows("sectionPresence", "by_client", (q) => q.eq("iepId", iepId).eq("clientId", clientId))
    .unique();

/** Newest first. Whoever has said nothing for a while is still in it until the next one speaks. */
export async function listPresent(
  db: TenantReader,
  iepId: Id<"ieps">,
): Promise<Infer<typeof vPresent>[]> {
  const rows = await db
    .rows("sectionPresence", "by_iep", (q) => q.eq("iepId", iepId))
    .order("desc")
    .take(MOST);
  return Promise.all(
    rows.map(async ({ clientId, userId, sectionId, caret, seenAt }) => ({
      ...{ clientId, userId, name: await fullName(db, userId), seenAt },
      ...{ sectionId: sectionId ?? null, caret: caret ?? null },
    })),
  );
}
