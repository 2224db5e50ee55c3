/** 34 CFR 300.623(d): names and positions of those employees who may have access, current and open to everybody. */
import { paginationOptsValidator } from "convex/server";
import { v } from "convex/values";
import { organizationAbilities, vAbilities } from "./access/abilities";
import { conflict, invalid, requireValid } from "./access/errors";
import { memberMutation, memberQuery } from "./access/functions";
import { checkText, LIMITS, normalizeName } from "./domain/validation/problem";
import { isStaff, STAFF_ROLES } from "./model/members";
import { mapPage, vPage } from "./model/pages";
import { personName, vPersonName } from "./model/people";
import { vRole } from "./tables/people";

const ABILITIES = ["positions.describe"] as const;

/** Every position of the staff; `title` and `access` are empty where nobody has described it yet. */
export const listPositions = memberQuery({
  access: "positions.read",
  args: {},
  returns: v.object({
    organizationName: v.string(),
    positions: v.array(
      v.object({ role: vRole, title: v.string(), access: v.string(), version: v.number() }),
    ),
    abilities: vAbilities(ABILITIES),
  }),
  handler: async ({ db, acting }) => {
    const described = await db.rows("accessPositions", "by_role").take(20);
    return {
      organizationName: acting.organization.name,
      positions: STAFF_ROLES.map((role) => {
        const row = described.find((position) => position.role === role);
        const { title = "", access = "", version = 0 } = row ?? {};
        return { role, title, access, version };
      }),
      abilities: organizationAbilities(acting, ABILITIES),
    };
  },
});

/** Those who hold a position now, by name: derived from the active memberships, never typed in. */
export const listHolders = memberQuery({
  access: "positions.read",
  args: { role: vRole, paginationOpts: paginationOptsValidator },
  returns: vPage(
    v.object({
      _id: v.id("memberships"),
      ...vPersonName.fields,
      /** Null: the whole organization. */
      schoolName: v.union(v.string(), v.null()),
    }),
  ),
  handler: async ({ db }, { role, paginationOpts }) => {
    // Families and students are no employees: of them there is no list.
    if (!isStaff(role)) throw invalid([{ field: "role", code: "unknownValue" }]);
    const page = await db
      .rows("memberships", "by_organization_role", (q) => q.eq("role", role).eq("status", "active"))
      .paginate(paginationOpts);
    return mapPage(page, async ({ _id, userId, schoolId }) => ({
      ...{ _id, ...(await personName(db, userId)) },
      schoolName: schoolId === undefined ? null : (await db.requireSchool(schoolId)).name,
    }));
  },
});

/** What the organization calls a position, and why those who hold it have access. @throws INVALID, CONFLICT */
export const describePosition = memberMutation({
  access: "positions.describe",
  args: { role: vRole, title: v.string(), access: v.string(), expectedVersion: v.number() },
  returns: v.null(),
  handler: async ({ db }, { role, title, access, expectedVersion }) => {
    if (!isStaff(role)) throw invalid([{ field: "role", code: "unknownValue" }]);
    requireValid([
      ...checkText("title", title, { max: LIMITS.title }),
      ...checkText("access", access, { max: LIMITS.text }),
    ]);
    const row = await db.rows("accessPositions", "by_role", (q) => q.eq("role", role)).unique();
    if ((row?.version ?? 0) !== expectedVersion) throw conflict("changedMeanwhile");
    const value = { title: normalizeName(title), access: access.trim() };
    if (row === null) await db.insert("accessPositions", { role, ...value, version: 1 });
    else await db.patch("accessPositions", row._id, { ...value, version: row.version + 1 });
    return null;
  },
});
