/** A list of a plan: rows are added, changed part by part, and removed one by one; a removed row can be put back. */
import { ActionIcon, Button, Group, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { lazy, Suspense, type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../../convex/_generated/api";
import { checkNewRow, type ListName, LISTS, type Row } from "../../../../convex/domain/ieps/rows";
import type { Problem } from "../../../../convex/domain/validation/problem";
import { useDraft } from "../../../lib/drafts";
import { useErrorText } from "../../../lib/errors";
import { withItsWords } from "../../../lib/i18n";
import { useMutation } from "../../../lib/mutation";
import { problemsByField, useProblemText } from "../../../lib/problems";
import { beforeAt } from "../../../lib/placeBefore";
import { newClientMutationId } from "../../../lib/uniqueId";
import { DateField, SelectField, TextArea } from "../../../ui/fields";
import { MoveButtons } from "../../../ui/MoveButtons";
import { notifyFailed, notifyUndo } from "../../../ui/notify";
import { CarriedMark } from "../../ieps/carry/CarriedMark";
import { LiveDate, LiveSelect, LiveText } from "./Live";
import { usePlan } from "./PlanFieldsContext";

const RowFromBank = lazy(async () => ({
  default: (await withItsWords(import("./RowBank"))).RowFromBank,
}));
const RowToBank = lazy(async () => ({
  default: (await withItsWords(import("./RowBank"))).RowToBank,
}));
const hasBank = (list: ListName): list is "accommodations" | "modifications" =>
  list === "accommodations" || list === "modifications";

interface Part {
  required?: true;
  date?: true;
  choices?: readonly string[];
}
const partsOf = (list: ListName) => Object.entries(LISTS[list] as Record<string, Part>);

export function LiveRows({ list, title }: { list: ListName; title: string }) {
  const { t } = useTranslation("planFields");
  const { iepId, fields, plan } = usePlan();
  const rows = fields.rows[list];
  const editable = plan.abilities["iep.editFields"];
  const [adding, setAdding] = useState(false);
  const [row, setRow, draft] = useDraft<Row | null>(`plan.row.${iepId}.${list}`, null);
  const isOpen = editable && (adding || row !== null);
  const close = () => {
    draft.clear();
    setAdding(false);
  };
  return (
    <Stack gap="sm" id={`list-${list}`} tabIndex={-1} role="group" aria-label={title}>
      <Text component="h3" fw={600} m={0}>
        {title}
      </Text>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("noRows")}
        </Text>
      ) : null}
      {rows.map((one, index) => (
        <RowFields key={one.id} {...{ list, row: one, index, editable }} />
      ))}
      {isOpen ? <NewRow list={list} kept={row} onChange={setRow} onClose={close} /> : null}
      {editable && !isOpen ? (
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconPlus size={18} aria-hidden />}
            aria-label={`${t("addRow")}: ${title}`}
            onClick={() => setAdding(true)}
          >
            {t("addRow")}
          </Button>
          {hasBank(list) ? (
            <Suspense fallback={null}>
              <RowFromBank list={list} title={title} />
            </Suspense>
          ) : null}
        </Group>
      ) : null}
    </Stack>
  );
}

const columns = (count: number) => ({ base: 1, sm: count === 4 ? 2 : count });

function usePartLabels(list: ListName) {
  const { t } = useTranslation("planFields");
  return {
    label: (part: string) => t(`parts.${list}_${part}` as "parts.accommodations_category"),
    options: (choices: readonly string[]) =>
      choices.map((value) => ({ value, label: t(`areas.${value}` as "areas.employment") })),
  };
}

