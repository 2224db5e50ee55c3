import { ActionIcon, Button, Group, List, Menu, Stack, Text } from "@mantine/core";
import { IconChevronDown, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import type { FunctionReturnType } from "convex/server";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import {
  checkMetOn,
  checkObjective,
  OBJECTIVE_STATUSES,
  type ObjectiveInput,
  type ObjectiveStatus,
} from "../../../convex/domain/goals/objective";
import { useDraft } from "../../lib/drafts";
import { useErrorText } from "../../lib/errors";
import { FormDialog } from "../../lib/FormDialog";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { beforeAt } from "../../lib/placeBefore";
import { newClientMutationId } from "../../lib/uniqueId";
import { DateField, TextArea } from "../../ui/fields";
import { MoveButtons } from "../../ui/MoveButtons";
import { notifyFailed, notifyUndo } from "../../ui/notify";
import { Panel } from "../../ui/Panel";
import { StatusBadge, type Tone } from "../../ui/StatusBadge";
import { TextField } from "../../ui/TextField";

type Goal = FunctionReturnType<typeof api.goals.getGoal>;
type Objective = Goal["objectives"][number];

const TONES: Record<ObjectiveStatus, Tone> = {
  notStarted: "neutral",
  inProgress: "info",
  met: "good",
};

/** Steps on the way to the goal: written in a draft, marked while the plan is in force. */
export function ObjectivesPanel({ goal }: { goal: Goal }) {
  const { t } = useTranslation("goalCraft");
  const [open, setOpen] = useState<Objective | "new" | null>(null);
  const canEdit = goal.abilities["goal.edit"];
  if (!canEdit && goal.objectives.length === 0) return null;
  return (
    <Panel
      title={t("objectives.title")}
      actions={
        canEdit ? (
          <Button
            variant="default"
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => setOpen("new")}
          >
            {t("objectives.add")}
          </Button>
        ) : undefined
      }
    >
      {goal.objectives.length === 0 ? (
        <Text c="dimmed">{t("objectives.none")}</Text>
      ) : (
        <List type="ordered" listStyleType="none" spacing="md" p={0}>
          {goal.objectives.map((objective, index) => (
            <List.Item
              key={objective._id}
              styles={{ itemWrapper: { width: "100%" }, itemLabel: { width: "100%" } }}
            >
              <ObjectiveRow
                goal={goal}
                objective={objective}
                number={index + 1}
                onEdit={() => setOpen(objective)}
              />
            </List.Item>
          ))}
        </List>
      )}
      {open === null ? null : (
        <ObjectiveDialog goal={goal} objective={open} onClose={() => setOpen(null)} />
      )}
    </Panel>
  );
}

function ObjectiveRow({
  goal,
  objective,
  number,
  onEdit,
}: {
  goal: Goal;
  objective: Objective;
  number: number;
  onEdit: () => void;
}) {
  const { t } = useTranslation("goalCraft");
  const { date } = useFormatting();
  const { description, by, criterion, status, metOn } = objective;
  return (
    <Group justify="space-between" align="flex-start" gap="sm">
      <Stack gap={2} style={{ flex: "1 1 16rem", minWidth: 0 }}>
        <Text dir="auto">
          {number}. {description}
        </Text>
        <Text size="sm" c="dimmed" dir="auto">
          {criterion} · {t("objectives.byDate", { date: date(by) })}
        </Text>
      </Stack>
      <Group gap="xs">
        <StatusBadge tone={TONES[status]}>
          {metOn === undefined
            ? t(`objectives.status.${status}`)
            : t("objectives.metOn", { date: date(metOn) })}
        </StatusBadge>
        {goal.abilities["objective.move"] ? <MoveMenu goal={goal} objective={objective} /> : null}
        {goal.abilities["goal.edit"] ? (
          <EditButtons goal={goal} objective={objective} onEdit={onEdit} />
        ) : null}
      </Group>
    </Group>
  );
}

function EditButtons({
  goal,
  objective,
  onEdit,
}: {
  goal: Goal;
  objective: Objective;
  onEdit: () => void;
}) {
  const { t } = useTranslation(["goalCraft", "common"]);
  const errorText = useErrorText();
  const removeObjective = useMutation(api.objectives.removeObjective);
  const addObjective = useMutation(api.objectives.addObjective);
  const fail = (error: unknown) => notifyFailed(errorText(error));
  const { _id: objectiveId, description, by, criterion } = objective;
  const remove = () =>
    removeObjective({ goalId: goal._id, objectiveId }).then(
      () =>
        notifyUndo({
          message: t("goalCraft:objectives.removed"),
          undoLabel: t("common:undo"),
          onUndo: () =>
            void addObjective({
              goalId: goal._id,
              objective: { description, by, criterion },
              clientMutationId: newClientMutationId(),
            }).catch(fail),
        }),
      fail,
    );
  const order = useMutation(api.objectives.orderObjective);
  const ids = goal.objectives.map(({ _id }) => _id);
  const index = ids.indexOf(objectiveId);
  return (
    <>
      {ids.length < 2 ? null : (
        <MoveButtons
          name={description}
          index={index}
          count={ids.length}
          onMove={(to) =>
            void order({
              ...{ goalId: goal._id, objectiveId, before: beforeAt(ids, index, to) },
            }).catch(fail)
          }
        />
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t("goalCraft:objectives.editOne", { name: description })}
        onClick={onEdit}
      >
        <IconPencil size={18} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t("goalCraft:objectives.remove", { name: description })}
        onClick={() => void remove()}
      >
        <IconTrash size={18} aria-hidden />
      </ActionIcon>
    </>
  );
}

