import { List, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { StaffChoice } from "../../lib/StaffChoice";
import { FormActions } from "../../ui/FormActions";
import { Loading } from "../../ui/Loading";
import { notifyDone } from "../../ui/notify";
import { ProblemSummary } from "../../ui/ProblemSummary";
import type { Choice } from "../../ui/SearchChoice";

/** Everything that somebody is in charge of, to a colleague: seen first, then handed over. */
export function TransferDialog({
  membershipId,
  name,
  onClose,
}: {
  membershipId: Id<"memberships">;
  name: string;
  onClose: () => void;
}) {
  const { t } = useTranslation(["organization", "problems", "common"]);
  const errorText = useErrorText();
  const caseload = useCaseload(membershipId);
  const transfer = useMutation(api.memberships.transferCaseload);
  const { run, saving, error } = useSaving();
  const [to, setTo] = useState<Choice | null>(null);
  const [missing, setMissing] = useState(false);
  const handOver = async (toUserId: Id<"users">) => {
    let [moved, left] = [0, 0];
    let cursor: string | null = null;
    // A page at a time: what has been handed over stays so if the connection is lost in between.
    for (;;) {
      const step: { moved: number; left: number; isDone: boolean; continueCursor: string } =
        await transfer({ membershipId, toUserId, cursor });
      moved += step.moved;
      left += step.left;
      if (step.isDone) break;
      cursor = step.continueCursor;
    }
    const parts = [
      t("organization:transfer.done", { count: moved }),
      ...(left === 0 ? [] : [t("organization:transfer.left", { count: left })]),
    ];
    notifyDone(parts.join(" "));
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setMissing(to === null);
    if (to === null) return;
    void run(() => handOver(to.value as Id<"users">)).then((done) => {
      if (done) onClose();
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("organization:transfer.of", { name })}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {caseload === undefined ? (
        <Loading shape="list" />
      ) : caseload.students.length === 0 ? (
        <Text>{t("organization:transfer.nothing", { name })}</Text>
      ) : (
        <form onSubmit={submit} noValidate>
          <Stack gap="md">
            <Students {...{ caseload, name }} />
            <Text size="sm" c="dimmed">
              {t("organization:transfer.text")}
            </Text>
            <ProblemSummary problems={[]} message={error === null ? undefined : errorText(error)} />
            <StaffChoice
              name="successor"
              label={t("organization:transfer.to")}
              chosen={to}
              onChoose={setTo}
              {...(missing && to === null ? { error: t("problems:codes.required") } : {})}
              required
            />
            <FormActions
              submitLabel={t("organization:transfer.title")}
              saving={saving}
              onCancel={onClose}
            />
          </Stack>
        </form>
      )}
    </Modal>
  );
}

function Students({
  caseload: { students, truncated },
  name,
}: {
  caseload: NonNullable<ReturnType<typeof useCaseload>>;
  name: string;
}) {
  const { t } = useTranslation(["organization", "students"]);
  const { person } = useFormatting();
  return (
    <div>
      <Text fw={600}>{t("organization:transfer.count", { name, count: students.length })}</Text>
      <List size="sm" mah={220} style={{ overflowY: "auto" }} tabIndex={0}>
        {students.map((student) => (
          <List.Item key={student._id}>
            <bdi>{person(student.firstName, student.lastName)}</bdi>
            {`, ${t(`students:team.functions.${student.function}`)}`}
            {student.goals === 0
              ? ""
              : `, ${t("organization:transfer.goals", { count: student.goals })}`}
          </List.Item>
        ))}
        {truncated ? <List.Item>{t("organization:transfer.more")}</List.Item> : null}
      </List>
    </div>
  );
}

/** Undefined while it loads. */
export function useCaseload(membershipId: Id<"memberships">) {
  return useQuery(api.memberships.getCaseload, { membershipId });
}
