import { Stack, Table, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useFormatting } from "../../lib/formatting";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";

type Reader = NonNullable<
  FunctionReturnType<typeof api.glance.listGlanceReaders>
>["readers"][number];

/** Who on the team has confirmed the plan in force, who has not, and who only an earlier one. Live. */
export function GlanceReaders({ studentId }: { studentId: Id<"students"> }) {
  const { t } = useTranslation(["output", "students"]);
  const { person } = useFormatting();
  const list = useQuery(api.glance.listGlanceReaders, { studentId });
  if (list === undefined || list === null || list.readers.length === 0) return null;
  const { readers, planVersion: number } = list;
  const read = readers.filter(({ readAt }) => readAt !== null).length;
  return (
    <Panel title={t("output:receipts.title")}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t("output:receipts.intro")}
        </Text>
        <Text fw={600} role="status">
          {read === readers.length
            ? t("output:receipts.everybody", { number })
            : t("output:receipts.count", { read, all: readers.length, number })}
        </Text>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("output:receipts.person")}</Table.Th>
              <Table.Th scope="col">{t("output:receipts.read")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {readers.map((reader) => (
              <Table.Tr key={reader.person.userId}>
                <Table.Th scope="row" fw={400}>
                  {person(reader.person.firstName, reader.person.lastName)}
                  <Text size="sm" c="dimmed">
                    {t(`students:team.functions.${reader.function}`)}
                  </Text>
                </Table.Th>
                <Table.Td>
                  <Read reader={reader} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </Panel>
  );
}

function Read({ reader: { readAt, earlier } }: { reader: Reader }) {
  const { t } = useTranslation("output");
  const { instant } = useFormatting();
  if (readAt !== null)
    return <StatusBadge tone="good">{t("receipts.readOn", { when: instant(readAt) })}</StatusBadge>;
  if (earlier === null) return <StatusBadge tone="watch">{t("receipts.notYet")}</StatusBadge>;
  return (
    <StatusBadge tone="watch">
      {t("receipts.readEarlier", { number: earlier.planVersion, when: instant(earlier.readAt) })}
    </StatusBadge>
  );
}
