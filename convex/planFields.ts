/**
 * The structured fields of a draft, saved one by one while people type: whoever saves says from what they began, so that
 * two people never overwrite each other's field, and fields that differ are both kept.
 */
import { v } from "convex/values";
import { requireAbility, iepMutation, iepQuery, type IepContext } from "./access/functions";
import { studentAbilities, vAbilities } from "./access/abilities";
import { conflict, invalid, requireValid } from "./access/errors";
import { defaultExpiration } from "./domain/ieps/dates";
import {
  checkField,
  DATE_FIELDS,
  type FieldValue,
  type PlanFields,
  readField,
  writeField,
} from "./domain/ieps/fields";
import { placedBefore } from "./domain/ieps/order";
import { checkNewRow, LIST_NAMES, type ListName, type Row } from "./domain/ieps/rows";
import { planFieldsOf, writePlanFields } from "./model/planFields";
import { meetingPlanned } from "./model/rights";
import { vAnswers } from "./tables/planFields";
import { problem } from "./domain/validation/problem";

const ABILITIES = ["iep.edit", "iep.editFields"] as const;
const vValue = v.union(v.string(), v.number(), v.boolean(), v.null());
/** Its parts by name, and its id; `checkNewRow` says which. */
const vRow = v.record(v.string(), v.string());

export const getPlanFields = iepQuery({
  access: "iep.read",
  args: {},
  returns: v.object({
    studentId: v.id("students"),
    studentName: v.string(),
    status: v.string(),
    grade: v.string(),
    birthDate: v.union(v.string(), v.null()),
    reviewCycle: v.number(),
    fields: v.object({
      ...{ meetingDate: v.string(), effectiveDate: v.string(), expirationDate: v.string() },
      ...{ nextReviewDate: v.string(), placement: v.string() },
      ...vAnswers.fields,
      rows: v.record(v.string(), v.array(vRow)),
    }),
    abilities: vAbilities(ABILITIES),
  }),
  handler: async ({ db, acting, iep, student: stored, relation }) => {
    const student = await db.unseal("students", stored);
    const may = studentAbilities(relation, ABILITIES);
    const isDraft = iep.status === "draft";
    return {
      studentId: student._id,
      studentName: [student.firstName, student.lastName].filter((name) => name !== "").join(" "),
      status: iep.status,
      grade: student.gradeLevel,
      birthDate: student.dateOfBirth === "" ? null : student.dateOfBirth,
      reviewCycle: acting.organization.settings.complianceSettings.iepReviewCycle,
      fields: await planFieldsOf(db, iep),
      abilities: {
        "iep.edit": may["iep.edit"] && isDraft,
        "iep.editFields": may["iep.editFields"] && isDraft,
      },
    };
  },
});

/**
 * Saves one field. Saving what is there already changes nothing, so that a repeated request does no harm.
 * @param base what the field said when the person began
 * @throws CONFLICT "fieldChangedMeanwhile" if it says something else now; INVALID; "notADraft"
 */
export const savePlanField = iepMutation({
  access: "iep.editFields",
  args: { field: v.string(), base: vValue, value: vValue },
  returns: v.null(),
  handler: async (ctx, { field, base, value }) => {
    const { db, iep } = ctx;
    if (iep.status !== "draft") throw conflict("notADraft");
    // The plan's dates are the case manager's: deadlines and the meeting follow from them.
    if (DATE_FIELDS.includes(field)) requireAbility("iep.edit", ctx);
    const fields = await planFieldsOf(db, iep);
    const now = readField(fields, field);
    if (now === value) return null;
    if (now === undefined) throw missingField(field);
    if (now !== base) throw conflict("fieldChangedMeanwhile");
    requireValid(checkField(fields, field, value));
    await writePlanFields(db, iep, withFollowing(ctx, fields, field, value));
    if (field === "meetingDate") await meetingPlanned(ctx, String(value));
    return null;
  },
});

