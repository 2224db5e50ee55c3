/** Entries of the activity log in the reader's language. */
import type { FunctionReturnType } from "convex/server";
import { useTranslation } from "react-i18next";
import type { api } from "../../../convex/_generated/api";
import { useFormatting } from "../../lib/formatting";

export type AuditEntry = FunctionReturnType<typeof api.audit.listAuditEntries>["page"][number];
export type Access = FunctionReturnType<typeof api.records.listRecordOfAccess>["page"][number];

export function useAuditWords() {
  const { t, i18n } = useTranslation(["audit", "common"]);
  const { person } = useFormatting();
  const action = ({ action }: Pick<Access, "action">): string => {
    const key = `actions.${action.replaceAll(".", "_")}`;
    if (i18n.exists(`audit:${key}`)) return t(`audit:${key}` as "audit:actions.record_open");
    return t("audit:otherAction", { action });
  };
  return {
    action,
    actor: ({ actor }: Pick<Access, "actor">): string =>
      actor === null ? t("audit:system") : person(actor.firstName, actor.lastName),
    /** How the person stands to the student, or what they are in the organization. */
    part: ({ relation, role }: Pick<Access, "relation" | "role">): string | null => {
      if (relation !== undefined) return t(`audit:relations.${relation}`);
      return role === undefined ? null : t(`common:roles.${role}`);
    },
    /** What somebody did to one student's record, for the family. */
    access: (access: Access): string =>
      access.scope === undefined ? action(access) : t(`audit:access.${access.scope}`),
  };
}
