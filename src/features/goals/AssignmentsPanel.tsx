import { Checkbox, Stack, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { notifyFailed } from "../../ui/notify";
import { Panel } from "../../ui/Panel";

type Goal = FunctionReturnType<typeof api.goals.getGoal>;

/** Which paraprofessionals of the team take data for this goal; they see no others. */
export function AssignmentsPanel({ goal }: { goal: Goal }) {
  const { t } = useTranslation("goals");
  const { person } = useFormatting();
  const errorText = useErrorText();
  const student = useQuery(
    api.students.getStudentDetail,
    goal.abilities["goal.assign"] ? { studentId: goal.studentId } : "skip",
  );
  const assign = useMutation(api.goals.assignParaprofessional);
  const unassign = useMutation(api.goals.unassignParaprofessional);
  if (!goal.abilities["goal.assign"] || student === undefined) return null;
  const paraprofessionals = student.team.filter((place) => place.function === "paraprofessional");
  const assigned = new Set<string>(goal.assigned.map(({ userId }) => userId));
  return (
    <Panel title={t("assignments.title")}>
      {paraprofessionals.length === 0 ? (
        <Text c="dimmed">{t("assignments.none")}</Text>
      ) : (
        <Stack gap="sm">
          {paraprofessionals.map(({ userId, firstName, lastName }) => (
            <Checkbox
              key={userId}
              label={person(firstName, lastName)}
              checked={assigned.has(userId)}
              onChange={(event) => {
                const change = event.currentTarget.checked ? assign : unassign;
                change({ goalId: goal._id, userId }).catch((error: unknown) =>
                  notifyFailed(errorText(error)),
                );
              }}
            />
          ))}
        </Stack>
      )}
    </Panel>
  );
}
