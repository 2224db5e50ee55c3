/** Builders of functions about sections of a plan. */
import { customMutation, customQuery } from "convex-helpers/server/customFunctions";
import type { Node } from "@tiptap/pm/model";
import type { Doc, Id } from "../_generated/dataModel";
import { mayWithStudent } from "../domain/access/matrix";
import { auditedMutation } from "./audit";
import { changesOthersSuggestions } from "../editor/suggestionGuard";
import { notFound } from "./errors";
import {
  type IepContext,
  marked,
  opened,
  readerOf,
  requireAbility,
  requireIep,
  writerOf,
} from "./functions";
import { vTypedId } from "./opening";
import type { Acting } from "./session";
import type { TenantReader } from "./tenantDb";
import { watchedQuery as query } from "./watchedQuery";

export interface SectionContext<Db extends TenantReader = TenantReader> extends IepContext<Db> {
  section: Doc<"iepSections">;
}

type SectionCapability = "section.read" | "section.write" | "section.assign" | "section.comment";

/** Whether the section is the person's own, nobody's, or open to the whole team. */
export const isOpenTo = (section: Doc<"iepSections">, userId: Id<"users">): boolean =>
  section.openToTeam || section.ownerId === undefined || section.ownerId === userId;

/** @throws NOT_FOUND for whoever takes no part in the writing, whatever they may read of the plan */
export async function requireSection<Db extends TenantReader>(
  db: Db,
  acting: Acting,
  sectionId: Id<"iepSections">,
): Promise<SectionContext<Db>> {
  const section = await db.require("iepSections", sectionId);
  const about = await requireIep(db, acting, section.iepId);
  if (!mayWithStudent("section.read", about.relation)) throw notFound();
  return { ...about, section };
}

/** Whether the change leaves what others suggest as it is, or is by somebody who decides about it. */
export const leavesOthersSuggestions = (
  { relation, acting }: SectionContext,
  before: Node,
  after: Node,
): boolean =>
  mayWithStudent("section.decide", relation) ||
  !changesOthersSuggestions(before, after, acting.user._id);

function requireSectionAbility(access: SectionCapability, about: SectionContext): void {
  requireAbility(access, about, { open: isOpenTo(about.section, about.acting.user._id) });
}

/** About the section `id`; so the clients of `@convex-dev/prosemirror-sync` call a document's id. */
export const sectionQuery = marked(
  customQuery(query, {
    args: { id: vTypedId("iepSections") },
    input: async (ctx, { id }, { access }: { access: SectionCapability }) => {
      const { db, acting } = await readerOf(ctx);
      const target = { table: "iepSections", id } as const;
      const about = await opened(() => requireSection(db, acting, id), target);
      requireSectionAbility(access, about);
      return { ctx: about, args: {} };
    },
  }),
);
export const sectionMutation = marked(
  customMutation(auditedMutation, {
    args: { id: vTypedId("iepSections") },
    input: async (ctx, { id }, { access }: { access: SectionCapability }) => {
      const { db, acting, today, now } = await writerOf(ctx, access);
      const about = await requireSection(db, acting, id);
      requireSectionAbility(access, about);
      return { ctx: { ...about, today, now }, args: {} };
    },
  }),
);
