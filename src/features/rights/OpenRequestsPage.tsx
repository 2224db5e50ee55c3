import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { IconMailbox } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { usePaginatedQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useFormatting } from "../../lib/formatting";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";
import { ClockBadge, ClockSum } from "./Clock";
import classes from "./RequestCard.module.css";

type OpenRequest = FunctionReturnType<typeof api.rights.listOpenRequests>["page"][number];

/** What the organization owes its families, the most urgent first. */
export function OpenRequestsPage() {
  const { t } = useTranslation(["rights", "common"]);
  const { results, status, loadMore } = usePaginatedQuery(
    api.rights.listOpenRequests,
    {},
    { initialNumItems: 25 },
  );
  return (
    <Page title={t("rights:list.title")} subtitle={t("rights:list.subtitle")} width={860}>
      <Panel>
        {status === "LoadingFirstPage" ? (
          <Loading shape="list" />
        ) : results.length === 0 ? (
          <EmptyState
            icon={<IconMailbox size={40} />}
            title={t("rights:list.empty")}
            text={t("rights:list.emptyText")}
          />
        ) : (
          <ul className={classes.list} aria-label={t("rights:list.title")}>
            {results.map((request) => (
              <li key={request._id}>
                <OpenRequestRow request={request} />
              </li>
            ))}
          </ul>
        )}
        {status === "CanLoadMore" || status === "LoadingMore" ? (
          <Button
            variant="default"
            mt="sm"
            disabled={status === "LoadingMore"}
            onClick={() => loadMore(50)}
          >
            {t("common:more")}
          </Button>
        ) : null}
      </Panel>
    </Page>
  );
}

function OpenRequestRow({ request }: { request: OpenRequest }) {
  const { t } = useTranslation("rights");
  const { person } = useFormatting();
  const { kind, state, studentId, firstName, lastName, schoolName } = request;
  return (
    <article className={classes.card}>
      <Stack gap="xs">
        <Group gap="xs" justify="space-between">
          <div>
            <Anchor
              component={Link}
              to={`/students/${studentId}/rights`}
              underline="always"
              fw={600}
              dir="auto"
            >
              {t(`kinds.${kind}`)}: {person(firstName, lastName)}
            </Anchor>
            <Text size="sm" c="dimmed">
              {schoolName}
            </Text>
          </div>
          <Group gap="xs">
            <StatusBadge tone="info">{t(`states.${state}`)}</StatusBadge>
            <ClockBadge request={request} />
          </Group>
        </Group>
        <ClockSum request={request} />
      </Stack>
    </article>
  );
}
