/** Observations from files. The file is read in the person's browser; what is written is checked again here. */
import { paginationOptsValidator } from "convex/server";
import { v } from "convex/values";
import { conflict, invalid, limitReached, notFound, requireValid } from "./access/errors";
import { memberMutation, memberQuery, requireGoal } from "./access/functions";
import { mayWithStudent } from "./domain/access/matrix";
import { forbidden } from "./access/errors";
import { checkText, LIMITS } from "./domain/validation/problem";
import { checkImport, importGoal, vGoalImport } from "./model/imports";
import { mapPage, vPage } from "./model/pages";
import { voidPoint } from "./model/progress";

/** One import is one transaction: all of it or nothing. */
const MAX_POINTS = 2000;

/**
 * Adds the observations that are not there yet. A problem in any row refuses the whole file; its field names the row
 * (`rows.<row>.<field>`). A refusal of any kind is noted.
 * @throws INVALID, NOT_FOUND, FORBIDDEN, LIMIT
 */
export const importObservations = memberMutation({
  access: "observation.importAny",
  args: {
    fileName: v.string(),
    /** SHA-256 in hexadecimal digits. */
    fileHash: v.string(),
    goals: v.array(vGoalImport),
    clientMutationId: v.string(),
  },
  returns: v.object({
    importRunId: v.id("importRuns"),
    added: v.number(),
    alreadyThere: v.number(),
  }),
  handler: async (ctx, { fileName, fileHash, goals, clientMutationId }) => {
    const { db, acting, now, today } = ctx;
    requireValid([
      ...checkText("fileName", fileName, { required: true, max: LIMITS.title }),
      ...checkText("fileHash", fileHash, { required: true, max: LIMITS.name }),
    ]);
    const done = await db
      .rows("importRuns", "by_client_mutation", (q) => q.eq("clientMutationId", clientMutationId))
      .first();
    if (done !== null) {
      if (done.importedBy !== acting.user._id)
        throw invalid([{ field: "clientMutationId", code: "duplicate" }]);
      return { importRunId: done._id, added: done.added, alreadyThere: done.alreadyThere };
    }
    const total = goals.reduce((sum, { points }) => sum + points.length, 0);
    if (total === 0) throw invalid([{ field: "goals", code: "empty" }]);
    if (total > MAX_POINTS) throw limitReached("points", MAX_POINTS);

    // Before anything is written, so that a refusal can be noted.
    const parts = [];
    const problems = [];
    for (const part of goals) {
      const about = await requireGoal(db, acting, part.goalId);
      if (!mayWithStudent("observation.import", about.relation, about.facts)) throw forbidden();
      const importing = { ...about, db, today, now };
      problems.push(...(await checkImport(importing, part)));
      parts.push({ part, importing });
    }
    if (problems.length > 0) throw invalid(problems.slice(0, 200));
    const importRunId = await db.insert("importRuns", {
      ...{ fileName, fileHash, clientMutationId, added: 0, alreadyThere: 0 },
      importedBy: acting.user._id,
      importedAt: now,
    });
    let added = 0;
    for (const { part, importing } of parts)
      added += await importGoal(importing, part, importRunId);
    await db.patch("importRuns", importRunId, { added, alreadyThere: total - added });
    return { importRunId, added, alreadyThere: total - added };
  },
});

/** The person's own imports, newest first. */
export const listImports = memberQuery({
  access: "observation.importAny",
  args: { paginationOpts: paginationOptsValidator },
  returns: vPage(
    v.object({
      _id: v.id("importRuns"),
      fileName: v.string(),
      importedAt: v.number(),
      added: v.number(),
      alreadyThere: v.number(),
      undoneAt: v.optional(v.number()),
    }),
  ),
  handler: async ({ db, acting }, { paginationOpts }) =>
    mapPage(
      await db
        .rows("importRuns", "by_importer", (q) => q.eq("importedBy", acting.user._id))
        .order("desc")
        .paginate(paginationOpts),
      ({ _id, fileName, importedAt, added, alreadyThere, undoneAt }) =>
        Promise.resolve({ _id, fileName, importedAt, added, alreadyThere, undoneAt }),
    ),
});

/** Takes back what an import of one's own added: its entries are voided and kept, its phases removed. @throws CONFLICT */
export const undoImport = memberMutation({
  access: "observation.importAny",
  args: { importRunId: v.id("importRuns") },
  returns: v.null(),
  handler: async ({ db, acting, now }, { importRunId }) => {
    const run = await db.require("importRuns", importRunId);
    if (run.importedBy !== acting.user._id) throw notFound();
    if (run.undoneAt !== undefined) throw conflict("alreadyUndone");
    const points = await db
      .rows("progressData", "by_import", (q) => q.eq("importRunId", importRunId))
      .take(MAX_POINTS);
    // Whoever may not import for a goal any more takes nothing back from it, either.
    for (const goalId of new Set(points.map((point) => point.goalId))) {
      const about = await requireGoal(db, acting, goalId);
      if (!mayWithStudent("observation.import", about.relation, about.facts)) throw forbidden();
    }
    const by = { userId: acting.user._id, now, reason: "import" };
    // The same file can be imported again: a voided entry does not stand for its row any more.
    for (const point of points) {
      await voidPoint(db, point, by);
      await db.patch("progressData", point._id, { importKey: undefined });
    }
    const phases = await db
      .rows("goalPhases", "by_import", (q) => q.eq("importRunId", importRunId))
      .take(MAX_POINTS);
    for (const { _id } of phases) await db.delete("goalPhases", _id);
    await db.patch("importRuns", importRunId, { undoneAt: now });
    return null;
  },
});
