import { Anchor, Group, List, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useFormatting } from "../../lib/formatting";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";

/** On a student's page: the newest version of each plan, to read and to sign; nothing where there is none. */
export function VersionsPanel({ studentId }: { studentId: Id<"students"> }) {
  const { t } = useTranslation("versions");
  const { date, instant } = useFormatting();
  const versions = useQuery(api.versions.listVersions, { studentId });
  const newest = versions?.filter(
    ({ isNewest, planStatus }) => isNewest && planStatus !== "discarded",
  );
  if (newest === undefined || newest.length === 0) return null;
  return (
    <Panel title={t("sharedWithYou")}>
      <List listStyleType="none" spacing="sm">
        {newest.map((version) => (
          <List.Item key={version._id}>
            <Group gap="sm">
              <Anchor component={Link} to={`/students/${studentId}/versions/${version._id}`}>
                {t("read", { number: version.number })}
              </Anchor>
              <StatusBadge
                tone={version.kind === "shared" || version.kind === "final" ? "watch" : "info"}
              >
                {t(`kind.${version.kind}`)}
              </StatusBadge>
              <Text span size="sm" c="dimmed">
                {date(version.effectiveDate)} – {date(version.expirationDate)} ·{" "}
                {instant(version.createdAt)}
                {version.isSigned ? ` · ${t("mine")}` : ""}
              </Text>
            </Group>
          </List.Item>
        ))}
      </List>
    </Panel>
  );
}
