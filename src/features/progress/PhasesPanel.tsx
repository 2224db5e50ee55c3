import { ActionIcon, Button, Group, List, Stack, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { isCalendarDate } from "../../../convex/domain/calendar/calendarDate";
import { checkText, LIMITS, type Problem } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { errorProblems, useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { problemsByField, useProblemText } from "../../lib/problems";
import { confirmAction } from "../../ui/confirmAction";
import { TextField } from "../../ui/TextField";
import { DateField } from "../../ui/fields";
import { notifyFailed } from "../../ui/notify";
import { Panel } from "../../ui/Panel";
import type { GoalProgress } from "./GoalPage";

/** When instruction changed: the chart draws a line there and none across. */
export function PhasesPanel({ goal }: { goal: GoalProgress["goal"] }) {
  const { t } = useTranslation(["progress", "common"]);
  const { date } = useFormatting();
  const errorText = useErrorText();
  const removePhase = useMutation(api.goals.removePhase);
  const canManage = goal.abilities["goal.managePhases"];
  if (!canManage && goal.phases.length === 0) return null;
  const remove = async (phase: (typeof goal.phases)[number]) => {
    const sure = await confirmAction({
      title: t("progress:phases.remove"),
      text: t("progress:phases.removeText", { name: phase.name }),
      confirmLabel: t("common:remove"),
      danger: true,
    });
    if (!sure) return;
    await removePhase({ goalId: goal._id, phaseId: phase._id }).catch((error: unknown) =>
      notifyFailed(errorText(error)),
    );
  };
  return (
    <Panel title={t("progress:phases.title")}>
      <Stack gap="md">
        {goal.phases.length === 0 ? (
          <Text c="dimmed">{t("progress:phases.empty")}</Text>
        ) : (
          <List listStyleType="none" spacing={4}>
            {goal.phases.map((phase) => (
              <List.Item key={phase._id}>
                <Group gap="xs">
                  <Text span fw={600} dir="auto">
                    {phase.name}
                  </Text>
                  <Text span c="dimmed">
                    {t("progress:phases.from", { date: date(phase.startDate) })}
                  </Text>
                  {canManage ? (
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size="lg"
                      aria-label={`${t("progress:phases.remove")}: ${phase.name}`}
                      onClick={() => void remove(phase)}
                    >
                      <IconTrash size={18} aria-hidden />
                    </ActionIcon>
                  ) : null}
                </Group>
              </List.Item>
            ))}
          </List>
        )}
        {canManage ? <AddPhase goal={goal} /> : null}
      </Stack>
    </Panel>
  );
}

function AddPhase({ goal }: { goal: GoalProgress["goal"] }) {
  const { t } = useTranslation("progress");
  const { today } = useFormatting();
  const problemText = useProblemText();
  const errorText = useErrorText();
  const addPhase = useMutation(api.goals.addPhase);
  const { run, saving, error } = useSaving();
  const [name, setName, draft] = useDraft(`goal.phase.${goal._id}`, "");
  const [startDate, setStartDate] = useState(today);
  const [problems, setProblems] = useState<Problem[]>([]);
  const byField = problemsByField([...problems, ...errorProblems(error)]);
  const problemOf = (field: string) => {
    const problem = byField[field];
    return problem === undefined ? undefined : problemText(problem);
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const checked: Problem[] = [
      ...checkText("name", name, { required: true, max: LIMITS.name }),
      ...(isCalendarDate(startDate) ? [] : [{ field: "startDate", code: "notADate" as const }]),
    ];
    setProblems(checked);
    if (checked.length > 0) return;
    void run(() => addPhase({ goalId: goal._id, name, startDate })).then((done) => {
      if (done) draft.clear();
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Group align="flex-start" gap="sm">
        <TextField
          name="phase-name"
          label={t("phases.name")}
          value={name}
          onChange={setName}
          error={problemOf("name")}
        />
        <DateField
          name="phase-start"
          label={t("phases.start")}
          value={startDate}
          onChange={setStartDate}
          error={problemOf("startDate")}
        />
        <Button type="submit" variant="default" loading={saving} mt={25}>
          {t("phases.add")}
        </Button>
      </Group>
      {error !== null && errorProblems(error).length === 0 ? (
        <Text role="alert" size="sm" c="var(--mantine-color-error)">
          {errorText(error)}
        </Text>
      ) : null}
    </form>
  );
}
