import { Anchor, Button, Group, List, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { usePaginatedQuery } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useFormatting } from "../../lib/formatting";
import { Loading } from "../../ui/Loading";
import { Panel } from "../../ui/Panel";

/** Records that nothing destroys; placed and lifted on each student's page. */
export function HoldsPanel() {
  const { t } = useTranslation(["retention", "common"]);
  const { instant } = useFormatting();
  const { results, status, loadMore } = usePaginatedQuery(
    api.retention.listHolds,
    {},
    { initialNumItems: 20 },
  );
  return (
    <Panel title={t("retention:holds.title")}>
      <Stack gap="md">
        <Text size="sm">{t("retention:holds.text")}</Text>
        {status === "LoadingFirstPage" ? (
          <Loading shape="list" />
        ) : results.length === 0 ? (
          <Text c="dimmed">{t("retention:holds.none")}</Text>
        ) : (
          <List listStyleType="none" spacing="sm" aria-label={t("retention:holds.title")}>
            {results.map(({ _id, studentId, studentName, placedByName, placedAt }) => (
              <List.Item key={_id}>
                <Anchor
                  component={Link}
                  to={`/students/${studentId}`}
                  underline="always"
                  fw={600}
                  dir="auto"
                >
                  {studentName}
                </Anchor>
                <Text size="sm" c="dimmed">
                  {t("retention:holds.placed", { name: placedByName, when: instant(placedAt) })}
                </Text>
              </List.Item>
            ))}
          </List>
        )}
        {status === "CanLoadMore" || status === "LoadingMore" ? (
          <Group>
            <Button
              variant="default"
              disabled={status === "LoadingMore"}
              onClick={() => loadMore(50)}
            >
              {t("common:more")}
            </Button>
          </Group>
        ) : null}
      </Stack>
    </Panel>
  );
}
