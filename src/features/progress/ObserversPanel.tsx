import { ActionIcon, Button, Group, List, Stack, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import {
  AGREEMENTS,
  type AgreementSummary,
  agreementsOf,
  strictest,
  summarizeAgreement,
} from "../../../convex/domain/progress/agreement";
import { useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { confirmAction } from "../../ui/confirmAction";
import { notifyFailed } from "../../ui/notify";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";
import type { GoalProgress } from "./GoalPage";
import { ObserveDialog } from "./ObserveDialog";

type Observation = FunctionReturnType<
  typeof api.observers.listSecondObservations
>["observations"][number];

/** How far two observers of the same sessions agree: whether the data can be relied on. */
export function ObserversPanel({ progress }: { progress: GoalProgress }) {
  const { t } = useTranslation("judgement");
  const { percent } = useFormatting();
  const { goal, progressData } = progress;
  const about = useQuery(api.observers.listSecondObservations, { goalId: goal._id });
  const [observing, setObserving] = useState(false);
  if (about === undefined) return null;
  const { observations, canObserve } = about;
  if (observations.length === 0 && !canObserve) return null;
  const summary = summarizeAgreement(
    progressData.length,
    observations.map(({ observed }) => strictest(agreementsOf(observed))),
  );
  return (
    <Panel
      title={t("observers.title")}
      actions={
        canObserve ? (
          <Button variant="default" onClick={() => setObserving(true)} data-no-print>
            {t("observers.add")}
          </Button>
        ) : null
      }
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t("observers.text")}
        </Text>
        {observations.length === 0 ? (
          <Text>{t("observers.none")}</Text>
        ) : (
          <>
            <Group gap="sm">
              <Standing summary={summary} />
              <Text size="sm">
                {t("observers.summary", {
                  ...{ observed: summary.observed, sessions: summary.sessions },
                  share: percent(100 * (summary.share ?? 0)),
                  mean: summary.mean === null ? "–" : percent(summary.mean),
                })}
              </Text>
            </Group>
            <List listStyleType="none" spacing="sm">
              {observations.map((observation) => (
                <List.Item key={observation._id}>
                  <Compared goal={goal} observation={observation} />
                </List.Item>
              ))}
            </List>
          </>
        )}
      </Stack>
      {observing ? (
        <ObserveDialog
          progress={progress}
          taken={observations.map(({ pointId }) => pointId)}
          onClose={() => setObserving(false)}
        />
      ) : null}
    </Panel>
  );
}

function Standing({ summary: { acceptable, enough } }: { summary: AgreementSummary }) {
  const { t } = useTranslation("judgement");
  if (acceptable === false) return <StatusBadge tone="late">{t("observers.low")}</StatusBadge>;
  return enough === true ? (
    <StatusBadge tone="good">{t("observers.acceptable")}</StatusBadge>
  ) : (
    <StatusBadge tone="watch">{t("observers.few")}</StatusBadge>
  );
}

function Compared({ goal, observation }: { goal: GoalProgress["goal"]; observation: Observation }) {
  const { t } = useTranslation(["judgement", "common"]);
  const { date, percent } = useFormatting();
  const errorText = useErrorText();
  const withdraw = useMutation(api.observers.withdrawSecondObservation);
  const figures = agreementsOf(observation.observed);
  const remove = async () => {
    const sure = await confirmAction({
      title: t("judgement:observers.withdraw"),
      text: t("judgement:observers.withdrawText", { date: date(observation.recordedDate) }),
      confirmLabel: t("judgement:observers.withdraw"),
      danger: true,
    });
    if (!sure) return;
    await withdraw({ goalId: goal._id, observationId: observation._id }).catch((error: unknown) =>
      notifyFailed(errorText(error)),
    );
  };
  return (
    <Group align="flex-start" justify="space-between" wrap="nowrap" gap="sm">
      <Stack gap={2}>
        <Text fw={600} dir="auto">
          {t("judgement:observers.row", {
            date: date(observation.recordedDate),
            first: observation.firstName,
            second: observation.observedByName,
          })}
        </Text>
        {AGREEMENTS.filter((name) => figures[name] !== undefined).map((name) => {
          const figure = figures[name] ?? null;
          return (
            <Text key={name} size="sm">
              {t(`judgement:observers.names.${name}`)}:{" "}
              <strong>
                {figure === null ? t("judgement:observers.noFigure") : percent(figure, 1)}
              </strong>{" "}
              <Text span c="dimmed" size="sm">
                ({t(`judgement:observers.formulas.${name}`)})
              </Text>
            </Text>
          );
        })}
        {observation.note === undefined ? null : (
          <Text size="sm" dir="auto">
            {observation.note}
          </Text>
        )}
      </Stack>
      {observation.canWithdraw ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={`${t("judgement:observers.withdraw")}: ${date(observation.recordedDate)}`}
          onClick={() => void remove()}
          data-no-print
        >
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      ) : null}
    </Group>
  );
}
