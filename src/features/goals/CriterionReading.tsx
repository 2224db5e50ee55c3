import { Alert, Radio, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { MasteryCriterion, Reading } from "../../../convex/domain/progress/criterion";
import { measurementUnit } from "../../../convex/domain/progress/charted";
import type { GoalMeasurement } from "../../../convex/domain/progress/shape";
import { criterionSentence } from "../../../convex/domain/goals/criterionSentence";
import { useFormatting } from "../../lib/formatting";
import { fieldId } from "../../ui/fieldProps";
import { type GoalValues, measurementOf, parsedCriterion } from "./goalValues";

const READINGS = ["sessions", "trials", "both"] as const satisfies readonly Reading[];

/** A criterion in the words of the goal's measurement. */
export function useCriterionSentence(): (
  criterion: MasteryCriterion,
  measurement: Pick<GoalMeasurement, "kind" | "unit">,
) => string {
  const { i18n } = useTranslation();
  const { number } = useFormatting();
  return (criterion, { kind, unit }) => {
    const level = `${number(criterion.level)} ${measurementUnit(kind) === "%" ? "%" : unit}`;
    return criterionSentence(criterion, {
      ...{ level, language: i18n.language.startsWith("es") ? "es" : "en" },
    });
  };
}

/** What the criterion's words mean to Trellis; where they can mean several things, it asks. */
export function CriterionReading({
  values,
  set,
  error,
}: {
  values: GoalValues;
  set: (part: Partial<GoalValues>) => void;
  error: string | undefined;
}) {
  const { t } = useTranslation("goalCraft");
  const sentence = useCriterionSentence();
  const measurement = measurementOf(values);
  const parsed = parsedCriterion(values);
  if (values.accuracy.trim() === "") return null;
  if (parsed.status === "notUnderstood" || parsed.status === "levelMissing")
    return (
      <Text size="sm" c="dimmed" role="status">
        {t(`criterion.${parsed.status}`)}
      </Text>
    );
  if (parsed.status === "clear")
    return (
      <Text size="sm" role="status">
        <Text span size="sm" fw={600}>
          {t("criterion.stored")}
          {": "}
        </Text>
        {sentence(parsed.criterion, measurement)}
      </Text>
    );
  return (
    <Alert variant="outline" color={error === undefined ? "leaf" : "red"} p="sm">
      <Radio.Group
        id={fieldId("criterion")}
        label={t("criterion.asked")}
        error={error ?? null}
        value={values.reading ?? ""}
        onChange={(reading) => set({ reading: reading as Reading })}
      >
        <Stack gap="xs" mt="xs">
          {READINGS.map((reading) => (
            <Radio
              key={reading}
              value={reading}
              label={t(`criterion.readings.${reading}`)}
              description={sentence(parsed.readings[reading], measurement)}
            />
          ))}
        </Stack>
      </Radio.Group>
    </Alert>
  );
}
