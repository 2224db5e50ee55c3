/**
 * Fields that are stored sealed: AES-256-GCM with a key of the organization (`access/encryption`). A table lists them as
 * `confidential…Fields`; its input is made of them as they are, the table itself of their sealed twins. The database that
 * functions get seals on each write; reading one needs `unseal`, because a sealed value is no string that could be shown.
 */
import { type GenericValidator, type Infer, type VOptional, v } from "convex/values";

/** `key` counts the organization's data keys; `box` is nonce, ciphertext and tag. */
export const vSealed = v.object({ key: v.number(), box: v.bytes() });
export type Sealed = Infer<typeof vSealed>;

type SealedFields<Fields extends Record<string, GenericValidator>> = {
  [Name in keyof Fields]: Fields[Name]["isOptional"] extends "optional"
    ? VOptional<typeof vSealed>
    : typeof vSealed;
};

/** The same fields, as they are stored. */
export function sealed<Fields extends Record<string, GenericValidator>>(
  fields: Fields,
): SealedFields<Fields> {
  const stored = Object.entries(fields).map(([name, { isOptional }]) => [
    name,
    isOptional === "optional" ? v.optional(vSealed) : vSealed,
  ]);
  return Object.fromEntries(stored) as SealedFields<Fields>;
}
