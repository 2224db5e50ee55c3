/** What banks, areas and variables are called. */
import type { FunctionReturnType } from "convex/server";
import { useTranslation } from "react-i18next";
import type { api } from "../../../convex/_generated/api";
import { BANK_AREAS, type BankKind } from "../../../convex/domain/bank/item";
import { TEMPLATE_VARIABLES } from "../../../convex/domain/bank/template";

export type Bank = FunctionReturnType<typeof api.bank.listBanks>[number];

export function useBankWords() {
  const { t } = useTranslation(["bank", "goals", "writing"]);
  const areaName = (kind: BankKind, area: string): string => {
    if (kind === "goal") return t(`goals:domains.${area}` as "goals:domains.academic");
    if (kind === "phrase") return t(`writing:titles.${area}` as "writing:titles.strengths");
    return t(`bank:categories.${area}` as "bank:categories.timing");
  };
  return {
    areaName,
    areas: (kind: BankKind) =>
      BANK_AREAS[kind].map((value) => ({ value, label: areaName(kind, value) })),
    bankName: ({ scope, name }: Pick<Bank, "scope" | "name">): string =>
      scope === "personal" ? t("bank:scopes.personal") : name,
    variableName: (name: string): string =>
      (TEMPLATE_VARIABLES as readonly string[]).includes(name)
        ? t(`bank:variables.${name}` as "bank:variables.student")
        : name.replaceAll("_", " "),
  };
}
