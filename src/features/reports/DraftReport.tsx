import { Alert, Group, List, SimpleGrid, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Id } from "../../../convex/_generated/dataModel";
import { forecastText } from "../../../convex/domain/reports/plain";
import { useFormatting } from "../../lib/formatting";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";
import { EntryForm } from "./EntryForm";
import { Figures } from "./Figures";
import classes from "./Report.module.css";
import type { Draft, DraftGoal } from "./reportTypes";
import { forecastTone } from "./reportTones";
import { useReportLanguage } from "./reportWords";

/** Of each goal the figures on one side, the words on the other; above, what is still missing. */
export function DraftReport({
  reportId,
  draft,
}: {
  reportId: Id<"progressReports">;
  draft: Draft;
}) {
  const { t } = useTranslation("reports");
  const { date, instant } = useFormatting();
  return (
    <Stack gap="lg">
      {draft.discarded === null ? (
        <Text c="dimmed">
          {t("draftNote")} {t("asOf", { date: date(draft.asOf) })}.
        </Text>
      ) : (
        <Alert variant="outline" color="gray">
          {t("discardedNote", {
            name: draft.discarded.byName,
            when: instant(draft.discarded.at),
          })}
        </Alert>
      )}
      {draft.obstacles.length === 0 ? null : (
        <Alert variant="outline" color="yellow" title={t("cannotIssue")}>
          <List>
            {draft.obstacles.map(({ goalNumber, reason }) => (
              <List.Item key={`${String(goalNumber)}${reason}`}>
                <a href={`#report-goal-${String(goalNumber)}`}>
                  {t(`obstacles.${reason}`, { number: goalNumber })}
                </a>
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      <ul className={classes.list}>
        {draft.goals.map((goal) => (
          <li key={goal.goalId} id={`report-goal-${String(goal.goalNumber)}`}>
            <GoalSection reportId={reportId} goal={goal} isDiscarded={draft.discarded !== null} />
          </li>
        ))}
      </ul>
    </Stack>
  );
}

function GoalSection({
  reportId,
  goal,
  isDiscarded,
}: {
  reportId: Id<"progressReports">;
  goal: DraftGoal;
  isDiscarded: boolean;
}) {
  const { t } = useTranslation("reports");
  const language = useReportLanguage();
  const { question, answer } = forecastText(goal, language);
  return (
    <Panel title={t("goal", { number: goal.goalNumber })}>
      <Stack gap="md">
        <Text fw={550} dir="auto">
          {goal.description}
        </Text>
        <Group gap="xs" align="flex-start">
          <StatusBadge tone={forecastTone(goal.forecast.expected)}>
            {t(`expected.${goal.forecast.expected}`)}
          </StatusBadge>
          <Text size="sm" style={{ flex: "1 1 16rem" }}>
            {question} {answer}
          </Text>
        </Group>
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
          <Figures goal={goal} />
          {goal.canWrite ? (
            <div>
              <EntryForm reportId={reportId} goal={goal} />
            </div>
          ) : (
            <Stack gap="xs">
              {isDiscarded ? null : (
                <Text size="sm" c="dimmed">
                  {t("readOnly")}
                </Text>
              )}
              {[goal.explanation, goal.narrative, goal.narrativeSpanish]
                .filter((text) => text !== "")
                .map((text, index) => (
                  <Text key={index} className={classes.quote} dir="auto">
                    {text}
                  </Text>
                ))}
            </Stack>
          )}
        </SimpleGrid>
      </Stack>
    </Panel>
  );
}
