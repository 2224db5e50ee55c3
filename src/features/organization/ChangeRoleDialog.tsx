import { Modal, Stack } from "@mantine/core";
import { useQuery } from "convex/react";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useErrorText } from "../../lib/errors";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { useCurrentUser } from "../../lib/session";
import { SelectField } from "../../ui/fields";
import { FormActions } from "../../ui/FormActions";
import { notifyDone } from "../../ui/notify";
import { ProblemSummary } from "../../ui/ProblemSummary";
import type { Member } from "./MemberActions";

const ROLES = ["admin", "teacher", "specialist", "paraprofessional"] as const;
/** Stands for the whole district. */
const ALL = "all";

export function ChangeRoleDialog({
  member,
  name,
  onClose,
}: {
  member: Member;
  name: string;
  onClose: () => void;
}) {
  const { t } = useTranslation(["organization", "common"]);
  const errorText = useErrorText();
  const { acting } = useCurrentUser();
  const organization = useQuery(api.organizations.getOrganization, {});
  const change = useMutation(api.memberships.changeRole);
  const { run, saving, error } = useSaving();
  const [role, setRole] = useState<Member["role"]>(member.role);
  const [school, setSchool] = useState<string>(member.schoolId ?? ALL);
  const places = [
    ...(acting?.schoolId === undefined
      ? [{ value: ALL, label: t("organization:allSchools") }]
      : []),
    ...(organization?.schools ?? [])
      .filter(({ _id }) => acting?.schoolId === undefined || acting.schoolId === _id)
      .map((place) => ({ value: place._id, label: place.name })),
  ];
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void run(() =>
      change({
        ...{ membershipId: member.membershipId, role },
        ...(school === ALL ? {} : { schoolId: school as Id<"organizations"> }),
      }),
    ).then((done) => {
      if (!done) return;
      notifyDone(t("organization:saved"));
      onClose();
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("organization:changeRoleOf", { name })}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <ProblemSummary problems={[]} message={error === null ? undefined : errorText(error)} />
          <SelectField
            name="role"
            label={t("organization:columns.role")}
            value={role}
            options={ROLES.map((value) => ({ value, label: t(`common:roles.${value}`) }))}
            onChange={(value) => setRole(value as Member["role"])}
          />
          <SelectField
            name="school"
            label={t("organization:columns.school")}
            value={school}
            options={places}
            onChange={setSchool}
          />
          <FormActions
            submitLabel={t("organization:changeRole")}
            saving={saving}
            onCancel={onClose}
          />
        </Stack>
      </form>
    </Modal>
  );
}
