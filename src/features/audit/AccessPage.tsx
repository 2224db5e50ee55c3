import { Button, Table, Text } from "@mantine/core";
import { IconEye, IconPrinter } from "@tabler/icons-react";
import { usePaginatedQuery, useQuery } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useFormatting } from "../../lib/formatting";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import { type Access, useAuditWords } from "./auditWords";

/** A student's record of access, in words for the family: who, when, in what part, how much. */
export function AccessPage({ studentId }: { studentId: Id<"students"> }) {
  const { t } = useTranslation(["audit", "common"]);
  const { person } = useFormatting();
  const student = useQuery(api.students.getStudentDetail, { studentId });
  const { results, status, loadMore } = usePaginatedQuery(
    api.records.listRecordOfAccess,
    { studentId },
    { initialNumItems: 50 },
  );
  if (student === undefined || status === "LoadingFirstPage") return <Loading />;
  const name = person(student.firstName, student.lastName);
  return (
    <Page
      title={t("audit:access.title")}
      subtitle={t("audit:access.subtitle", { name })}
      back={{ to: `/students/${studentId}`, label: name }}
      width={860}
      actions={
        <Button
          variant="default"
          leftSection={<IconPrinter size={18} aria-hidden />}
          onClick={() => window.print()}
        >
          {t("audit:access.print")}
        </Button>
      }
    >
      <Panel>
        {results.length === 0 ? (
          <EmptyState
            icon={<IconEye size={40} />}
            title={t("audit:access.empty")}
            text={t("audit:access.emptyText")}
          />
        ) : (
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t("audit:columns.when")}</Table.Th>
                <Table.Th scope="col">{t("audit:columns.who")}</Table.Th>
                <Table.Th scope="col">{t("audit:columns.what")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {results.map((access) => (
                <AccessRow key={access._id} access={access} />
              ))}
            </Table.Tbody>
          </Table>
        )}
        {status === "CanLoadMore" ? (
          <Button variant="default" mt="sm" onClick={() => loadMore(100)}>
            {t("common:more")}
          </Button>
        ) : null}
      </Panel>
    </Page>
  );
}

function AccessRow({ access }: { access: Access }) {
  const { instant } = useFormatting();
  const words = useAuditWords();
  const part = words.part(access);
  return (
    <Table.Tr>
      <Table.Td miw="6.5rem">{instant(access.at)}</Table.Td>
      <Table.Td>
        <Text span dir="auto">
          {words.actor(access)}
        </Text>
        {part === null ? null : (
          <Text size="sm" c="dimmed">
            {part}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{words.access(access)}</Table.Td>
    </Table.Tr>
  );
}
