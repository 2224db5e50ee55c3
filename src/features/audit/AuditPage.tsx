import { Button, Group, Stack } from "@mantine/core";
import { IconDownload, IconHistory } from "@tabler/icons-react";
import { usePaginatedQuery } from "convex/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useErrorText } from "../../lib/errors";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { notifyFailed } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import { AuditFilters, type Filters, NO_FILTERS, queryFilters } from "./AuditFilters";
import { AuditTable } from "./AuditTable";
import { useExport } from "./useExport";
import { VerifyLog } from "./VerifyLog";

/** The organization's activity log: filtered, looked into, checked, exported. */
export function AuditPage() {
  const { t } = useTranslation(["audit", "common"]);
  const errorText = useErrorText();
  const [filters, setFilters] = useState<Filters>(NO_FILTERS);
  const { results, status, loadMore } = usePaginatedQuery(
    api.audit.listAuditEntries,
    queryFilters(filters),
    { initialNumItems: 50 },
  );
  const [exporting, setExporting] = useState(false);
  const exportEntries = useExport();
  const exportAll = async () => {
    setExporting(true);
    await exportEntries(queryFilters(filters)).catch((error: unknown) =>
      notifyFailed(errorText(error)),
    );
    setExporting(false);
  };
  return (
    <Page
      title={t("audit:title")}
      subtitle={t("audit:subtitle")}
      actions={
        <Button
          variant="default"
          disabled={exporting}
          leftSection={<IconDownload size={18} aria-hidden />}
          onClick={() => void exportAll()}
        >
          {t(exporting ? "audit:exporting" : "audit:export")}
        </Button>
      }
    >
      <Stack gap="lg">
        <VerifyLog />
        <AuditFilters filters={filters} onChange={setFilters} />
        <Panel>
          {status === "LoadingFirstPage" ? (
            <Loading shape="list" />
          ) : results.length === 0 && status === "Exhausted" ? (
            <EmptyState
              icon={<IconHistory size={40} />}
              title={t("audit:empty")}
              text={t("audit:emptyText")}
            />
          ) : (
            <AuditTable entries={results} filters={filters} onFilter={setFilters} />
          )}
          {status === "CanLoadMore" || status === "LoadingMore" ? (
            <Group mt="sm">
              <Button
                variant="default"
                disabled={status === "LoadingMore"}
                onClick={() => loadMore(100)}
              >
                {t("common:more")}
              </Button>
            </Group>
          ) : null}
        </Panel>
      </Stack>
    </Page>
  );
}
