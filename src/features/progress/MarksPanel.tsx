import { Button, Table } from "@mantine/core";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { todayIn } from "../../../convex/domain/calendar/calendarDate";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { useCurrentUser } from "../../lib/session";
import { Panel } from "../../ui/Panel";
import { VoidDialog } from "./VoidDialog";

type ListedMark = FunctionReturnType<typeof api.marks.listMarks>[number];

/** Days without a number and why, those that were taken out too; nothing where there is none. */
export function MarksPanel({ goalId }: { goalId: Id<"goals"> }) {
  const { t } = useTranslation("progress");
  const { date, today, person } = useFormatting();
  const { acting } = useCurrentUser();
  const marks = useQuery(api.marks.listMarks, { goalId });
  const [voiding, setVoiding] = useState<ListedMark | null>(null);
  const voidMark = useMutation(api.marks.voidMark);
  if (marks === undefined || marks.length === 0) return null;
  const mayVoid = ({ voided, canVoid, canVoidSameDay, loggedAt }: ListedMark) =>
    !voided &&
    (canVoid || (canVoidSameDay && todayIn(acting?.timezone ?? "UTC", loggedAt) === today()));
  return (
    <Panel title={t("marks.listed")}>
      <Table.ScrollContainer minWidth={480} scrollAreaProps={{ tabIndex: 0 }}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              {(["date", "value", "by", "note"] as const).map((column) => (
                <Table.Th key={column} scope="col">
                  {t(`table.${column}`)}
                </Table.Th>
              ))}
              <Table.Td data-no-print />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {marks.map((mark) => (
              <Table.Tr
                key={mark._id}
                style={mark.voided ? { textDecoration: "line-through" } : undefined}
              >
                <Table.Td>{date(mark.recordedDate)}</Table.Td>
                <Table.Td fw={600}>{t(`marks.${mark.mark}`)}</Table.Td>
                <Table.Td dir="auto">{mark.recordedByName}</Table.Td>
                <Table.Td dir="auto">
                  {[
                    mark.note ?? "",
                    mark.voided
                      ? t("table.voided", {
                          name: person(mark.voidedByName ?? "", ""),
                          reason: mark.voidReason ?? "",
                        })
                      : "",
                  ]
                    .filter((part) => part !== "")
                    .join(" · ")}
                </Table.Td>
                <Table.Td data-no-print>
                  {mayVoid(mark) ? (
                    <Button
                      size="sm"
                      variant="default"
                      aria-label={t("marks.out", {
                        mark: t(`marks.${mark.mark}`),
                        date: date(mark.recordedDate),
                      })}
                      onClick={() => setVoiding(mark)}
                    >
                      {t("table.void")}
                    </Button>
                  ) : null}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {voiding === null ? null : (
        <VoidDialog
          id={voiding._id}
          help={t(`marks.${voiding.mark}`)}
          label={t("marks.needsReason")}
          save={(reason) => voidMark({ markId: voiding._id, reason })}
          onClose={() => setVoiding(null)}
        />
      )}
    </Panel>
  );
}
