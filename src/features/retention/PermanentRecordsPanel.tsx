import { Button, Group, Stack, Table, Text } from "@mantine/core";
import { usePaginatedQuery } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useFormatting } from "../../lib/formatting";
import { Loading } from "../../ui/Loading";
import { Panel } from "../../ui/Panel";

/** What stays of records that are gone (34 CFR 300.624(b)), by name. */
export function PermanentRecordsPanel() {
  const { t } = useTranslation(["retention", "common"]);
  const { date, person } = useFormatting();
  const { results, status, loadMore } = usePaginatedQuery(
    api.retention.listPermanentRecords,
    {},
    { initialNumItems: 20 },
  );
  const day = (value: string | undefined) =>
    value === undefined ? t("retention:permanent.unknown") : date(value);
  return (
    <Panel title={t("retention:permanent.title")}>
      <Stack gap="md">
        <Text size="sm">{t("retention:permanent.text")}</Text>
        {status === "LoadingFirstPage" ? (
          <Loading shape="list" />
        ) : results.length === 0 ? (
          <Text c="dimmed">{t("retention:permanent.none")}</Text>
        ) : (
          <Table.ScrollContainer minWidth={280}>
            <Table aria-label={t("retention:permanent.title")}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("retention:permanent.name")}</Table.Th>
                  <Table.Th>{t("retention:permanent.grade")}</Table.Th>
                  <Table.Th>{t("retention:permanent.enrolled")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {results.map(
                  ({ _id, firstName, lastName, schoolName, gradeLevel, from, until }) => (
                    <Table.Tr key={_id}>
                      <Table.Td dir="auto">
                        {person(firstName, lastName)}
                        <Text size="sm" c="dimmed">
                          {schoolName}
                        </Text>
                      </Table.Td>
                      <Table.Td>{gradeLevel}</Table.Td>
                      <Table.Td>
                        {t("retention:permanent.fromUntil", { from: day(from), until: day(until) })}
                      </Table.Td>
                    </Table.Tr>
                  ),
                )}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
        {status === "CanLoadMore" || status === "LoadingMore" ? (
          <Group>
            <Button
              variant="default"
              disabled={status === "LoadingMore"}
              onClick={() => loadMore(50)}
            >
              {t("common:more")}
            </Button>
          </Group>
        ) : null}
      </Stack>
    </Panel>
  );
}
