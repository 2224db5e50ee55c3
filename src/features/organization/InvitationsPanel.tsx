import { Button, Group, List, Stack, Text } from "@mantine/core";
import { usePaginatedQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { confirmAction } from "../../ui/confirmAction";
import { Loading } from "../../ui/Loading";
import { notifyDone, notifyFailed } from "../../ui/notify";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";

type Invitation = FunctionReturnType<typeof api.invitations.listInvitations>["page"][number];

export function InvitationsPanel() {
  const { t } = useTranslation(["organization", "common"]);
  const { results, status, loadMore } = usePaginatedQuery(
    api.invitations.listInvitations,
    {},
    { initialNumItems: 20 },
  );
  return (
    <Panel title={t("organization:invitations")}>
      {status === "LoadingFirstPage" ? (
        <Loading shape="list" />
      ) : results.length === 0 ? (
        <Text c="dimmed">{t("organization:noInvitations")}</Text>
      ) : (
        <List listStyleType="none" spacing="sm">
          {results.map((invitation) => (
            <List.Item key={invitation._id}>
              <InvitationRow invitation={invitation} />
            </List.Item>
          ))}
        </List>
      )}
      {status === "CanLoadMore" ? (
        <Button variant="default" mt="sm" onClick={() => loadMore(50)}>
          {t("common:more")}
        </Button>
      ) : null}
    </Panel>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation(["organization", "common"]);
  const { person, instant } = useFormatting();
  const errorText = useErrorText();
  const revoke = useMutation(api.invitations.revokeInvitation);
  const resend = useMutation(api.invitations.resendInvitation);
  const expired = invitation.status === "open" && invitation.expiresAt < Date.now();
  const status = expired ? "expired" : invitation.status;
  const name = person(invitation.firstName, invitation.lastName);
  const sendAgain = async () => {
    try {
      await resend({ invitationId: invitation._id });
      notifyDone(t("organization:resent", { name }));
    } catch (error) {
      notifyFailed(errorText(error));
    }
  };
  const withdraw = async () => {
    const sure = await confirmAction({
      title: t("organization:revoke"),
      text: t("organization:revokeText", { name }),
      confirmLabel: t("organization:revoke"),
      danger: true,
    });
    if (!sure) return;
    try {
      await revoke({ invitationId: invitation._id });
      notifyDone(t("organization:saved"));
    } catch (error) {
      notifyFailed(errorText(error));
    }
  };
  return (
    <Group justify="space-between" gap="sm">
      <Stack gap={0}>
        <Text dir="auto">
          <strong>{name}</strong>, {t(`common:roles.${invitation.role}`)}
          {invitation.schoolName === undefined ? "" : `, ${invitation.schoolName}`}
        </Text>
        <Text size="sm" c="dimmed">
          {t("organization:invitedBy", {
            email: invitation.email,
            name: invitation.invitedByName ?? t("organization:setUp"),
            when: instant(invitation.createdAt),
          })}
        </Text>
      </Stack>
      <Group gap="sm">
        <StatusBadge tone={status === "accepted" ? "good" : status === "open" ? "info" : "neutral"}>
          {t(`organization:invitationStatus.${status}`)}
        </StatusBadge>
        {invitation.status === "open" ? (
          <Button
            variant="default"
            size="compact-md"
            aria-label={`${t("organization:resend")}: ${name}`}
            onClick={() => void sendAgain()}
          >
            {t("organization:resend")}
          </Button>
        ) : null}
        {status === "open" ? (
          <Button
            variant="default"
            size="compact-md"
            aria-label={`${t("organization:revoke")}: ${name}`}
            onClick={() => void withdraw()}
          >
            {t("organization:revoke")}
          </Button>
        ) : null}
      </Group>
    </Group>
  );
}
