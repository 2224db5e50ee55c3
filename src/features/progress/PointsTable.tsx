import { Button, Checkbox, Group, Menu, ActionIcon, Table, Text } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { usePaginatedQuery } from "convex/react";
import { lazy, memo, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { Panel } from "../../ui/Panel";
import type { PointToCorrect } from "./CorrectDialog";
import type { GoalProgress } from "./GoalPage";
import { useMeasurementText } from "./measurementText";
import { usePrinting } from "../../lib/printing";
import { phaseAt } from "../../../convex/domain/progress/phases";
import { todayIn } from "../../../convex/domain/calendar/calendarDate";
import { useCurrentUser } from "../../lib/session";

const CorrectDialog = lazy(async () => ({
  default: (await import("./CorrectDialog")).CorrectDialog,
}));
const VoidDialog = lazy(async () => ({ default: (await import("./VoidDialog")).VoidDialog }));

type Point = GoalProgress["progressData"][number];

/** The chart's data in words, newest first, with those that were taken out on demand. */
export function PointsTable({ progress }: { progress: GoalProgress }) {
  const { t } = useTranslation("progress");
  const [withVoided, setWithVoided] = useState(false);
  const { goal, progressData, truncated } = progress;
  return (
    <Panel
      title={t("table.title", { count: progressData.length })}
      actions={
        <Checkbox
          size="sm"
          label={t("table.showVoided")}
          checked={withVoided}
          onChange={(event) => setWithVoided(event.currentTarget.checked)}
        />
      }
    >
      {truncated ? <Text size="sm">{t("table.truncated")}</Text> : null}
      {withVoided ? (
        <AllPoints goal={goal} />
      ) : (
        <Rows goal={goal} points={[...progressData].reverse()} />
      )}
    </Panel>
  );
}

function AllPoints({ goal }: { goal: GoalProgress["goal"] }) {
  const { t } = useTranslation("common");
  const { results, status, loadMore } = usePaginatedQuery(
    api.progress.listPoints,
    { goalId: goal._id },
    { initialNumItems: 50 },
  );
  return (
    <>
      <Rows
        goal={goal}
        points={results}
        // A correction is newer than what it corrects: it is on the page already.
        replaced={new Set(results.flatMap(({ corrects }) => corrects ?? []))}
      />
      {status === "CanLoadMore" ? (
        <Button variant="default" mt="sm" onClick={() => loadMore(100)}>
          {t("more")}
        </Button>
      ) : null}
    </>
  );
}

const FIRST_ROWS = 12;
/** So many more at once: two thousand rows would stop the page. */
const MORE_ROWS = 100;
/** Of a longer list, the newest are on paper; the file of the chart has all. */
const PRINTED_ROWS = 200;

const NONE: ReadonlySet<string> = new Set();

function Rows({
  goal,
  points,
  replaced = NONE,
}: {
  goal: GoalProgress["goal"];
  points: readonly Point[];
  /** Of the entries that were taken out, those that stand corrected. */
  replaced?: ReadonlySet<string>;
}) {
  const { t } = useTranslation(["progress", "common"]);
  const [rows, setRows] = useState(FIRST_ROWS);
  const printing = usePrinting();
  const shown = points.slice(0, printing ? Math.max(rows, PRINTED_ROWS) : rows);
  const left = points.length - shown.length;
  if (points.length === 0) return <Text c="dimmed">{t("progress:table.empty")}</Text>;
  return (
    <>
      <Table.ScrollContainer minWidth={260} scrollAreaProps={{ tabIndex: 0 }}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              {(["date", "value", "by", "setting", "note"] as const).map((column) => (
                <Table.Th
                  key={column}
                  scope="col"
                  {...(isWide(column) ? { visibleFrom: "sm" } : {})}
                >
                  {t(`progress:table.${column}`)}
                </Table.Th>
              ))}
              <Table.Td data-no-print />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((point) => (
              <PointRow
                key={point._id}
                goal={goal}
                point={point}
                isReplaced={replaced.has(point._id)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {printing && left > 0 ? (
        <Text size="sm">{t("progress:table.printed", { count: shown.length })}</Text>
      ) : null}
      {points.length > FIRST_ROWS ? (
        <Group gap="sm" mt="sm" data-no-print>
          {left === 0 ? null : (
            <Button variant="default" onClick={() => setRows(rows + MORE_ROWS)}>
              {left <= MORE_ROWS
                ? t("progress:table.all", { count: points.length })
                : t("progress:table.more", { count: MORE_ROWS })}
            </Button>
          )}
          {rows === FIRST_ROWS ? null : (
            <Button variant="default" onClick={() => setRows(FIRST_ROWS)}>
              {t("progress:table.fewer")}
            </Button>
          )}
          <Text size="sm" c="dimmed" role="status">
            {t("progress:table.shown", { shown: shown.length, count: points.length })}
          </Text>
        </Group>
      ) : null}
    </>
  );
}

/** On a phone what these columns say stands below the value. */
const isWide = (column: string): boolean => column !== "date" && column !== "value";

const PointRow = memo(function PointRow({
  goal,
  point,
  isReplaced,
}: {
  goal: GoalProgress["goal"];
  point: Point;
  isReplaced: boolean;
}) {
  const { t } = useTranslation("progress");
  const { dateMedium, person } = useFormatting();
  const { raw } = useMeasurementText();
  const phase = phaseAt(goal.phases, point.recordedDate);
  const value = raw(point.measurement, goal.measurement);
  const by = person(point.recordedByName, "");
  const setting = t(`settings.${point.settingType}` as "settings.other");
  const note = [
    phase?.name ?? "",
    point.promptLevel === undefined
      ? ""
      : t(`prompts.${point.promptLevel}` as "prompts.independent"),
    point.observationNotes ?? "",
    point.corrects === undefined ? "" : t("table.correction"),
    point.voided
      ? t(isReplaced ? "table.replaced" : "table.voided", {
          name: person(point.voidedByName ?? "", ""),
          reason: reasonText(point.voidReason, t),
        })
      : "",
  ]
    .filter((part) => part !== "")
    .join(" · ");
  return (
    <Table.Tr style={point.voided ? { textDecoration: "line-through" } : undefined}>
      <Table.Td style={{ whiteSpace: "nowrap" }}>{dateMedium(point.recordedDate)}</Table.Td>
      <Table.Td style={{ overflowWrap: "anywhere" }}>
        <strong>{value}</strong>
        <Text size="sm" c="dimmed" hiddenFrom="sm">
          {[by, setting].join(" · ")}
        </Text>
        {note === "" ? null : (
          <Text size="sm" dir="auto" hiddenFrom="sm">
            {note}
          </Text>
        )}
      </Table.Td>
      <Table.Td dir="auto" visibleFrom="sm">
        {by}
      </Table.Td>
      <Table.Td visibleFrom="sm">{setting}</Table.Td>
      <Table.Td dir="auto" visibleFrom="sm" style={{ overflowWrap: "anywhere" }}>
        {note}
      </Table.Td>
      <Table.Td data-no-print>
        <PointMenu goal={goal} point={point} value={value} />
      </Table.Td>
    </Table.Tr>
  );
});

function reasonText(reason: string | undefined, t: (key: "table.undone") => string): string {
  return reason === "undo" ? t("table.undone") : (reason ?? "");
}

function PointMenu({
  goal,
  point,
  value,
}: {
  goal: GoalProgress["goal"];
  point: Point;
  value: string;
}) {
  const { t } = useTranslation("progress");
  const { date, today } = useFormatting();
  const { acting } = useCurrentUser();
  const [correcting, setCorrecting] = useState<PointToCorrect | null>(null);
  const [voiding, setVoiding] = useState(false);
  const [isAsked, setIsAsked] = useState(false);
  const voidPoint = useMutation(api.progress.voidPoint);
  const madeToday = todayIn(acting?.timezone ?? "UTC", point.loggedAt) === today();
  if (point.voided || !(point.canCorrect || (point.canCorrectSameDay && madeToday))) return null;
  const button = (more: { onClick?: () => void; "aria-haspopup"?: "menu" }) => (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={t("table.actions", { value, date: date(point.recordedDate) })}
      {...more}
    >
      <IconDots size={18} aria-hidden />
    </ActionIcon>
  );
  return (
    <Group justify="flex-end">
      {isAsked ? (
        <Menu position="bottom-end" defaultOpened>
          <Menu.Target>{button({})}</Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setCorrecting(point)}>{t("table.correct")}</Menu.Item>
            <Menu.Item onClick={() => setVoiding(true)}>{t("table.void")}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : (
        // Each menu waits for the pointer; a hundred of them do so only when they are asked for.
        button({ onClick: () => setIsAsked(true), "aria-haspopup": "menu" })
      )}
      {correcting === null ? null : (
        <Suspense>
          <CorrectDialog goal={goal} point={correcting} onClose={() => setCorrecting(null)} />
        </Suspense>
      )}
      {voiding ? (
        <Suspense>
          <VoidDialog
            id={point._id}
            help={t("table.voidText", { value, date: date(point.recordedDate) })}
            label={t("table.reason")}
            save={(reason) => voidPoint({ pointId: point._id, reason })}
            onClose={() => setVoiding(false)}
          />
        </Suspense>
      ) : null}
    </Group>
  );
}
