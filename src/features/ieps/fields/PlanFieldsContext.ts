/** The plan whose fields are shown, for every field on the page. */
import { createContext, useCallback, useContext } from "react";
import type { FunctionReturnType } from "convex/server";
import { api } from "../../../../convex/_generated/api";
import type { Id } from "../../../../convex/_generated/dataModel";
import { DATE_FIELDS, type FieldValue, readField } from "../../../../convex/domain/ieps/fields";
import { isConflictAbout } from "../../../lib/errors";
import { useMutation } from "../../../lib/mutation";
import { type LiveField, useLiveField } from "./useLiveField";

export type PlanOfFields = FunctionReturnType<typeof api.planFields.getPlanFields>;
export const PlanFieldsContext = createContext<{ iepId: Id<"ieps">; plan: PlanOfFields } | null>(
  null,
);

export function usePlan() {
  const context = useContext(PlanFieldsContext);
  if (context === null) throw new Error("Outside of a plan");
  const fields = context.plan.fields;
  return { ...context, fields };
}

const isChanged = (error: unknown) => isConflictAbout(error, "fieldChangedMeanwhile");

export function usePlanField(field: string): LiveField & { saved: FieldValue; editable: boolean } {
  const { iepId, plan, fields } = usePlan();
  const mutate = useMutation(api.planFields.savePlanField);
  const saved = readField(fields, field) ?? null;
  const save = useCallback(
    (base: FieldValue, value: FieldValue) => mutate({ iepId, field, base, value }),
    [mutate, iepId, field],
  );
  const ability = DATE_FIELDS.includes(field) ? "iep.edit" : "iep.editFields";
  const editable = plan.abilities[ability];
  const key = `plan.field.${iepId}.${field}`;
  const live = useLiveField({ key, saved, editable, save, isConflict: isChanged });
  return { ...live, saved, editable };
}
