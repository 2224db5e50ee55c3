import { Anchor, Button, List, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormatting } from "../../lib/formatting";
import { StatusBadge } from "../../ui/StatusBadge";
import type { Filters } from "./AuditFilters";
import { type AuditEntry, useAuditWords } from "./auditWords";

const COLUMNS = ["when", "who", "what", "record", "attention"] as const;
const TONES = { low: "neutral", medium: "watch", high: "late" } as const;

/** A click on a person or a student shows only theirs. */
export function AuditTable({
  entries,
  filters,
  onFilter,
}: {
  entries: readonly AuditEntry[];
  filters: Filters;
  onFilter: (filters: Filters) => void;
}) {
  const { t } = useTranslation("audit");
  return (
    <Table.ScrollContainer minWidth={720} scrollAreaProps={{ tabIndex: 0 }}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            {COLUMNS.map((column) => (
              <Table.Th key={column} scope="col">
                {t(`columns.${column}`)}
              </Table.Th>
            ))}
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <Entry key={entry._id} {...{ entry, filters, onFilter }} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Entry({
  entry,
  filters,
  onFilter,
}: {
  entry: AuditEntry;
  filters: Filters;
  onFilter: (filters: Filters) => void;
}) {
  const { t } = useTranslation("audit");
  const { instant } = useFormatting();
  const words = useAuditWords();
  const [open, setOpen] = useState(false);
  const { actor, student } = entry;
  const name = words.actor(entry);
  const what = words.action(entry);
  return (
    <>
      <Table.Tr>
        <Table.Td miw="8.5rem">{instant(entry.at)}</Table.Td>
        <Table.Td>
          {actor === null ? (
            name
          ) : (
            <Anchor
              component="button"
              dir="auto"
              ta="start"
              onClick={() => onFilter({ ...filters, actor: { id: actor.userId, name } })}
            >
              {name}
            </Anchor>
          )}
          <Text size="sm" c="dimmed">
            {words.part(entry)}
          </Text>
        </Table.Td>
        <Table.Td>
          {what}{" "}
          {entry.outcome === "refused" ? (
            <StatusBadge tone="late">{t("refused")}</StatusBadge>
          ) : null}
        </Table.Td>
        <Table.Td>
          {student === null ? null : (
            <Anchor
              component="button"
              dir="auto"
              ta="start"
              onClick={() =>
                onFilter({ ...filters, student: { id: student._id, name: student.name } })
              }
            >
              {student.name}
            </Anchor>
          )}
        </Table.Td>
        <Table.Td>
          <StatusBadge tone={TONES[entry.risk]}>{t(`risks.${entry.risk}`)}</StatusBadge>
        </Table.Td>
        <Table.Td>
          <Button
            variant="default"
            size="compact-md"
            aria-expanded={open}
            aria-label={t("detailsOf", { what, when: instant(entry.at) })}
            onClick={() => setOpen(!open)}
          >
            {t("details")}
          </Button>
        </Table.Td>
      </Table.Tr>
      {open ? (
        <Table.Tr>
          <Table.Td colSpan={COLUMNS.length + 1}>
            <Details entry={entry} />
          </Table.Td>
        </Table.Tr>
      ) : null}
    </>
  );
}

/** Names of tables and fields are those of the data, for whoever has to find out what happened. */
function Details({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation("audit");
  const { changes, moreChanges, ipAddress, userAgent, sequence } = entry;
  return (
    <Stack gap="xs">
      {changes.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("noDetails")}
        </Text>
      ) : (
        <List size="sm">
          {changes.map(({ table, id, kind, fields }) => (
            <List.Item key={`${table}${id}`}>
              {t(`kinds.${kind}`)}: <code>{table}</code>
              {" – "}
              {fields.map(({ field, before, after }, index) => (
                <span key={field}>
                  {index === 0 ? "" : ", "}
                  <code>{field}</code>
                  {before === undefined && after === undefined
                    ? ""
                    : ` (${t("change", { before: before ?? t("nothing"), after: after ?? t("nothing") })})`}
                </span>
              ))}
            </List.Item>
          ))}
          {moreChanges > 0 ? (
            <List.Item>{t("moreChanges", { count: moreChanges })}</List.Item>
          ) : null}
        </List>
      )}
      <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        {[
          ...(ipAddress === undefined ? [] : [`${t("place")}: ${ipAddress}`]),
          ...(userAgent === undefined ? [] : [`${t("device")}: ${userAgent}`]),
          `${t("number")}: ${sequence === null ? t("waiting") : String(sequence)}`,
        ].join(" · ")}
      </Text>
    </Stack>
  );
}
