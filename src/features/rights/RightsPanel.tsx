import { Anchor, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { isOpen } from "../../../convex/domain/rights/requests";
import { Loading } from "../../ui/Loading";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";
import { ClockBadge } from "./Clock";
import { areOwn } from "./rightsWords";

/** On the student's page: what is open, and the way to everything else. */
export function RightsPanel({ studentId }: { studentId: Id<"students"> }) {
  const { t } = useTranslation("rights");
  const rights = useQuery(api.rights.listRequests, { studentId });
  if (rights === undefined) return <Loading shape="list" />;
  const own = areOwn(rights);
  const open = rights.requests.filter(({ state }) => isOpen(state));
  return (
    <Panel title={t(own ? "panel.familyTitle" : "panel.title")}>
      <Stack gap="xs">
        {own ? <Text>{t("panel.familyText")}</Text> : null}
        {open.length === 0 ? (
          <Text c="dimmed">{t("panel.none")}</Text>
        ) : (
          open.map((request) => (
            <Group key={request._id} gap="xs">
              <Text span>{t(`kinds.${request.kind}`)}</Text>
              <StatusBadge tone="info">{t(`states.${request.state}`)}</StatusBadge>
              <ClockBadge request={request} />
            </Group>
          ))
        )}
        <Anchor component={Link} to={`/students/${studentId}/rights`} underline="always">
          {t(own ? "family.open" : "staff.open")}
        </Anchor>
      </Stack>
    </Panel>
  );
}
