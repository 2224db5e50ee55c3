import { useNavigate } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { Loading } from "../../ui/Loading";
import { notifyDone } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { StudentForm, type StudentValues } from "./StudentForm";
import type { StudentDetail } from "./StudentPage";

export function EditStudentPage({ studentId }: { studentId: Id<"students"> }) {
  const student = useQuery(api.students.getStudentDetail, { studentId });
  const organization = useQuery(api.organizations.getOrganization, {});
  if (student === undefined || organization === undefined) return <Loading shape="form" />;
  return <EditForm student={student} gradeSystem={organization.settings?.gradeSystem ?? []} />;
}

function EditForm({
  student,
  gradeSystem,
}: {
  student: StudentDetail;
  gradeSystem: readonly string[];
}) {
  const { t } = useTranslation("students");
  const { person } = useFormatting();
  const navigate = useNavigate();
  const edit = useMutation(api.students.editStudent);
  // What the person began with: a save in another window must be noticed, not overwritten.
  const [{ initial, version }] = useState(() => ({
    initial: valuesOf(student),
    version: student.version,
  }));
  const name = person(student.firstName, student.lastName);
  const toStudent = () =>
    navigate({ to: "/students/$studentId", params: { studentId: student._id } });
  return (
    <Page
      title={t("editTitle", { name })}
      tab={t("tab")}
      back={{ to: `/students/${student._id}`, label: name }}
      width={820}
    >
      <StudentForm
        draftKey={`student.${student._id}`}
        initial={initial}
        gradeSystem={gradeSystem}
        submitLabel={t("save")}
        onSave={async (input) => {
          await edit({ studentId: student._id, student: input, expectedVersion: version });
          notifyDone(t("changed"));
          await toStudent();
        }}
        onCancel={() => void toStudent()}
      />
    </Page>
  );
}

function valuesOf({ confidential, ...student }: StudentDetail): StudentValues {
  return {
    firstName: student.firstName,
    lastName: student.lastName,
    studentNumber: student.studentNumber,
    gradeLevel: student.gradeLevel,
    dateOfBirth: confidential?.dateOfBirth ?? "",
    primaryDisability: confidential?.primaryDisability ?? "",
    secondaryDisabilities: confidential?.secondaryDisabilities ?? [],
    emergencyContacts: (confidential?.emergencyContacts ?? []).map(
      ({ email = "", ...contact }) => ({
        ...contact,
        email,
      }),
    ),
    medicalConsiderations: confidential?.medicalConsiderations ?? "",
    transportationNeeds: confidential?.transportationNeeds ?? "",
  };
}
