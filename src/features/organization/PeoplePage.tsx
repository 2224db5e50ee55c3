import { Button, Group, Stack, Table, Text } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { usePaginatedQuery } from "convex/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useFormatting } from "../../lib/formatting";
import { useAbility, useCurrentUser } from "../../lib/session";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import { InvitationsPanel } from "./InvitationsPanel";
import { InviteForm } from "./InviteForm";
import { type Member, MemberActions } from "./MemberActions";

const STATUSES = ["active", "suspended", "ended"] as const;

/** Who belongs to the organization, who is invited. */
export function PeoplePage() {
  const { t } = useTranslation("organization");
  const canInvite = useAbility("member.invite");
  const [inviting, setInviting] = useState(false);
  return (
    <Page
      title={t("people")}
      actions={
        canInvite && !inviting ? (
          <Button
            leftSection={<IconUserPlus size={18} aria-hidden />}
            onClick={() => setInviting(true)}
          >
            {t("invite")}
          </Button>
        ) : undefined
      }
    >
      <Stack gap="lg">
        {inviting ? <InviteForm onClose={() => setInviting(false)} /> : null}
        <Members />
        {canInvite ? <InvitationsPanel /> : null}
      </Stack>
    </Page>
  );
}

function Members() {
  const { t } = useTranslation(["organization", "common"]);
  const { acting } = useCurrentUser();
  const [shown, setShown] = useState<(typeof STATUSES)[number]>("active");
  const { results, status, loadMore } = usePaginatedQuery(
    api.users.getUsersByOrganization,
    acting === null
      ? "skip"
      : { organizationId: acting.schoolId ?? acting.organizationId, status: shown },
    { initialNumItems: 50 },
  );
  return (
    <Panel title={t("organization:members")}>
      <Group gap="xs" mb="sm" role="group" aria-label={t("organization:members")}>
        {STATUSES.map((value) => (
          <Button
            key={value}
            size="compact-md"
            variant={value === shown ? "filled" : "default"}
            aria-pressed={value === shown}
            onClick={() => setShown(value)}
          >
            {t(`organization:memberStatus.${value}`)}
          </Button>
        ))}
      </Group>
      {status === "LoadingFirstPage" ? (
        <Loading shape="list" />
      ) : results.length === 0 ? (
        <Text c="dimmed">{t("organization:noMembers")}</Text>
      ) : (
        <Table.ScrollContainer minWidth={280} scrollAreaProps={{ tabIndex: 0 }}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                {(["name", "role", "school", "email"] as const).map((column) => (
                  <Table.Th
                    key={column}
                    scope="col"
                    {...(column === "school" || column === "email" ? { visibleFrom: "sm" } : {})}
                  >
                    {t(`organization:columns.${column}`)}
                  </Table.Th>
                ))}
                <Table.Td />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {results.map((member) => (
                <MemberRow key={member.membershipId} member={member} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {status === "CanLoadMore" ? (
        <Button variant="default" mt="sm" onClick={() => loadMore(100)}>
          {t("common:more")}
        </Button>
      ) : null}
    </Panel>
  );
}

function MemberRow({ member }: { member: Member }) {
  const { t } = useTranslation(["organization", "common"]);
  const { person, instant } = useFormatting();
  const { acting } = useCurrentUser();
  const { status, statusChangedAt, statusChangedByName, statusReason } = member;
  const school = member.schoolName ?? t("organization:allSchools");
  return (
    <Table.Tr>
      <Table.Td dir="auto">
        {person(member.firstName, member.lastName)}
        <Text size="sm" c="dimmed" hiddenFrom="sm" style={{ overflowWrap: "anywhere" }}>
          {member.email}
        </Text>
        {status === "active" || statusChangedAt === undefined ? null : (
          <Text size="sm" c="dimmed">
            {t(`organization:statusChanged.${status}`, {
              name: statusChangedByName ?? "",
              when: instant(statusChangedAt),
            })}
            {statusReason === undefined ? "" : ` – ${statusReason}`}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {t(`common:roles.${member.role}`)}
        <Text size="sm" c="dimmed" hiddenFrom="sm">
          {school}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">{school}</Table.Td>
      <Table.Td visibleFrom="sm">
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {member.email}
        </Text>
      </Table.Td>
      <Table.Td>
        {member.membershipId === acting?.membershipId || status === "ended" ? null : (
          <MemberActions member={member} />
        )}
      </Table.Td>
    </Table.Tr>
  );
}
