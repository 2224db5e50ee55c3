import { Anchor, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { summarizeProgress } from "../../../convex/domain/progress/summary";
import { useFormatting } from "../../lib/formatting";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { StatusBadge } from "../../ui/StatusBadge";
import classes from "./FamilyPage.module.css";
import { useMeasurementText } from "./measurementText";
import { Sparkline } from "./Sparkline";
import { standingTone } from "./standing";

const NoChildren = lazy(() => import("./NoChildren"));
const AskForTranslation = lazy(() => import("../../lib/AskForTranslation"));
// Most days nothing waits.
const ComingVersion = lazy(() => import("./ComingVersion"));

type Family = FunctionReturnType<typeof api.goals.listFamilyGoals>;
type Child = Family["students"][number];

type PlanActions = (plan: { iepId: Id<"ieps">; name: string }) => ReactNode;

/**
 * "Is my child on track?" in one look, for each child and goal.
 * @param planActions what can be done with a plan besides opening it
 */
export function FamilyPage({ planActions }: { planActions: PlanActions }) {
  const { t } = useTranslation("progress");
  const family = useQuery(api.goals.listFamilyGoals, {});
  if (family === undefined) return <Loading />;
  return (
    <Page title={t("family.title")} width={760}>
      {family.students.length === 0 ? (
        <Suspense>
          <NoChildren />
        </Suspense>
      ) : (
        family.students.map((child) => (
          <ChildCard key={child.studentId} child={child} planActions={planActions} />
        ))
      )}
    </Page>
  );
}

function ChildCard({ child, planActions }: { child: Child; planActions: PlanActions }) {
  const { t } = useTranslation("progress");
  const { person, date } = useFormatting();
  const name = person(child.firstName, child.lastName);
  return (
    <section className={classes.child} aria-label={name}>
      <Stack gap={2} mb="sm">
        <Title order={2} size="h3" dir="auto">
          {name}
        </Title>
        <Text size="sm" c="dimmed">
          {t("today.grade", { grade: child.gradeLevel })} · {child.schoolName}
          {child.caseManagerName === null
            ? ""
            : ` · ${t("family.caseManager", { name: child.caseManagerName })}`}
        </Text>
        {child.activeIEP === null ? (
          <Text size="sm">{t("family.noPlan")}</Text>
        ) : (
          <Text size="sm">
            <Anchor component={Link} to={`/ieps/${child.activeIEP._id}`} underline="always">
              {t("family.plan")}
            </Anchor>
            {" · "}
            {t("family.planDates", {
              until: date(child.activeIEP.expirationDate),
              review: date(child.activeIEP.nextReviewDate),
            })}
          </Text>
        )}
        {child.activeIEP === null ? null : (
          <div className={classes.plan}>{planActions({ iepId: child.activeIEP._id, name })}</div>
        )}
      </Stack>
      {child.version === null || child.version.waitsFor === "nothing" ? null : (
        <div className={classes.waiting}>
          <Suspense>
            <ComingVersion
              {...child.version}
              {...{ studentId: child.studentId, firstName: child.firstName }}
              waitsFor={child.version.waitsFor}
            />
          </Suspense>
        </div>
      )}
      {child.goals.length === 0 ? (
        <Text c="dimmed">{t("family.noGoals")}</Text>
      ) : (
        <ul className={classes.goals}>
          {child.goals.map((goal) => (
            <li key={goal.goalId}>
              <GoalCard goal={goal} firstName={child.firstName} />
            </li>
          ))}
        </ul>
      )}
      {child.goals.length === 0 ? null : (
        <Suspense>
          <AskForTranslation studentId={child.studentId} />
        </Suspense>
      )}
      <Group gap="md" className={classes.links}>
        {child.report === null ? null : (
          <Anchor
            component={Link}
            to={`/students/${child.studentId}/reports/${child.report.reportId}`}
            size="sm"
            fw={600}
          >
            {t("family.report", { period: child.report.periodName })}
          </Anchor>
        )}
        <Anchor component={Link} to={`/students/${child.studentId}`} size="sm">
          {t("family.record", { name: child.firstName })}
        </Anchor>
        <Anchor component={Link} to={`/students/${child.studentId}/rights`} size="sm">
          {t("family.rights", { name: child.firstName })}
        </Anchor>
      </Group>
    </section>
  );
}

function GoalCard({ goal, firstName }: { goal: Child["goals"][number]; firstName: string }) {
  const { t } = useTranslation("progress");
  const { date, dateShort } = useFormatting();
  const { value } = useMeasurementText();
  const { live } = goal;
  const { latest, expectedAtLatest } = summarizeProgress(live?.recent ?? [], {
    ...goal,
    targetCriteria: { target: goal.target, timeframe: goal.targetDate },
  });
  const target = value(goal.target, goal.measurement);
  return (
    <Link to="/goals/$goalId" params={{ goalId: goal.goalId }} className={classes.goal}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4} style={{ minWidth: 0, flex: "1 1 16rem" }}>
          {live === null ? null : (
            <StatusBadge tone={standingTone(live.standing)}>
              {t(`plainStanding.${live.standing}`)}
            </StatusBadge>
          )}
          <Text dir="auto" fw={550}>
            {goal.description}
          </Text>
          <Text size="sm" c="dimmed">
            {live === null
              ? t("family.reported", { target, date: date(goal.targetDate) })
              : latest === null || expectedAtLatest === null
                ? t("plain.noData", {
                    name: firstName,
                    baseline: value(goal.baselineData.value, goal.measurement),
                    target,
                    date: date(goal.targetDate),
                  })
                : t("plain.short", {
                    latest: value(latest.value, goal.measurement),
                    latestDate: dateShort(latest.date),
                    expected: value(expectedAtLatest, goal.measurement),
                    target,
                    date: date(goal.targetDate),
                  })}
          </Text>
        </Stack>
        {live === null ? null : (
          <Sparkline
            values={live.recent.map((point) => point.value)}
            low={Math.min(goal.baselineData.value, goal.target)}
            high={Math.max(goal.baselineData.value, goal.target)}
            target={goal.target}
          />
        )}
      </Group>
    </Link>
  );
}
