import { Group, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { forecastText } from "../../../convex/domain/reports/plain";
import { useFormatting } from "../../lib/formatting";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";
import { Figures } from "./Figures";
import classes from "./Report.module.css";
import type { Issued, IssuedGoal } from "./reportTypes";
import { codeTone, forecastTone } from "./reportTones";
import { useReadingLevel, useReportLanguage } from "./reportWords";

/** What the family reads: of each goal first the answer, then the plain words, the teacher's, and the figures. */
export function IssuedReport({ issued }: { issued: Issued }) {
  const { t } = useTranslation("reports");
  const { instant } = useFormatting();
  const { content, contentHash, intact, issuedAt } = issued;
  return (
    <Stack gap="lg">
      <ul className={classes.list}>
        {content.goals.map((goal) => (
          <li key={goal.goalId}>
            <GoalSection goal={goal} />
          </li>
        ))}
      </ul>
      <Stack gap={2}>
        <Text size="sm" c="dimmed">
          {content.organization} · {t("by", { name: content.issuedBy, when: instant(issuedAt) })}
        </Text>
        <Text c="dimmed" className={classes.hash}>
          {t("hash", { hash: contentHash })}
        </Text>
        <Text size="sm" c={intact ? "dimmed" : "red"}>
          {t(intact ? "intact" : "notIntact")}
        </Text>
      </Stack>
    </Stack>
  );
}

function GoalSection({ goal }: { goal: IssuedGoal }) {
  const { t } = useTranslation("reports");
  const language = useReportLanguage();
  const reading = useReadingLevel();
  const { question, answer } = forecastText(goal, language);
  const narrative =
    language === "es" && goal.narrativeSpanish !== "" ? goal.narrativeSpanish : goal.narrative;
  const inEnglishOnly = language === "es" && goal.narrative !== "" && goal.narrativeSpanish === "";
  return (
    <Panel title={t("goal", { number: goal.goalNumber })}>
      <Stack gap="md">
        <Text fw={550} dir="auto">
          {goal.description}
        </Text>
        <Group gap="xs">
          <StatusBadge tone={codeTone(goal.code)}>{t(`codes.${goal.code}`)}</StatusBadge>
          <StatusBadge tone={forecastTone(goal.forecast.expected)}>
            {t(`expected.${goal.forecast.expected}`)}
          </StatusBadge>
        </Group>
        <div>
          <Text fw={600}>{question}</Text>
          <Text>{answer}</Text>
        </div>
        {goal.explanation === "" ? null : (
          <div>
            <Title order={3} size="h5">
              {t("noData")}
            </Title>
            <Text className={classes.quote} dir="auto">
              {goal.explanation}
            </Text>
          </div>
        )}
        {narrative === "" ? null : (
          <div>
            <Title order={3} size="h5">
              {t("teacher")}
            </Title>
            {inEnglishOnly ? (
              <Text size="sm" c="dimmed">
                {t("onlyEnglish")}
              </Text>
            ) : null}
            <Text className={classes.quote} dir="auto" lang={inEnglishOnly ? "en" : undefined}>
              {narrative}
            </Text>
          </div>
        )}
        <div>
          <Title order={3} size="h5">
            {t("plain")}
          </Title>
          <Text>{goal.plain[language]}</Text>
          <Text size="sm" c="dimmed">
            {reading(goal.plain[language], language)}
          </Text>
        </div>
        <Figures goal={goal} />
      </Stack>
    </Panel>
  );
}
