import { SimpleGrid } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  INTERVAL_METHODS,
  type MeasurementKind,
  PROMPT_LEVELS,
} from "../../../convex/domain/progress/shape";
import { NumberField, RadioField, SelectField, TextArea } from "../../ui/fields";
import { DETAILS, type MeasurementDetails, MORE, NUMBERS } from "./measurementDetails";
import { PromptLevelsField } from "./PromptLevelsField";

/** What a kind of data asks for beyond its name: steps, intervals, timings, how much help counts. */
export function MeasurementFields({
  kind,
  maintains,
  details,
  onChange,
  errorOf,
}: {
  kind: MeasurementKind;
  maintains: boolean;
  details: MeasurementDetails;
  onChange: (details: MeasurementDetails) => void;
  errorOf: (path: string) => string | undefined;
}) {
  const { t } = useTranslation(["goals", "progress"]);
  const asked = DETAILS[kind] ?? [];
  const set = (part: Partial<MeasurementDetails>) => onChange({ ...details, ...part });
  return (
    <>
      {asked.includes("steps") ? (
        <TextArea
          name="measurement.steps"
          label={t("goals:fields.measurement_steps")}
          description={t("goals:stepsHelp")}
          value={details.steps}
          minRows={4}
          onChange={(steps) => set({ steps })}
          error={errorOf("measurement.steps")}
          required
        />
      ) : null}
      {asked.includes("intervalMethod") ? (
        <RadioField
          name="measurement.intervalMethod"
          label={t("goals:fields.measurement_intervalMethod")}
          value={details.intervalMethod}
          options={INTERVAL_METHODS.map((value) => ({
            value,
            label: t(`goals:intervalMethods.${value}`),
          }))}
          onChange={(value) =>
            set({ intervalMethod: value as MeasurementDetails["intervalMethod"] })
          }
        />
      ) : null}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {NUMBERS.filter((name) => asked.includes(name)).map((name) => (
          <NumberField
            key={name}
            name={`measurement.${name}`}
            label={t(`goals:fields.measurement_${name}`)}
            value={details[name]}
            decimals={0}
            min={1}
            onChange={(value) => set({ [name]: value })}
            error={errorOf(`measurement.${name}`)}
          />
        ))}
        {asked.includes("countsUpTo") ? (
          <SelectField
            name="measurement.countsUpTo"
            label={t("goals:fields.measurement_countsUpTo")}
            value={details.countsUpTo}
            options={PROMPT_LEVELS.filter((level) => details.promptLevels.includes(level)).map(
              (value) => ({
                value,
                label: t(`progress:prompts.${value}`),
              }),
            )}
            onChange={(value) => set({ countsUpTo: value as MeasurementDetails["countsUpTo"] })}
            error={errorOf("measurement.countsUpTo")}
          />
        ) : null}
      </SimpleGrid>
      {asked.includes("promptLevels") ? (
        <PromptLevelsField
          levels={details.promptLevels}
          onChange={(promptLevels) => set({ promptLevels })}
          error={errorOf("measurement.promptLevels")}
        />
      ) : null}
      <MoreFields {...{ asked, details, set, errorOf }} />
      {maintains ? (
        <RadioField
          name="measurement.keep"
          label={t("goals:fields.measurement_keep")}
          value={details.keep}
          options={(["atLeast", "atMost"] as const).map((value) => ({
            value,
            label: t(`goals:keeps.${value}`),
          }))}
          onChange={(value) => set({ keep: value as MeasurementDetails["keep"] })}
        />
      ) : null}
    </>
  );
}

/** Open where something of it is filled in or wrong: nothing that is saved is hidden. */
function MoreFields({
  asked,
  details,
  set,
  errorOf,
}: {
  asked: readonly string[];
  details: MeasurementDetails;
  set: (part: Partial<MeasurementDetails>) => void;
  errorOf: (path: string) => string | undefined;
}) {
  const { t } = useTranslation("goals");
  const shown = MORE.filter((name) => asked.includes(name));
  const used = shown.some(
    (name) => details[name] !== null || errorOf(`measurement.${name}`) !== undefined,
  );
  const [open, setOpen] = useState(used);
  if (shown.length === 0) return null;
  return (
    <details open={open || used} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("moreMeasurement")}</summary>
      <SimpleGrid cols={{ base: 1, sm: 3 }} mt="sm">
        {shown.map((name) => (
          <NumberField
            key={name}
            name={`measurement.${name}`}
            label={t(`fields.measurement_${name}`)}
            description={t(`${name}Help`)}
            value={details[name]}
            decimals={name === "decimals" ? 0 : 3}
            onChange={(value) => set({ [name]: value })}
            error={errorOf(`measurement.${name}`)}
          />
        ))}
      </SimpleGrid>
    </details>
  );
}