function MoveMenu({ goal, objective }: { goal: Goal; objective: Objective }) {
  const { t } = useTranslation("goalCraft");
  const errorText = useErrorText();
  const move = useMutation(api.objectives.moveObjective);
  const [meeting, setMeeting] = useState(false);
  const about = { goalId: goal._id, objectiveId: objective._id };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={t("objectives.change", { name: objective.description })}
          >
            <IconChevronDown size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {OBJECTIVE_STATUSES.filter((status) => status !== objective.status).map((status) => (
            <Menu.Item
              key={status}
              onClick={() => {
                if (status === "met") setMeeting(true);
                else
                  void move({ ...about, to: status }).catch((error: unknown) =>
                    notifyFailed(errorText(error)),
                  );
              }}
            >
              {status === "met" ? t("objectives.markMet") : t(`objectives.status.${status}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {meeting ? <MetDialog about={about} onClose={() => setMeeting(false)} /> : null}
    </>
  );
}

function MetDialog({
  about,
  onClose,
}: {
  about: { goalId: Goal["_id"]; objectiveId: Objective["_id"] };
  onClose: () => void;
}) {
  const { t } = useTranslation("goalCraft");
  const { today } = useFormatting();
  const move = useMutation(api.objectives.moveObjective);
  const [metOn, setMetOn] = useState(today);
  return (
    <FormDialog
      title={t("objectives.metTitle")}
      submitLabel={t("objectives.markMet")}
      done={t("objectives.saved")}
      check={() => checkMetOn("met", metOn, today())}
      save={() => move({ ...about, to: "met", metOn })}
      onClose={onClose}
    >
      {(errorOf) => (
        <DateField
          name="metOn"
          label={t("objectives.metDate")}
          value={metOn}
          onChange={setMetOn}
          required
          {...errorOf("metOn")}
        />
      )}
    </FormDialog>
  );
}

function ObjectiveDialog({
  goal,
  objective,
  onClose,
}: {
  goal: Goal;
  objective: Objective | "new";
  onClose: () => void;
}) {
  const { t } = useTranslation(["goalCraft", "common"]);
  const add = useMutation(api.objectives.addObjective);
  const edit = useMutation(api.objectives.editObjective);
  const [clientMutationId] = useState(newClientMutationId);
  const isNew = objective === "new";
  const [values, setValues, draft] = useDraft<ObjectiveInput>(
    `goal.objective.${isNew ? `new.${goal._id}` : objective._id}`,
    isNew
      ? { description: "", by: "", criterion: "" }
      : { description: objective.description, by: objective.by, criterion: objective.criterion },
  );
  const set = (part: Partial<ObjectiveInput>) => setValues((before) => ({ ...before, ...part }));
  return (
    <FormDialog
      title={
        isNew
          ? t("goalCraft:objectives.add")
          : t("goalCraft:objectives.edit", { number: goal.objectives.indexOf(objective) + 1 })
      }
      submitLabel={isNew ? t("goalCraft:objectives.add") : t("common:save")}
      done={t(isNew ? "goalCraft:objectives.added" : "goalCraft:objectives.saved")}
      check={() => checkObjective(values, goal)}
      save={() =>
        isNew
          ? add({ goalId: goal._id, objective: values, clientMutationId })
          : edit({
              ...{ goalId: goal._id, objectiveId: objective._id, objective: values },
              expectedVersion: objective.version,
            })
      }
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <>
          <TextArea
            name="description"
            label={t("goalCraft:objectives.description")}
            description={t("goalCraft:objectives.descriptionHelp")}
            value={values.description}
            onChange={(description) => set({ description })}
            required
            {...errorOf("description")}
          />
          <TextField
            name="criterion"
            label={t("goalCraft:objectives.criterion")}
            description={t("goalCraft:objectives.criterionHelp")}
            value={values.criterion}
            onChange={(criterion) => set({ criterion })}
            required
            {...errorOf("criterion")}
          />
          <DateField
            name="by"
            label={t("goalCraft:objectives.by")}
            value={values.by}
            max={goal.targetCriteria.timeframe}
            onChange={(by) => set({ by })}
            required
            {...errorOf("by")}
          />
        </>
      )}
    </FormDialog>
  );
}
