import { Anchor, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useFormatting } from "../../lib/formatting";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";
import { LifeChart } from "./LifeChart";

type Goal = FunctionReturnType<typeof api.goals.getGoal>;
type Year = FunctionReturnType<typeof api.goals.getGoalLife>[number];

/** The goal in every year: where it began, where it was to go, what the data said. Shown once there is more than one. */
export function GoalLifePanel({ goal }: { goal: Goal }) {
  const { t } = useTranslation("goalCraft");
  const life = useQuery(
    api.goals.getGoalLife,
    goal.abilities["progress.read"] ? { goalId: goal._id } : "skip",
  );
  // Not waited for: most goals have one year, and this is at the end of the page.
  if (life === undefined || life.length < 2) return null;
  return (
    <Panel title={t("life.title")}>
      <LifeChart years={life} current={goal._id} label={t("life.label", { years: life.length })} />
      <Table.ScrollContainer minWidth={560}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("life.plan")}</Table.Th>
              <Table.Th>{t("life.baseline")}</Table.Th>
              <Table.Th>{t("life.target")}</Table.Th>
              <Table.Th>{t("life.data")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {life.map((year) => (
              <YearRow key={year.goalId} year={year} isHere={year.goalId === goal._id} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}

function stateOf({ iepStatus, isActive, masteryDate }: Year) {
  if (masteryDate !== undefined) return "mastered";
  if (!isActive) return "closed";
  if (iepStatus === "active") return "inForce";
  return iepStatus === "expired" || iepStatus === "superseded" ? "past" : "draft";
}
const TONES = {
  mastered: "good",
  closed: "neutral",
  inForce: "good",
  past: "neutral",
  draft: "info",
} as const;

function YearRow({ year, isHere }: { year: Year; isHere: boolean }) {
  const { t } = useTranslation("goalCraft");
  const { date, number } = useFormatting();
  const latest = year.points.at(-1);
  const state = stateOf(year);
  const unit = year.measurement.unit;
  return (
    <Table.Tr aria-current={isHere ? "page" : undefined}>
      <Table.Th scope="row" fw={isHere ? 700 : 500}>
        {isHere ? (
          <Text span fw={700} size="sm">
            {date(year.effectiveDate)} ({t("life.here")})
          </Text>
        ) : (
          <Anchor
            component={Link}
            to={`/goals/${year.goalId}`}
            size="sm"
            aria-label={t("life.chart", { date: date(year.effectiveDate) })}
          >
            {date(year.effectiveDate)}
          </Anchor>
        )}
        <div>
          <StatusBadge tone={TONES[state]}>{t(`life.state.${state}`)}</StatusBadge>
        </div>
      </Table.Th>
      <Table.Td>
        {number(year.baseline.value)} {unit}
        <Text size="xs" c="dimmed">
          {date(year.baseline.date)}
          {year.baselinePoints === 0 ? "" : `, ${t("life.median", { count: year.baselinePoints })}`}
        </Text>
      </Table.Td>
      <Table.Td>
        {number(year.target.value)} {unit}
        <Text size="xs" c="dimmed">
          {date(year.target.date)}
        </Text>
      </Table.Td>
      <Table.Td>
        {latest === undefined ? (
          t("life.noData")
        ) : (
          <>
            {t("life.count", { count: year.points.length })}
            {year.truncated ? " +" : ""}
            <Text size="xs" c="dimmed">
              {t("life.latest", { value: number(latest.value), date: date(latest.date) })}
            </Text>
          </>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