function RowFields({
  list,
  row,
  index,
  editable,
}: {
  list: ListName;
  row: Row;
  index: number;
  editable: boolean;
}) {
  const { t } = useTranslation(["planFields", "common"]);
  const errorText = useErrorText();
  const { iepId, fields } = usePlan();
  const { label, options } = usePartLabels(list);
  const remove = useMutation(api.planFields.removePlanRow);
  const add = useMutation(api.planFields.addPlanRow);
  const order = useMutation(api.planFields.orderPlanRow);
  const rows = fields.rows[list];
  const name = t("planFields:row", { number: index + 1 });
  const onRemove = () => {
    const failed = (error: unknown) => notifyFailed(errorText(error));
    remove({ iepId, list, base: row }).then(
      () =>
        notifyUndo({
          message: t("planFields:rowRemoved"),
          undoLabel: t("common:undo"),
          onUndo: () => void add({ iepId, list, row, at: index }).catch(failed),
        }),
      failed,
    );
  };
  return (
    <Group align="flex-start" gap="sm" wrap="nowrap" role="group" aria-label={name}>
      <div style={{ flex: 1 }}>
        {editable ? <CarriedMark iepId={iepId} place={`row/${list}/${row.id}`} /> : null}
        <SimpleGrid cols={columns(partsOf(list).length)} verticalSpacing={0}>
          {partsOf(list).map(([part, { date, choices, required }]) => {
            const props = { field: `${list}.${row.id}.${part}`, label: label(part) };
            if (date === true) return <LiveDate key={part} {...props} none="" />;
            if (choices !== undefined)
              return <LiveSelect key={part} {...props} options={options(choices)} none="" />;
            return <LiveText key={part} {...props} required={required ?? false} />;
          })}
        </SimpleGrid>
      </div>
      {editable ? (
        <Group gap={0} mt={25} w={72}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={`${t("common:remove")}: ${label(partsOf(list)[0]?.[0] ?? "")}, ${name}`}
            onClick={onRemove}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
          {rows.length < 2 ? null : (
            <MoveButtons
              name={name}
              index={index}
              count={rows.length}
              onMove={(to) => {
                const ids = rows.map((one) => one.id);
                order({ iepId, list, id: row.id, before: beforeAt(ids, index, to) }).catch(
                  (error: unknown) => notifyFailed(errorText(error)),
                );
              }}
            />
          )}
          {hasBank(list) ? (
            <Suspense fallback={null}>
              <RowToBank {...{ list, row, name }} />
            </Suspense>
          ) : null}
        </Group>
      ) : null}
    </Group>
  );
}

function NewRow({
  list,
  kept,
  onChange,
  onClose,
}: {
  list: ListName;
  /** As far as it was typed. */
  kept: Row | null;
  onChange: (row: Row) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(["planFields", "common"]);
  const problemText = useProblemText();
  const errorText = useErrorText();
  const { iepId, fields } = usePlan();
  const { label, options } = usePartLabels(list);
  const add = useMutation(api.planFields.addPlanRow);
  const [empty] = useState<Row>(() => ({
    ...Object.fromEntries(partsOf(list).map(([part]) => [part, ""])),
    id: newClientMutationId(),
  }));
  const row = kept ?? empty;
  const [problems, setProblems] = useState<Problem[]>([]);
  const byField = problemsByField(problems);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const found = checkNewRow(list, row, fields.rows[list]);
    setProblems(found);
    if (found.length > 0) return;
    add({ iepId, list, row }).then(onClose, (error: unknown) => notifyFailed(errorText(error)));
  };
  return (
    <Paper
      component="form"
      withBorder
      p="sm"
      noValidate
      onSubmit={submit}
      aria-label={t("planFields:newRow")}
    >
      <Stack gap="sm">
        <SimpleGrid cols={columns(partsOf(list).length)}>
          {partsOf(list).map(([part, { date, choices, required }]) => {
            const problem = byField[`${list}.${part}`];
            const props = {
              name: `new.${list}.${part}`,
              label: label(part),
              value: row[part] ?? "",
              onChange: (value: string) => onChange({ ...row, [part]: value }),
              required: required ?? false,
              ...(problem === undefined ? {} : { error: problemText(problem) }),
            };
            if (date === true) return <DateField key={part} {...props} />;
            if (choices !== undefined)
              return <SelectField key={part} {...props} options={options(choices)} clearable />;
            return <TextArea key={part} {...props} minRows={1} />;
          })}
        </SimpleGrid>
        <Group gap="xs">
          <Button type="submit">{t("common:add")}</Button>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
