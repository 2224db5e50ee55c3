/** Fields of a plan that save themselves: what was typed, whether it is saved, the way back, and both values of a conflict. */
import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { FieldValue } from "../../../../convex/domain/ieps/fields";
import { errorProblems, useErrorText } from "../../../lib/errors";
import { useProblemText } from "../../../lib/problems";
import { DateField, NumberField, RadioField, SelectField, TextArea } from "../../../ui/fields";
import { type LiveField, type LiveState } from "./useLiveField";
import { usePlanField } from "./PlanFieldsContext";

type Live = LiveField & { saved: FieldValue };
interface Props {
  field: string;
  label: string;
  description?: ReactNode;
  required?: boolean;
}

function useErrorOf(): (live: LiveField) => { error?: string } {
  const problemText = useProblemText();
  const errorText = useErrorText();
  return ({ error }) => {
    if (error === null) return {};
    const [problem] = errorProblems(error);
    return { error: problem === undefined ? errorText(error) : problemText(problem) };
  };
}

function Frame({
  live,
  label,
  shown = String,
  children,
}: {
  live: Live;
  label: string;
  shown?: (value: FieldValue) => string;
  children: ReactNode;
}) {
  const { t } = useTranslation("planFields");
  const said = (value: FieldValue) =>
    value === null || value === "" ? t("nothing") : shown(value);
  return (
    <Stack gap={2}>
      {children}
      {live.state === "conflict" ? (
        <Alert color="orange" variant="outline" role="alert" title={t("conflict", { label })}>
          <Stack gap="xs">
            <Text size="sm" dir="auto">
              <b>{t("theirs")}</b> {said(live.saved)}
            </Text>
            <Text size="sm" dir="auto">
              <b>{t("mine")}</b> {said(live.value)}
            </Text>
            <Group gap="xs">
              <Button variant="default" size="sm" onClick={live.keepTheirs}>
                {t("keepTheirs")}
              </Button>
              <Button variant="default" size="sm" onClick={live.keepMine}>
                {t("keepMine")}
              </Button>
            </Group>
          </Stack>
        </Alert>
      ) : (
        <State state={live.state} undo={live.undo} label={label} />
      )}
    </Stack>
  );
}

/** One line high, so that nothing moves when it says something. */
function State({
  state,
  undo,
  label,
}: {
  state: LiveState;
  undo: (() => void) | null;
  label: string;
}) {
  const { t } = useTranslation(["planFields", "common"]);
  const text = state === "typing" || state === "saving" ? "saving" : "saved";
  return (
    <Group gap="xs" mih={20}>
      <Text size="xs" c="dimmed" role="status">
        {state === "idle" || state === "failed" ? "" : t(`planFields:${text}`)}
      </Text>
      {undo === null ? null : (
        <Anchor
          component="button"
          type="button"
          size="xs"
          aria-label={t("planFields:undo", { label })}
          onClick={undo}
        >
          {t("common:undo")}
        </Anchor>
      )}
    </Group>
  );
}

export function LiveText({
  field,
  label,
  description,
  required,
  minRows = 1,
}: Props & { minRows?: number }) {
  const live = usePlanField(field);
  const errorOf = useErrorOf();
  return (
    <Frame {...{ live, label }}>
      <TextArea
        name={field}
        {...{ label, description, minRows, ...(required === undefined ? {} : { required }) }}
        value={String(live.value ?? "")}
        onChange={(value) => live.set(value)}
        onBlur={live.flush}
        disabled={!live.editable}
        {...errorOf(live)}
      />
    </Frame>
  );
}

export function LiveDate({
  field,
  label,
  description,
  required,
  none = null,
}: Props & { none?: "" | null }) {
  const live = usePlanField(field);
  const errorOf = useErrorOf();
  return (
    <Frame {...{ live, label }}>
      <DateField
        name={field}
        {...{ label, description, ...(required === undefined ? {} : { required }) }}
        value={String(live.value ?? "")}
        onChange={(value) => live.set(value === "" && required !== true ? none : value)}
        onBlur={live.flush}
        disabled={!live.editable}
        {...errorOf(live)}
      />
    </Frame>
  );
}

export function LiveNumber({ field, label, description, suffix }: Props & { suffix: string }) {
  const live = usePlanField(field);
  const errorOf = useErrorOf();
  return (
    <Frame {...{ live, label }}>
      <NumberField
        name={field}
        {...{ label, description, suffix }}
        decimals={0}
        min={0}
        value={typeof live.value === "number" ? live.value : null}
        onChange={(value) => live.set(value)}
        onBlur={live.flush}
        disabled={!live.editable}
        {...errorOf(live)}
      />
    </Frame>
  );
}

export function LiveSelect({
  field,
  label,
  description,
  options,
  none = null,
}: Props & { options: readonly { value: string; label: string }[]; none?: "" | null }) {
  const live = usePlanField(field);
  const errorOf = useErrorOf();
  const shown = (value: FieldValue) =>
    options.find((option) => option.value === value)?.label ?? String(value);
  return (
    <Frame {...{ live, label, shown }}>
      <SelectField
        name={field}
        {...{ label, description, options }}
        clearable
        value={String(live.value ?? "")}
        onChange={(value) => live.set(value === "" ? none : value, true)}
        disabled={!live.editable}
        {...errorOf(live)}
      />
    </Frame>
  );
}

export function LiveYesNo({
  field,
  label,
  description,
  yes,
  no,
}: Props & { yes: string; no: string }) {
  const live = usePlanField(field);
  const errorOf = useErrorOf();
  const shown = (value: FieldValue) => (value === true ? yes : no);
  return (
    <Frame {...{ live, label, shown }}>
      <RadioField
        name={field}
        {...{ label, description }}
        value={live.value === null ? "" : live.value === true ? "yes" : "no"}
        onChange={(value) => live.set(value === "yes", true)}
        options={[
          { value: "yes", label: yes },
          { value: "no", label: no },
        ]}
        disabled={!live.editable}
        {...errorOf(live)}
      />
    </Frame>
  );
}
