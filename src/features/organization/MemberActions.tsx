import { Alert, Button, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import type { FunctionReturnType } from "convex/server";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { notifyDone, notifyFailed } from "../../ui/notify";
import { ChangeRoleDialog } from "./ChangeRoleDialog";
import { ReasonDialog } from "./ReasonDialog";
import { TransferDialog, useCaseload } from "./TransferDialog";

export type Member = FunctionReturnType<typeof api.users.getUsersByOrganization>["page"][number];

/** Before somebody leaves: who would be left without them. */
function CaseloadNotice({
  membershipId,
  name,
}: {
  membershipId: Member["membershipId"];
  name: string;
}) {
  const { t } = useTranslation("organization");
  const caseload = useCaseload(membershipId);
  if (caseload === undefined || caseload.students.length === 0) return null;
  return (
    <Alert color="yellow" variant="outline">
      {t("transfer.before", { name })}
    </Alert>
  );
}

/** What an administrator does with somebody else's membership. */
export function MemberActions({ member }: { member: Member }) {
  const { t } = useTranslation(["organization", "common"]);
  const { person } = useFormatting();
  const errorText = useErrorText();
  const suspend = useMutation(api.memberships.suspendMembership);
  const reinstate = useMutation(api.memberships.reinstateMembership);
  const end = useMutation(api.memberships.endMembership);
  const [dialog, setDialog] = useState<"suspend" | "end" | "role" | "transfer" | null>(null);
  const { membershipId, status } = member;
  const name = person(member.firstName, member.lastName);
  const isStaff = member.role !== "parent" && member.role !== "student";
  const close = () => setDialog(null);
  const bringBack = async () => {
    try {
      await reinstate({ membershipId });
      notifyDone(t("organization:reinstated", { name }));
    } catch (error) {
      notifyFailed(errorText(error));
    }
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="default"
            size="compact-md"
            aria-label={t("organization:actionsFor", { name })}
          >
            <IconDots size={18} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {status === "active" && isStaff ? (
            <Menu.Item onClick={() => setDialog("role")}>{t("organization:changeRole")}</Menu.Item>
          ) : null}
          {isStaff && member.role !== "admin" ? (
            <Menu.Item onClick={() => setDialog("transfer")}>
              {t("organization:transfer.title")}
            </Menu.Item>
          ) : null}
          {status === "active" ? (
            <Menu.Item onClick={() => setDialog("suspend")}>{t("organization:suspend")}</Menu.Item>
          ) : (
            <Menu.Item onClick={() => void bringBack()}>{t("organization:reinstate")}</Menu.Item>
          )}
          <Menu.Item color="red.9" onClick={() => setDialog("end")}>
            {t("organization:endMembership")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === "suspend" ? (
        <ReasonDialog
          draftKey={`suspend.${membershipId}`}
          title={t("organization:suspend")}
          text={t("organization:suspendText", { name })}
          onConfirm={(reason) => suspend({ membershipId, reason })}
          onClose={close}
        />
      ) : null}
      {dialog === "end" ? (
        <ReasonDialog
          draftKey={`endMembership.${membershipId}`}
          title={t("organization:endMembership")}
          text={t("organization:endText", { name })}
          onConfirm={(reason) => end({ membershipId, reason })}
          notice={isStaff ? <CaseloadNotice {...{ membershipId, name }} /> : null}
          onClose={close}
        />
      ) : null}
      {dialog === "transfer" ? (
        <TransferDialog {...{ membershipId, name }} onClose={close} />
      ) : null}
      {dialog === "role" ? <ChangeRoleDialog {...{ member, name }} onClose={close} /> : null}
    </>
  );
}
