import { Button, Checkbox, Group, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { baselineOf, defaultBaselinePoints } from "../../../convex/domain/goals/baseline";
import type { GoalMeasurement } from "../../../convex/domain/progress/shape";
import { useFormatting } from "../../lib/formatting";
import { SelectField } from "../../ui/fields";
import { Loading } from "../../ui/Loading";

type Source = FunctionReturnType<typeof api.goals.listBaselineSources>[number];
export interface ChosenBaseline {
  value: number;
  date: string;
  pointIds: Id<"progressData">[];
}

/** Which observations the baseline is taken from, with the arithmetic in sight. */
export function BaselineDialog({
  iepId,
  measurement,
  lineage,
  onUse,
  onClose,
}: {
  iepId: Id<"ieps">;
  measurement: GoalMeasurement;
  /** Of the goal that is edited: data of its own life come first. */
  lineage: string | undefined;
  onUse: (baseline: ChosenBaseline) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(["goalCraft", "common"]);
  const sources = useQuery(api.goals.listBaselineSources, { iepId });
  const fitting = sources
    ?.filter(
      (source) =>
        source.measurement.kind === measurement.kind &&
        source.measurement.unit === measurement.unit,
    )
    .sort((a, b) => Number(b.lineage === lineage) - Number(a.lineage === lineage));
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("goalCraft:baseline.title")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {fitting === undefined ? (
        <Loading shape="list" />
      ) : fitting.length === 0 ? (
        <Text>
          {t(sources?.length === 0 ? "goalCraft:baseline.none" : "goalCraft:baseline.noneFits")}
        </Text>
      ) : (
        <Choose sources={fitting} onUse={onUse} onClose={onClose} />
      )}
    </Modal>
  );
}

function Choose({
  sources,
  onUse,
  onClose,
}: {
  sources: Source[];
  onUse: (baseline: ChosenBaseline) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(["goalCraft", "common"]);
  const { date, number } = useFormatting();
  const [goalId, setGoalId] = useState<string>(sources[0]?.goalId ?? "");
  const source = sources.find((candidate) => candidate.goalId === goalId) ?? sources[0];
  const points = source?.points ?? [];
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const ids = chosen ?? new Set<string>(defaultBaselinePoints(points).map(({ id }) => id));
  const found = baselineOf(points.filter(({ id }) => ids.has(id)));
  return (
    <Stack gap="md">
      <Text size="sm">{t("goalCraft:baseline.help")}</Text>
      <SelectField
        name="baseline-source"
        label={t("goalCraft:baseline.of")}
        value={goalId}
        options={sources.map((option) => ({
          value: option.goalId,
          label: t("goalCraft:baseline.source", {
            number: option.goalNumber,
            date: date(option.effectiveDate),
            description: option.description,
          }),
        }))}
        onChange={(next) => {
          setGoalId(next);
          setChosen(null);
        }}
      />
      <Checkbox.Group
        label={t("goalCraft:baseline.points")}
        value={[...ids]}
        onChange={(next) => setChosen(new Set(next))}
      >
        <Stack gap="xs" mt="xs">
          {[...points].reverse().map((point) => (
            <Checkbox
              key={point.id}
              value={point.id}
              label={`${date(point.date)}: ${number(point.value)}`}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <Text role="status" fw={600}>
        {found === null
          ? t("goalCraft:baseline.chooseSome")
          : t(
              found.ordered.length % 2 === 1
                ? "goalCraft:baseline.arithmetic"
                : "goalCraft:baseline.arithmeticEven",
              {
                ordered: found.ordered.map((value) => number(value)).join(", "),
                value: number(found.value),
              },
            )}
      </Text>
      <Group gap="sm">
        <Button
          disabled={found === null}
          onClick={() => {
            if (found === null) return;
            const pointIds = points.filter(({ id }) => ids.has(id)).map(({ id }) => id);
            onUse({ value: found.value, date: found.date, pointIds });
            onClose();
          }}
        >
          {t("goalCraft:baseline.use")}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t("common:cancel")}
        </Button>
      </Group>
    </Stack>
  );
}
