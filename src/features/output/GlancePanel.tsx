import { Button, Group, Text } from "@mantine/core";
import { IconEyeCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";

/** The way to the plan at a glance, and whether the reader has confirmed it. Nothing while no plan is in force. */
export function GlancePanel({ studentId }: { studentId: Id<"students"> }) {
  const { t } = useTranslation("output");
  const view = useQuery(api.glance.getGlance, { studentId });
  if (view === undefined || view === null) return null;
  const { abilities, reading } = view;
  return (
    <Panel
      title={t("glance.title")}
      actions={
        <Button
          component={Link}
          to={`/students/${studentId}/glance`}
          variant="default"
          leftSection={<IconEyeCheck size={18} aria-hidden />}
        >
          {t("glance.open")}
        </Button>
      }
    >
      <Group gap="sm">
        <Text size="sm" c="dimmed" style={{ flex: "1 1 16rem" }}>
          {t("glance.about")}
        </Text>
        {abilities["glance.confirm"] && !abilities["glance.readReceipts"] ? (
          <StatusBadge tone={reading.readAt === null ? "watch" : "good"}>
            {t(reading.readAt === null ? "receipts.toConfirm" : "receipts.confirmedDone")}
          </StatusBadge>
        ) : null}
      </Group>
    </Panel>
  );
}
