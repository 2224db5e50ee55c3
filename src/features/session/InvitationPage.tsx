import { Button, Stack, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useConvexAuth, useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { authClient } from "../../lib/authClient";
import { errorCode, useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { Loading } from "../../ui/Loading";
import { ProblemSummary } from "../../ui/ProblemSummary";
import { EntryFrame } from "./EntryFrame";
import { InvitationAccount } from "./InvitationAccount";

export type Invitation = NonNullable<FunctionReturnType<typeof api.invitations.getInvitation>>;

/** Where the invitation's link leads: an account is made or used, then the membership begins. */
export function InvitationPage({ token }: { token: string }) {
  const { t } = useTranslation("session");
  const invitation = useQuery(api.invitations.getInvitation, { token });
  if (invitation === undefined)
    return (
      <EntryFrame title={t("invitation.title")}>
        <Loading shape="form" />
      </EntryFrame>
    );
  if (invitation === null || invitation.status !== "open")
    return (
      <EntryFrame title={t("invitation.title")}>
        <Text role="status">{t(`invitation.closed.${invitation?.status ?? "unknown"}`)}</Text>
        <Button component="a" href="/" variant="default">
          {t("invitation.toTrellis")}
        </Button>
      </EntryFrame>
    );
  return <OpenInvitation token={token} invitation={invitation} />;
}

function OpenInvitation({ token, invitation }: { token: string; invitation: Invitation }) {
  const { t } = useTranslation(["session", "common"]);
  const { person } = useFormatting();
  const { isAuthenticated, isLoading } = useConvexAuth();
  const accept = useMutation(api.invitations.acceptInvitation);
  const navigate = useNavigate();
  const errorText = useErrorText();
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const begin = async () => {
    if (busy) return;
    setBusy(true);
    try {
      await accept({ token });
      await navigate({ to: "/" });
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const wrongAccount = failure !== null && errorCode(failure) === "FORBIDDEN";
  return (
    <EntryFrame title={t("session:invitation.title")}>
      <Text>
        {t("session:invitation.text", {
          name: person(invitation.firstName, invitation.lastName),
          organization: invitation.schoolName ?? invitation.organizationName,
          role: t(`common:roles.${invitation.role}`),
        })}
      </Text>
      <ProblemSummary
        problems={[]}
        message={
          failure === null
            ? undefined
            : wrongAccount
              ? t("session:invitation.otherAccount", { email: invitation.email })
              : errorText(failure)
        }
      />
      {isLoading ? (
        <Loading shape="form" />
      ) : isAuthenticated ? (
        <Stack gap="sm">
          <Button onClick={() => void begin()} loading={busy}>
            {t("session:invitation.accept")}
          </Button>
          {wrongAccount ? (
            <Button
              variant="default"
              onClick={() => void authClient.signOut().then(() => setFailure(null))}
            >
              {t("session:signOut")}
            </Button>
          ) : null}
        </Stack>
      ) : (
        <InvitationAccount token={token} invitation={invitation} />
      )}
    </EntryFrame>
  );
}
