/** A plan's fields as they are stored and saved one by one (`domain/ieps/fields`). */
import type { Doc } from "../_generated/dataModel";
import type { TenantReader, TenantWriter } from "../access/tenantDb";
import type { PlanFields } from "../domain/ieps/fields";
import type { PlanContent } from "../domain/ieps/planContent";
import {
  noRows,
  type PlanRows,
  rowsOfTexts,
  transitionOf,
  transitionTexts,
  withIds,
} from "../domain/ieps/rows";
import { noAssessments, noSpecialFactors } from "../domain/ieps/structure";
import type { Plain } from "../tables/confidential";

/** As they are now, with what nobody has answered yet as such. */
export async function planFieldsOf(db: TenantReader, stored: Doc<"ieps">): Promise<PlanFields> {
  return fieldsOf(await db.unseal("ieps", stored));
}

/** The same of a plan whose sealed fields are open. */
export function fieldsOf(iep: Plain<"ieps">): PlanFields {
  return {
    ...{ meetingDate: iep.meetingDate, effectiveDate: iep.effectiveDate },
    ...{ expirationDate: iep.expirationDate, nextReviewDate: iep.nextReviewDate },
    placement: iep.placement,
    environment: iep.environment ?? {
      ...{ place: null, schoolWeekMinutes: null, regularClassMinutes: null },
      servicesInProgram: null,
    },
    specialFactors: iep.specialFactors ?? noSpecialFactors(),
    assessments: iep.assessments ?? noAssessments(),
    extendedSchoolYear: iep.extendedSchoolYear ?? { needed: null, reason: "" },
    invitation: iep.invitation ?? { studentInvited: null },
    ageOfMajority: iep.ageOfMajority ?? { informedOn: null },
    rows: rowsOf(iep),
  };
}

function rowsOf(iep: Plain<"ieps">): PlanRows {
  const rows: PlanRows = {
    ...noRows(),
    accommodations: withIds(iep.accommodations),
    modifications: withIds(iep.modifications),
  };
  if (iep.transitionRows !== undefined) return { ...rows, ...iep.transitionRows };
  // From before rows had ids: the contract's texts, by their place.
  let count = 0;
  return rowsOfTexts(iep.transitionPlan, rows, () => `row-${String((count += 1))}`);
}

/** Writes what differs; the contract's transition plan follows from the rows. */
export async function writePlanFields(
  db: TenantWriter,
  iep: Doc<"ieps">,
  { rows, ...answers }: PlanFields,
): Promise<void> {
  const { accommodations, modifications, ...transitionRows } = rows;
  await db.patch("ieps", iep._id, {
    ...answers,
    // The parts of each list are checked before (`checkNewRow`, `checkField`).
    accommodations: accommodations as unknown as Plain<"ieps">["accommodations"],
    modifications: modifications as unknown as Plain<"ieps">["modifications"],
    transitionRows: transitionRows as unknown as NonNullable<Plain<"ieps">["transitionRows"]>,
    transitionPlan: transitionTexts(rows),
    revision: iep.revision + 1,
  });
}

/** The rows of a transition plan that came in the contract's shape: those whose text stays are kept. */
export async function rowsOfContract(
  db: TenantReader,
  stored: Doc<"ieps">,
  transitionPlan: Plain<"ieps">["transitionPlan"],
): Promise<NonNullable<Plain<"ieps">["transitionRows"]>> {
  const before = (await planFieldsOf(db, stored)).rows;
  const { accommodations, modifications, ...rows } = rowsOfTexts(transitionPlan, before, () =>
    crypto.randomUUID(),
  );
  return rows as unknown as NonNullable<Plain<"ieps">["transitionRows"]>;
}

/** These parts of what a plan says. */
export function structuredParts(
  iep: Plain<"ieps">,
): Pick<
  PlanContent,
  | "accommodations"
  | "modifications"
  | "environment"
  | "specialFactors"
  | "assessments"
  | "extendedSchoolYear"
  | "transition"
  | "ageOfMajority"
> {
  const { rows, environment, placement, invitation, ...fields } = fieldsOf(iep);
  return {
    accommodations: iep.accommodations.map(({ category, description, setting }) => ({
      ...{ category, description, setting },
    })),
    modifications: iep.modifications.map(({ subject, description, criteria }) => ({
      ...{ subject, description, criteria },
    })),
    environment: { placement, ...environment },
    specialFactors: fields.specialFactors,
    assessments: fields.assessments,
    extendedSchoolYear: fields.extendedSchoolYear,
    transition: transitionOf(rows, invitation.studentInvited),
    ageOfMajority: fields.ageOfMajority,
  };
}
