import { Alert, Button, List, Stack, Text } from "@mantine/core";
import { IconBellRinging } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { effectOf } from "../../../convex/domain/progress/decision";
import type { Judgement } from "../../../convex/domain/progress/judgement";
import { useFormatting } from "../../lib/formatting";
import { Panel } from "../../ui/Panel";
import { chartedPoints } from "./chartedPoints";
import type { GoalProgress } from "./GoalPage";
import { useMeasurementText } from "./measurementText";
import type { Decisions } from "./useJudgement";

const DecideDialog = lazy(async () => ({ default: (await import("./DecideDialog")).DecideDialog }));

/** What the data ask the team, what it answered each time, and what came of it. */
export function DecisionsPanel({
  progress,
  judgement,
  decisions,
}: {
  progress: GoalProgress;
  judgement: Judgement;
  decisions: Decisions;
}) {
  const { t } = useTranslation("judgement");
  const { goal } = progress;
  const asks = judgement.firings.length > 0 && goal.isActive;
  if (!asks && decisions.decisions.length === 0) return null;
  return (
    <Panel title={t("decisions.title")}>
      <Stack gap="md">
        {asks ? (
          <Asked progress={progress} judgement={judgement} canDecide={decisions.canDecide} />
        ) : null}
        {decisions.decisions.length === 0 ? null : (
          <List listStyleType="none" spacing="md">
            {decisions.decisions.map((decision) => (
              <List.Item key={decision._id}>
                <Decided progress={progress} decision={decision} />
              </List.Item>
            ))}
          </List>
        )}
      </Stack>
    </Panel>
  );
}

function Asked({
  progress,
  judgement,
  canDecide,
}: {
  progress: GoalProgress;
  judgement: Judgement;
  canDecide: boolean;
}) {
  const { t } = useTranslation("judgement");
  const [deciding, setDeciding] = useState(false);
  return (
    <Alert
      variant="outline"
      color="yellow"
      icon={<IconBellRinging aria-hidden />}
      title={t(canDecide ? "decisions.asksYou" : "decisions.asksTeam")}
      role="status"
    >
      <Stack gap="sm" align="flex-start">
        {judgement.firings.map(({ rule, advice }) => (
          <Text key={rule}>
            <strong>{t(`rules.${rule}`)}</strong>: {t(`fired.${rule}.${advice}`)}
          </Text>
        ))}
        {canDecide ? (
          <Button size="md" onClick={() => setDeciding(true)} data-no-print>
            {t("decisions.decide")}
          </Button>
        ) : null}
      </Stack>
      {deciding ? (
        <Suspense>
          <DecideDialog progress={progress} onClose={() => setDeciding(false)} />
        </Suspense>
      ) : null}
    </Alert>
  );
}

function Decided({
  progress,
  decision,
}: {
  progress: GoalProgress;
  decision: Decisions["decisions"][number];
}) {
  const { t } = useTranslation("judgement");
  const { date, percent } = useFormatting();
  const text = useMeasurementText();
  const { goal } = progress;
  const { figures } = decision;
  const perWeek = (slope: number | null) =>
    slope === null ? "–" : t("figures.perWeek", { value: text.change(slope, goal.measurement) });
  const effect = effectOf(
    { since: figures.since, throughDate: decision.throughDate },
    chartedPoints(progress),
    goal.measurement,
  );
  const frozen = [
    figures.latest === null
      ? ""
      : t("decisions.latest", {
          value: text.value(figures.latest.value, goal.measurement),
          date: date(figures.latest.date),
        }),
    t("decisions.trend", { trend: perWeek(figures.slopePerWeek) }),
    t("decisions.needed", { needed: perWeek(figures.neededPerWeek) }),
    figures.probability === null
      ? ""
      : t("decisions.likelihood", { percent: percent(figures.probability * 100) }),
  ];
  return (
    <Stack gap={4}>
      <Text fw={600}>
        {date(decision.decidedOn)}: {t(`choices.${decision.choice}`)}
      </Text>
      <Text dir="auto" style={{ whiteSpace: "pre-line", overflowWrap: "anywhere" }}>
        {decision.reason}
      </Text>
      <Text size="sm" c="dimmed">
        {t("decisions.by", {
          name: decision.decidedByName,
          rules: decision.firings.map(({ rule }) => t(`rules.${rule}`)).join(", "),
        })}
      </Text>
      <Text size="sm" c="dimmed">
        {t("decisions.then")} {frozen.filter((part) => part !== "").join(" · ")}
      </Text>
      <Text size="sm">
        {effect.after.status === "notEnoughData"
          ? t("decisions.effectSoon", { needed: effect.after.needed, have: effect.after.have })
          : t(
              effect.gain === null || effect.gain === 0
                ? "decisions.effectSame"
                : effect.gain > 0
                  ? "decisions.effectBetter"
                  : "decisions.effectWorse",
              {
                before:
                  effect.before.status === "computed" ? perWeek(effect.before.slopePerWeek) : "–",
                after: perWeek(effect.after.slopePerWeek),
              },
            )}
      </Text>
    </Stack>
  );
}
