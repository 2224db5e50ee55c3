import { Anchor, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormatting } from "../../lib/formatting";
import { LaterPart } from "../../lib/LaterPart";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import type { AboutGoal } from "./GoalPage";
import { useMeasurementText } from "./measurementText";

/** A goal of a district whose families read in the issued reports what its data say. */
export default function ReportedGoal({ goal, children }: { goal: AboutGoal; children: ReactNode }) {
  const { t } = useTranslation("progress");
  const { person, date } = useFormatting();
  const { value } = useMeasurementText();
  const { measurement, targetCriteria, studentFirstName: name } = goal;
  return (
    <Page
      title={t("goalTitle", { number: goal.goalNumber, domain: t(`domains.${goal.domain}`) })}
      back={{ to: `/students/${goal.studentId}`, label: person(name, goal.studentLastName) }}
      subtitle={
        <Text dir="auto" c="var(--mantine-color-text)" maw="60rem">
          {goal.description}
        </Text>
      }
    >
      <Panel title={t("family.reportedTitle")}>
        <Text>
          {t("family.reported", {
            target: value(targetCriteria.target, measurement),
            date: date(targetCriteria.timeframe),
          })}
        </Text>
        <Anchor component={Link} to={`/students/${goal.studentId}`}>
          {t("family.record", { name })}
        </Anchor>
      </Panel>
      <LaterPart>{children}</LaterPart>
    </Page>
  );
}
