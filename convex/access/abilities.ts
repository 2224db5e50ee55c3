/**
 * What this person may do with what they look at: sent along with the data, so that the interface offers exactly what
 * the server allows and never derives a rule itself.
 */
import { v } from "convex/values";
import {
  type Circumstances,
  mayWithStudent,
  type Relation,
  type RoleCapability,
  type StudentCapability,
} from "../domain/access/matrix";
import { may } from "./functions";
import type { Acting } from "./session";

/** An object validator with a boolean for each capability. */
export function vAbilities<C extends string>(capabilities: readonly C[]) {
  const fields = {} as Record<C, ReturnType<typeof v.boolean>>;
  for (const capability of capabilities) fields[capability] = v.boolean();
  return v.object(fields);
}

export function organizationAbilities<C extends RoleCapability>(
  acting: Acting | null,
  capabilities: readonly C[],
): Record<C, boolean> {
  const abilities = {} as Record<C, boolean>;
  for (const capability of capabilities)
    abilities[capability] = acting !== null && may(acting, capability);
  return abilities;
}

export function studentAbilities<C extends StudentCapability>(
  relation: Relation,
  capabilities: readonly C[],
  facts?: Circumstances,
): Record<C, boolean> {
  const abilities = {} as Record<C, boolean>;
  for (const capability of capabilities)
    abilities[capability] = mayWithStudent(capability, relation, facts);
  return abilities;
}
