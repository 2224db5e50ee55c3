import { Button, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconChartDots } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isCalendarDate } from "../../../convex/domain/calendar/calendarDate";
import { neededRateOfImprovement } from "../../../convex/domain/progress/aimLine";
import { useFormatting } from "../../lib/formatting";
import { DateField, NumberField } from "../../ui/fields";
import { Panel } from "../../ui/Panel";
import { TextField } from "../../ui/TextField";
import { BaselineDialog } from "./BaselineDialog";
import { CriterionReading } from "./CriterionReading";
import type { GoalPlan, PartProps } from "./GoalForm";
import { measurementOf } from "./goalValues";

/** Baseline, target, and what decides whether it is reached. */
export function AimPanel({
  values,
  set,
  errorOf,
  plan,
  lineage,
}: PartProps & { plan: GoalPlan; lineage: string | undefined }) {
  const { t } = useTranslation("goals");
  const { t: craft } = useTranslation("goalCraft");
  const [choosing, setChoosing] = useState(false);
  const { date, number } = useFormatting();
  const { baselineDate, baselineValue, timeframe, target } = values;
  // Drafts that were kept from before know none.
  const pointIds = values.pointIds ?? null;
  const known = baselineValue !== null && target !== null;
  const rate =
    known && isCalendarDate(baselineDate) && isCalendarDate(timeframe)
      ? neededRateOfImprovement({
          ...{ baselineDate, baselineValue, targetDate: timeframe, targetValue: target },
        })
      : null;
  const unit = t(`valueUnits.${values.kind}`, { unit: measurementOf(values).unit });
  return (
    <Panel title={t("sections.aim")}>
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NumberField
            name="baselineData.value"
            label={t("fields.baselineData_value")}
            description={unit}
            value={baselineValue}
            onChange={(value) => set({ baselineValue: value, pointIds: null })}
            error={errorOf("baselineData.value")}
            required
          />
          <DateField
            name="baselineData.date"
            label={t("fields.baselineData_date")}
            description={t("baselineDateHelp")}
            value={baselineDate}
            onChange={(value) => set({ baselineDate: value, pointIds: null })}
            error={errorOf("baselineData.date")}
            required
          />
          <NumberField
            name="targetCriteria.target"
            label={t("fields.targetCriteria_target")}
            description={unit}
            value={target}
            onChange={(value) => set({ target: value })}
            error={errorOf("targetCriteria.target")}
            required
          />
          <DateField
            name="targetCriteria.timeframe"
            label={t("fields.targetCriteria_timeframe")}
            description={t("timeframeHelp")}
            value={timeframe}
            onChange={(value) => set({ timeframe: value })}
            error={errorOf("targetCriteria.timeframe")}
            required
          />
          <TextField
            name="baselineData.context"
            label={t("fields.baselineData_context")}
            value={values.baselineContext}
            onChange={(baselineContext) => set({ baselineContext })}
            error={errorOf("baselineData.context")}
          />
          <TextField
            name="targetCriteria.conditions"
            label={t("fields.targetCriteria_conditions")}
            value={values.conditions}
            onChange={(conditions) => set({ conditions })}
            error={errorOf("targetCriteria.conditions")}
          />
          <TextField
            name="targetCriteria.accuracy"
            label={t("fields.targetCriteria_accuracy")}
            description={craft("criterion.help")}
            value={values.accuracy}
            onChange={(accuracy) => set({ accuracy, reading: null })}
            error={errorOf("targetCriteria.accuracy")}
          />
        </SimpleGrid>
        <CriterionReading values={values} set={set} error={errorOf("criterion")} />
        <Group gap="sm">
          <Button
            variant="default"
            leftSection={<IconChartDots size={18} aria-hidden />}
            onClick={() => setChoosing(true)}
          >
            {craft("baseline.open")}
          </Button>
          {pointIds === null ? null : (
            <Text size="sm" role="status">
              {craft("baseline.from", { count: pointIds.length })}
            </Text>
          )}
        </Group>
        {choosing ? (
          <BaselineDialog
            iepId={plan._id}
            measurement={measurementOf(values)}
            lineage={lineage}
            onUse={({ value, date: day, pointIds: ids }) =>
              set({ baselineValue: value, baselineDate: day, pointIds: ids })
            }
            onClose={() => setChoosing(false)}
          />
        ) : null}
        <Text role="status" size="sm">
          {rate === null || !known
            ? t("aimUnknown")
            : t("aim", {
                baseline: number(baselineValue),
                from: date(baselineDate),
                target: number(target),
                until: date(timeframe),
                rate: number(rate, 2),
              })}
        </Text>
      </Stack>
    </Panel>
  );
}
