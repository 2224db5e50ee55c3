/** Dashboards: how goals stand, for whoever works with students and for those who answer for a school or a district. */
import { v } from "convex/values";
import { notFound } from "./access/errors";
import { memberQuery, recordsQuery } from "./access/functions";
import { covers } from "./access/relations";
import {
  caseloadDashboard,
  listGoals as list,
  organizationDashboard,
  vCaseloadDashboard,
  vGoalList,
  vListFilter,
  vOrganizationDashboard,
} from "./model/dashboards";

/** One's own students, those of whom one is case manager and those of one's teams. */
export const getCaseload = recordsQuery({
  access: "dashboard.caseload",
  args: {},
  returns: vCaseloadDashboard,
  handler: (ctx) => caseloadDashboard(ctx),
});

/** Sums without a name: of the district and its schools, or of the one school. `from`: the first school of the list. */
export const getOrganizationCounts = memberQuery({
  access: "dashboard.organization",
  args: { from: v.optional(v.number()) },
  returns: vOrganizationDashboard,
  handler: (ctx, { from = 0 }) => organizationDashboard(ctx, from),
});

/** The students behind a sum, a page at a time. @throws NOT_FOUND for a school that is not the person's */
export const listGoals = recordsQuery({
  access: "dashboard.organization",
  args: {
    schoolId: v.optional(v.id("organizations")),
    filter: vListFilter,
    cursor: v.union(v.null(), v.string()),
  },
  returns: vGoalList,
  handler: async (ctx, { schoolId, ...page }) => {
    const { db, acting } = ctx;
    if (schoolId !== undefined) {
      await db.requireSchool(schoolId);
      if (!covers(acting, schoolId)) throw notFound();
    }
    return list(ctx, { ...page, schoolId: schoolId ?? acting.membership.schoolId });
  },
});
