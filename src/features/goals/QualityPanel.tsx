import { Anchor, Group, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconBulb } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import {
  judgeGoal,
  QUALITY_PARTS,
  type QualityFinding,
} from "../../../convex/domain/goals/quality";
import { useFormatting } from "../../lib/formatting";
import { fieldId } from "../../ui/fieldProps";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";
import { type GoalValues, toGoalInput } from "./goalValues";

/** What the goal still lacks, while it is being written; it refuses nothing. */
export function QualityPanel({
  values,
  plan,
}: {
  values: GoalValues;
  plan: { effectiveDate: string; expirationDate: string };
}) {
  const { t } = useTranslation("goalCraft");
  const { today } = useFormatting();
  const findings = judgeGoal(
    { ...toGoalInput(values), hasProvider: values.provider !== null },
    plan,
    today(),
  );
  const fine = QUALITY_PARTS.filter((part) => findings.every((finding) => finding.part !== part));
  return (
    <Panel title={t("quality.title")}>
      <Stack gap="sm">
        <Text role="status" fw={600}>
          {findings.length === 0
            ? t("quality.good")
            : t("quality.toDo", { count: findings.length })}
        </Text>
        <List listStyleType="none" spacing="xs" p={0}>
          {findings.map((finding) => (
            <Finding key={`${finding.code}${finding.field}`} finding={finding} />
          ))}
        </List>
        <Group gap="xs">
          {fine.map((part) => (
            <StatusBadge key={part} tone="good">
              {t(`quality.parts.${part}`)}
            </StatusBadge>
          ))}
        </Group>
      </Stack>
    </Panel>
  );
}

function Finding({ finding }: { finding: QualityFinding }) {
  const { t } = useTranslation("goalCraft");
  const { part, level, code, field, source, params = {} } = finding;
  const required = level === "requirement";
  const Icon = required ? IconAlertTriangle : IconBulb;
  const words = { ...{ word: "", days: "", said: "", level: "" }, ...params };
  return (
    <List.Item
      icon={
        <Icon
          size={18}
          aria-hidden
          color={required ? "var(--mantine-color-orange-filled)" : "var(--mantine-color-dimmed)"}
        />
      }
    >
      <Text size="sm">
        <Anchor href={`#${fieldId(field)}`} size="sm" fw={600} underline="always">
          {t(`quality.parts.${part}`)}
        </Anchor>
        {": "}
        {t(`quality.codes.${code}`, words)}{" "}
        <Text span size="xs" c="dimmed">
          {t(`quality.${level}`)}
          {" · "}
          {source}
        </Text>
      </Text>
    </List.Item>
  );
}
