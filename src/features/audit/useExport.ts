import { useConvex } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import type { QueryFilters } from "./AuditFilters";
import { type AuditEntry, useAuditWords } from "./auditWords";

/** Writes everything that the filters leave into a CSV file. That it was taken out is noted first. */
export function useExport(): (filters: QueryFilters) => Promise<void> {
  const { t } = useTranslation("audit");
  const convex = useConvex();
  const noteExport = useMutation(api.audit.noteExport);
  const words = useAuditWords();
  const { today } = useFormatting();
  const row = (entry: AuditEntry): Record<string, string> => ({
    [t("number")]: entry.sequence === null ? "" : String(entry.sequence),
    [t("columns.when")]: new Date(entry.at).toISOString(),
    [t("columns.who")]: words.actor(entry),
    [t("filters.outcome")]: t(`outcomes.${entry.outcome}`),
    [t("columns.what")]: words.action(entry),
    [t("columns.record")]: entry.student?.name ?? "",
    [t("columns.attention")]: t(`risks.${entry.risk}`),
    [t("details")]: entry.changes.length === 0 ? "" : JSON.stringify(entry.changes),
    [t("place")]: entry.ipAddress ?? "",
    [t("device")]: entry.userAgent ?? "",
  });
  return async (filters) => {
    await noteExport({});
    const rows: Record<string, string>[] = [];
    let cursor: string | null = null;
    for (;;) {
      const page: { page: AuditEntry[]; isDone: boolean; continueCursor: string } =
        await convex.query(api.audit.listAuditEntries, {
          ...filters,
          paginationOpts: { numItems: 500, cursor },
        });
      rows.push(...page.page.map(row));
      if (page.isDone) break;
      cursor = page.continueCursor;
    }
    const { default: Papa } = await import("papaparse");
    // A name that begins with "=" must not become a formula in a spreadsheet.
    const csv = Papa.unparse(rows, { escapeFormulae: true });
    const url = URL.createObjectURL(new Blob([csv], { type: "text/csv" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `${t("file")}-${today()}.csv`;
    link.click();
    URL.revokeObjectURL(url);
  };
}
