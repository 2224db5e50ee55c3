/** Sections of a plan: their rows. What they say: `sectionText`. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantReader, TenantWriter } from "../access/tenantDb";
import { newTextKey } from "../access/textCipher";
import { SECTION_KEYS, type SectionKey } from "../domain/ieps/sections";
import { vSectionKey, vSectionState } from "../tables/sections";
import { fullName } from "./people";

export { deriveSectionDocument } from "./sectionText";

/** A plan's sections, in the order of the printed plan; none of a plan that nobody has begun to write. */
export async function sectionsOf(
  db: TenantReader,
  iepId: Id<"ieps">,
): Promise<Doc<"iepSections">[]> {
  const rows = await db
    .rows("iepSections", "by_iep", (q) => q.eq("iepId", iepId))
    .take(SECTION_KEYS.length);
  return rows.sort((a, b) => SECTION_KEYS.indexOf(a.key) - SECTION_KEYS.indexOf(b.key));
}

/** Those that are missing, so that there is one for each key. Twice does nothing. */
export async function addSections(
  db: TenantWriter,
  iep: Doc<"ieps">,
): Promise<Doc<"iepSections">[]> {
  const present = new Set((await sectionsOf(db, iep._id)).map(({ key }) => key));
  for (const key of SECTION_KEYS) if (!present.has(key)) await addSection(db, iep, key);
  return sectionsOf(db, iep._id);
}

function addSection(
  db: TenantWriter,
  { _id: iepId, studentId }: Doc<"ieps">,
  key: SectionKey,
): Promise<Id<"iepSections">> {
  return db.insert("iepSections", {
    ...{ iepId, studentId, key, state: "notStarted", openToTeam: false, textKey: newTextKey() },
  });
}

export const vSection = v.object({
  _id: v.id("iepSections"),
  key: vSectionKey,
  state: vSectionState,
  ownerId: v.union(v.id("users"), v.null()),
  ownerName: v.union(v.string(), v.null()),
  openToTeam: v.boolean(),
  dueDate: v.union(v.string(), v.null()),
  stateChangedByName: v.union(v.string(), v.null()),
  stateChangedAt: v.union(v.number(), v.null()),
});

export async function describeSection(
  db: TenantReader,
  section: Doc<"iepSections">,
): Promise<Infer<typeof vSection>> {
  const { ownerId, stateChangedBy } = section;
  return {
    _id: section._id,
    key: section.key,
    state: section.state,
    ownerId: ownerId ?? null,
    ownerName: ownerId === undefined ? null : await fullName(db, ownerId),
    openToTeam: section.openToTeam,
    dueDate: section.dueDate ?? null,
    stateChangedByName: stateChangedBy === undefined ? null : await fullName(db, stateChangedBy),
    stateChangedAt: section.stateChangedAt ?? null,
  };
}
