import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import {
  checkLastDay,
  type EnrollmentStatus,
  nextEnrollmentStatuses,
} from "../../../convex/domain/students/student";
import { useErrorText } from "../../lib/errors";
import { FormDialog } from "../../lib/FormDialog";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { confirmAction } from "../../ui/confirmAction";
import { DateField } from "../../ui/fields";
import { notifyDone, notifyFailed } from "../../ui/notify";
import type { StudentDetail } from "./StudentPage";

/** Enrolment and school: each change asks first, since some cannot be taken back. */
export function EnrollmentMenu({ student }: { student: StudentDetail }) {
  const { t } = useTranslation("students");
  const errorText = useErrorText();
  const organization = useQuery(api.organizations.getOrganization, {});
  const changeEnrollment = useMutation(api.students.changeEnrollment);
  const transfer = useMutation(api.students.transferToSchool);
  const next = nextEnrollmentStatuses(student.enrollmentStatus);
  const schools = (organization?.schools ?? []).filter(({ _id }) => _id !== student.schoolId);
  const about = { studentId: student._id, expectedVersion: student.version };
  const [leaving, setLeaving] = useState<EnrollmentStatus | null>(null);
  const confirmed = async (text: string, confirmLabel: string, act: () => Promise<unknown>) => {
    if (!(await confirmAction({ title: t("changeEnrollment"), text, confirmLabel }))) return;
    try {
      await act();
      notifyDone(t("changed"));
    } catch (error) {
      notifyFailed(errorText(error));
    }
  };
  if (next.length === 0) return null;
  const menu = (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
          {t("changeEnrollment")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {next.map((status) => (
          <Menu.Item
            key={status}
            onClick={() =>
              status === "active"
                ? void confirmed(t("enrollmentText.active"), t("enrollmentAction.active"), () =>
                    changeEnrollment({ ...about, status }),
                  )
                : setLeaving(status)
            }
          >
            {t(`enrollmentAction.${status}`)}
          </Menu.Item>
        ))}
        {schools.length === 0 || student.enrollmentStatus !== "active" ? null : (
          <>
            <Menu.Divider />
            <Menu.Label>{t("moveToSchool")}</Menu.Label>
            {schools.map(({ _id, name }) => (
              <Menu.Item
                key={_id}
                onClick={() =>
                  void confirmed(t("moveText", { school: name }), t("move"), () =>
                    transfer({ ...about, schoolId: _id }),
                  )
                }
              >
                {name}
              </Menu.Item>
            ))}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
  return (
    <>
      {menu}
      {leaving === null ? null : (
        <LastDayDialog
          status={leaving}
          save={(on) => changeEnrollment({ ...about, status: leaving, on })}
          onClose={() => setLeaving(null)}
        />
      )}
    </>
  );
}

/** Of whom the day is said: families tell it late, and what has to be kept how long is counted from it. */
function LastDayDialog({
  status,
  save,
  onClose,
}: {
  status: EnrollmentStatus;
  save: (on: string) => Promise<unknown>;
  onClose: () => void;
}) {
  const { t } = useTranslation("students");
  const { today } = useFormatting();
  const [lastDay, setLastDay] = useState(today());
  return (
    <FormDialog
      title={t(`enrollmentAction.${status}`)}
      help={t(`enrollmentText.${status}`)}
      submitLabel={t(`enrollmentAction.${status}`)}
      done={t("changed")}
      check={() => checkLastDay(lastDay, today())}
      save={() => save(lastDay)}
      onClose={onClose}
    >
      {(errorOf) => (
        <DateField
          {...errorOf("on")}
          name="on"
          label={t("lastDay")}
          value={lastDay}
          onChange={setLastDay}
          max={today()}
          required
        />
      )}
    </FormDialog>
  );
}