/** A row that somebody removed; or a field that there never was. */
const missingField = (field: string) =>
  LIST_NAMES.some((list) => field.startsWith(`${list}.`))
    ? conflict("rowRemoved")
    : invalid([problem(field, "unknownValue")]);

/** The last day and the review follow the first day, as long as nobody has set them otherwise. */
function withFollowing(
  { acting }: Pick<IepContext, "acting">,
  fields: PlanFields,
  field: string,
  value: FieldValue,
): PlanFields {
  const changed = writeField(fields, field, value);
  if (field !== "effectiveDate") return changed;
  const { iepReviewCycle } = acting.organization.settings.complianceSettings;
  const before = defaultExpiration(fields.effectiveDate, iepReviewCycle);
  const last = defaultExpiration(changed.effectiveDate, iepReviewCycle);
  return {
    ...changed,
    expirationDate: fields.expirationDate === before ? last : fields.expirationDate,
    nextReviewDate: fields.nextReviewDate === before ? last : fields.nextReviewDate,
  };
}

const vList = v.union(
  v.literal("accommodations"),
  v.literal("modifications"),
  v.literal("postSecondary"),
  v.literal("transitionServices"),
  v.literal("agencies"),
  v.literal("transitionAssessments"),
  v.literal("coursesOfStudy"),
);

/** The same id again adds nothing. `at`: where it stood before it was removed. @throws INVALID, CONFLICT */
export const addPlanRow = iepMutation({
  access: "iep.editFields",
  args: { list: vList, row: vRow, at: v.optional(v.number()) },
  returns: v.null(),
  handler: async ({ db, iep }, { list, row, at }) => {
    if (iep.status !== "draft") throw conflict("notADraft");
    const fields = await planFieldsOf(db, iep);
    const rows = fields.rows[list];
    if (rows.some(({ id }) => id === row.id)) return null;
    const added = { id: "", ...row } as Row;
    requireValid(checkNewRow(list, added, rows));
    const changed = [...rows];
    changed.splice(at ?? rows.length, 0, added);
    await writePlanFields(db, iep, withRows(fields, list, changed));
    return null;
  },
});

/** A row that is gone already stays gone. @throws CONFLICT if somebody else changed it since it was `base` */
export const removePlanRow = iepMutation({
  access: "iep.editFields",
  args: { list: vList, base: vRow },
  returns: v.null(),
  handler: async ({ db, iep }, { list, base }) => {
    if (iep.status !== "draft") throw conflict("notADraft");
    const fields = await planFieldsOf(db, iep);
    const row = fields.rows[list].find(({ id }) => id === base.id);
    if (row === undefined) return null;
    if (Object.keys(row).some((part) => row[part] !== base[part]))
      throw conflict("fieldChangedMeanwhile");
    const left = fields.rows[list].filter(({ id }) => id !== base.id);
    await writePlanFields(db, iep, withRows(fields, list, left));
    return null;
  },
});

/** Puts a row in front of another one, or at the end. One that is gone by now moves nothing. @throws CONFLICT */
export const orderPlanRow = iepMutation({
  access: "iep.editFields",
  args: { list: vList, id: v.string(), before: v.union(v.string(), v.null()) },
  returns: v.null(),
  handler: async ({ db, iep }, { list, id, before }) => {
    if (iep.status !== "draft") throw conflict("notADraft");
    const fields = await planFieldsOf(db, iep);
    const rows = fields.rows[list];
    const ids = rows.map((row) => row.id);
    const placed = placedBefore(ids, id, before);
    if (placed.every((one, index) => one === ids[index])) return null;
    const ordered = placed.flatMap((one) => rows.filter((row) => row.id === one));
    await writePlanFields(db, iep, withRows(fields, list, ordered));
    return null;
  },
});

const withRows = (fields: PlanFields, list: ListName, rows: Row[]): PlanFields => ({
  ...fields,
  rows: { ...fields.rows, [list]: rows },
});
