import { ActionIcon, Button, Group, List, Stack, Text } from "@mantine/core";
import { IconUserMinus } from "@tabler/icons-react";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { confirmAction } from "../../ui/confirmAction";
import { SelectField } from "../../ui/fields";
import { notifyDone, notifyFailed } from "../../ui/notify";
import { Panel } from "../../ui/Panel";
import type { Choice } from "../../ui/SearchChoice";
import { StaffChoice } from "../../lib/StaffChoice";
import { useMutation } from "../../lib/mutation";
import type { StudentDetail } from "./StudentPage";

const FUNCTIONS = [
  "specialEducationTeacher",
  "generalEducationTeacher",
  "relatedServiceProvider",
  "paraprofessional",
  "other",
] as const;

/** Who works with the student, and the guardians. */
export function TeamPanel({ student }: { student: StudentDetail }) {
  const { t } = useTranslation("students");
  const { person, date } = useFormatting();
  const errorText = useErrorText();
  const endTeamMember = useMutation(api.students.endTeamMember);
  const canManage = student.abilities["student.manageTeam"];
  const end = async (place: StudentDetail["team"][number]) => {
    const name = person(place.firstName, place.lastName);
    const sure = await confirmAction({
      title: t("team.end"),
      text: t("team.endText", { name }),
      confirmLabel: t("team.end"),
      danger: true,
    });
    if (!sure) return;
    try {
      await endTeamMember({ studentId: student._id, studentTeamId: place._id });
      notifyDone(t("changed"));
    } catch (error) {
      notifyFailed(errorText(error));
    }
  };
  return (
    <Panel title={t("team.title")}>
      <Stack gap="md">
        {student.team.length === 0 ? (
          <Text c="dimmed">{t("team.empty")}</Text>
        ) : (
          <List listStyleType="none" spacing="xs">
            {student.team.map((place) => (
              <List.Item key={place._id}>
                <Group gap="xs" wrap="nowrap">
                  <Text span dir="auto">
                    <strong>{person(place.firstName, place.lastName)}</strong>,{" "}
                    {t(`team.functions.${place.function}`)}{" "}
                    <Text span size="sm" c="dimmed">
                      {t("team.since", { date: date(place.from) })}
                    </Text>
                  </Text>
                  {canManage && place.userId !== student.caseManager?.userId ? (
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size="lg"
                      aria-label={`${t("team.end")}: ${person(place.firstName, place.lastName)}`}
                      onClick={() => void end(place)}
                    >
                      <IconUserMinus size={18} aria-hidden />
                    </ActionIcon>
                  ) : null}
                </Group>
              </List.Item>
            ))}
          </List>
        )}
        {canManage ? <TeamForms student={student} /> : null}
      </Stack>
    </Panel>
  );
}

function TeamForms({ student }: { student: StudentDetail }) {
  const { t } = useTranslation("students");
  const errorText = useErrorText();
  const addTeamMember = useMutation(api.students.addTeamMember);
  const assignCaseManager = useMutation(api.students.assignCaseManager);
  const [member, setMember] = useState<Choice | null>(null);
  const [teamFunction, setTeamFunction] = useState<string>("relatedServiceProvider");
  const [manager, setManager] = useState<Choice | null>(null);
  const save = (act: () => Promise<unknown>, after: () => void) => (event: SyntheticEvent) => {
    event.preventDefault();
    act().then(
      () => {
        after();
        notifyDone(t("changed"));
      },
      (error: unknown) => notifyFailed(errorText(error)),
    );
  };
  const studentId = student._id;
  return (
    <Group align="flex-start" gap="xl">
      <form
        noValidate
        onSubmit={save(
          () =>
            member === null
              ? Promise.resolve()
              : addTeamMember({
                  studentId,
                  userId: member.value as Id<"users">,
                  function: teamFunction as (typeof FUNCTIONS)[number],
                }),
          () => setMember(null),
        )}
      >
        <Group align="flex-end" gap="sm">
          <StaffChoice
            name="team-member"
            label={t("team.add")}
            chosen={member}
            onChoose={setMember}
          />
          <SelectField
            name="team-function"
            label={t("team.function")}
            value={teamFunction}
            options={FUNCTIONS.map((value) => ({ value, label: t(`team.functions.${value}`) }))}
            onChange={setTeamFunction}
          />
          <Button type="submit" variant="default" disabled={member === null}>
            {t("team.addButton")}
          </Button>
        </Group>
      </form>
      <form
        noValidate
        onSubmit={save(
          () =>
            manager === null
              ? Promise.resolve()
              : assignCaseManager({ studentId, userId: manager.value as Id<"users"> }),
          () => setManager(null),
        )}
      >
        <Group align="flex-end" gap="sm">
          <StaffChoice
            name="case-manager"
            label={t("team.caseManager")}
            chosen={manager}
            onChoose={setManager}
          />
          <Button type="submit" variant="default" disabled={manager === null}>
            {t("team.assign")}
          </Button>
        </Group>
      </form>
    </Group>
  );
}
