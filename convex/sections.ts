/** Sections of a plan: who writes which until when, and where they are with it. */
import { v } from "convex/values";
import { studentAbilities, vAbilities } from "./access/abilities";
import { conflict, invalid, notFound } from "./access/errors";
import { iepMutation, iepQuery } from "./access/functions";
import { isOpenTo, sectionMutation } from "./access/sectionFunctions";
import { isCalendarDate } from "./domain/calendar/calendarDate";
import { problem } from "./domain/validation/problem";
import type { Doc } from "./_generated/dataModel";
import { personName, vPersonName } from "./model/people";
import { addSections, describeSection, sectionsOf, vSection } from "./model/sections";
import { currentTeam, findPlace } from "./model/team";
import { vIepLifecycleStatus } from "./tables/ieps";
import { vSectionState } from "./tables/sections";

const WRITING = ["section.write"] as const;
const PLAN = ["section.assign", "section.decide"] as const;

/** Functions on a team of people who write the plan. */
const isWriter = ({ function: place }: Doc<"studentTeam">): boolean => place !== "paraprofessional";

/** The sections of a plan, and who can be asked to write one. None yet: `prepareSections` makes them. */
export const listSections = iepQuery({
  access: "section.read",
  args: {},
  returns: v.object({
    studentId: v.id("students"),
    studentName: v.string(),
    status: vIepLifecycleStatus,
    sections: v.array(v.object({ ...vSection.fields, abilities: vAbilities(WRITING) })),
    team: v.array(vPersonName),
    abilities: vAbilities(PLAN),
  }),
  handler: async ({ db, acting, iep, student, relation }) => {
    const isDraft = iep.status === "draft";
    const able = studentAbilities(relation, PLAN);
    const sections = await sectionsOf(db, iep._id);
    const team = (await currentTeam(db, student._id)).filter(isWriter);
    const userIds = [...new Set(team.map(({ userId }) => userId))];
    return {
      studentId: student._id,
      studentName: [student.firstName, student.lastName].filter((name) => name !== "").join(" "),
      status: iep.status,
      sections: await Promise.all(
        sections.map(async (section) => {
          const open = isDraft && isOpenTo(section, acting.user._id);
          const writing = studentAbilities(relation, WRITING, { open });
          return {
            ...(await describeSection(db, section)),
            abilities: { "section.write": writing["section.write"] && isDraft },
          };
        }),
      ),
      team: await Promise.all(userIds.map((userId) => personName(db, userId))),
      abilities: {
        "section.assign": able["section.assign"] && isDraft,
        "section.decide": able["section.decide"] && isDraft,
      },
    };
  },
});

/** Makes the sections of a plan that was begun before there were any. Twice does nothing. */
export const prepareSections = iepMutation({
  access: "section.read",
  args: {},
  returns: v.null(),
  handler: async ({ db, iep }) => {
    await addSections(db, iep);
    return null;
  },
});

/** Where its writers are with it. Saying the same again changes nothing. @throws CONFLICT */
export const markSection = sectionMutation({
  access: "section.write",
  args: { state: vSectionState },
  returns: v.null(),
  handler: async ({ db, acting, iep, section, now }, { state }) => {
    if (iep.status !== "draft") throw conflict("notADraft");
    if (section.state === state) return null;
    await db.patch("iepSections", section._id, {
      ...{ state, stateChangedBy: acting.user._id, stateChangedAt: now },
    });
    return null;
  },
});

/**
 * Who has to write it until when. With an owner, only they and the case manager write in it, unless it is open to the
 * whole team.
 * @throws NOT_FOUND for somebody who is not on the student's team, CONFLICT, INVALID
 */
export const assignSection = sectionMutation({
  access: "section.assign",
  args: {
    ownerId: v.union(v.id("users"), v.null()),
    openToTeam: v.boolean(),
    dueDate: v.union(v.string(), v.null()),
  },
  returns: v.null(),
  handler: async ({ db, iep, student, section }, { ownerId, openToTeam, dueDate }) => {
    if (iep.status !== "draft") throw conflict("notADraft");
    if (dueDate !== null && !isCalendarDate(dueDate))
      throw invalid([problem("dueDate", "notADate")]);
    if (ownerId !== null) {
      const place = await findPlace(db, student._id, ownerId);
      if (place === null || !isWriter(place)) throw notFound();
    }
    await db.patch("iepSections", section._id, {
      ...{ ownerId: ownerId ?? undefined, openToTeam, dueDate: dueDate ?? undefined },
    });
    return null;
  },
});
