/** Builders of functions about documents of a student's record. */
import { customMutation } from "convex-helpers/server/customFunctions";
import { v } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import { canReadDocument } from "../model/documents";
import { auditedInternalMutation, auditedMutation } from "./audit";
import { notFound } from "./errors";
import { marked, requireAbility, requireStudent, writerOf } from "./functions";
import { vTypedId } from "./opening";

/** About the document `documentId`. Whoever may not read it finds none. */
export const documentMutation = marked(
  customMutation(auditedMutation, {
    args: { documentId: v.id("documents") },
    input: async (
      ctx,
      { documentId },
      { access }: { access: "document.read" | "document.manage" },
    ) => {
      const { db, acting, today, now } = await writerOf(ctx, access);
      const document: Doc<"documents"> = await db.require("documents", documentId);
      const about = await requireStudent(db, acting, document.studentId);
      if (!canReadDocument(document, about.relation)) throw notFound();
      // Confidential or not was asked already.
      if (access === "document.manage") requireAbility(access, about);
      return { ctx: { ...about, document, today, now }, args: {} };
    },
  }),
);

/** For the route that takes uploads, with the session of whoever sends one to the student `studentId`. */
export const uploadMutation = marked(
  customMutation(auditedInternalMutation, {
    args: { studentId: vTypedId("students") },
    input: async (ctx, { studentId }, { access }: { access: "document.add" }) => {
      const { db, acting, today, now } = await writerOf(ctx, access);
      const about = await requireStudent(db, acting, studentId);
      requireAbility(access, about);
      return { ctx: { ...about, today, now }, args: {} };
    },
  }),
);
