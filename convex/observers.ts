/** A second observer's record of a session, and how far two observers agree (interobserver agreement). */
import { v } from "convex/values";
import { conflict, forbidden, invalid, notFound, requireValid } from "./access/errors";
import { goalMutation, goalQuery } from "./access/functions";
import { mayWithStudent } from "./domain/access/matrix";
import { checkObserved } from "./domain/progress/agreement";
import { checkText, LIMITS } from "./domain/validation/problem";
import { fullName } from "./model/people";
import { vObserved } from "./tables/decisions";

/** Of one goal; the newest. */
const MOST = 200;

export const listSecondObservations = goalQuery({
  access: "progress.read",
  args: {},
  returns: v.object({
    observations: v.array(
      v.object({
        _id: v.id("secondObservations"),
        pointId: v.id("progressData"),
        recordedDate: v.string(),
        firstName: v.string(),
        observedByName: v.string(),
        observed: vObserved,
        note: v.optional(v.string()),
        canWithdraw: v.boolean(),
      }),
    ),
    canObserve: v.boolean(),
  }),
  handler: async ({ db, acting, goal, iep, relation, facts }) => {
    const rows = await db
      .rows("secondObservations", "by_goal", (q) => q.eq("goalId", goal._id).eq("withdrawn", false))
      .order("desc")
      .take(MOST);
    const described = await Promise.all(
      rows.map(async (stored) => {
        const point = await db.require("progressData", stored.pointId);
        // The session was taken out of the chart: there is nothing to compare with.
        if (point.voided) return null;
        const { _id, pointId, observed, note, observedBy } = await db.unseal(
          "secondObservations",
          stored,
        );
        const own = { ...facts, own: observedBy === acting.user._id };
        return {
          ...{ _id, pointId, observed, note, recordedDate: point.recordedDate },
          firstName: await fullName(db, point.recordedBy),
          observedByName: await fullName(db, observedBy),
          canWithdraw: mayWithStudent("progress.correct", relation, own),
        };
      }),
    );
    return {
      observations: described.filter((row) => row !== null),
      canObserve:
        goal.isActive &&
        iep.status === "active" &&
        mayWithStudent("progress.observe", relation, facts),
    };
  },
});

/**
 * Of the session that `pointId` records, by somebody else than who recorded it, once for each session.
 * The same `clientMutationId` again is the same record.
 * @throws INVALID, NOT_FOUND, CONFLICT
 */
export const addSecondObservation = goalMutation({
  access: "progress.observe",
  args: {
    pointId: v.id("progressData"),
    observed: vObserved,
    note: v.optional(v.string()),
    clientMutationId: v.string(),
  },
  returns: v.id("secondObservations"),
  handler: async (
    { db, acting, goal, iep, now },
    { pointId, observed, note, clientMutationId },
  ) => {
    const done = await db
      .rows("secondObservations", "by_client_mutation", (q) =>
        q.eq("clientMutationId", clientMutationId),
      )
      .first();
    if (done !== null) {
      const same = done.pointId === pointId && done.observedBy === acting.user._id;
      if (!same) throw invalid([{ field: "clientMutationId", code: "duplicate" }]);
      return done._id;
    }
    const point = await db.require("progressData", pointId);
    if (point.goalId !== goal._id) throw notFound();
    if (iep.status !== "active") throw conflict("iepNotActive");
    if (point.voided) throw conflict("alreadyVoided");
    if (point.recordedBy === acting.user._id) throw conflict("sameObserver");
    requireValid([
      ...checkText("note", note ?? "", { max: LIMITS.text }),
      ...checkObserved(observed),
    ]);
    const others = await db
      .rows("secondObservations", "by_goal", (q) => q.eq("goalId", goal._id).eq("withdrawn", false))
      .take(MOST);
    if (others.some((other) => other.pointId === pointId)) throw conflict("alreadyObserved");
    return db.insert("secondObservations", {
      ...{ studentId: goal.studentId, goalId: goal._id, pointId, observed },
      ...(note === undefined || note.trim() === "" ? {} : { note: note.trim() }),
      ...{ observedBy: acting.user._id, observedAt: now, withdrawn: false, clientMutationId },
    });
  },
});

/** Whoever made it, or the case manager; the row stays. @throws NOT_FOUND, FORBIDDEN */
export const withdrawSecondObservation = goalMutation({
  access: "progress.observe",
  args: { observationId: v.id("secondObservations") },
  returns: v.null(),
  handler: async ({ db, acting, goal, relation, facts }, { observationId }) => {
    const row = await db.require("secondObservations", observationId);
    if (row.goalId !== goal._id) throw notFound();
    const own = { ...facts, own: row.observedBy === acting.user._id };
    if (!mayWithStudent("progress.correct", relation, own)) throw forbidden();
    if (!row.withdrawn) await db.patch("secondObservations", observationId, { withdrawn: true });
    return null;
  },
});
