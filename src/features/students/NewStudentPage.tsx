import { useNavigate } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useMutation } from "../../lib/mutation";
import { useProblemText } from "../../lib/problems";
import { useCurrentUser } from "../../lib/session";
import { newClientMutationId } from "../../lib/uniqueId";
import { SelectField } from "../../ui/fields";
import { Loading } from "../../ui/Loading";
import { notifyDone } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { NO_VALUES, StudentForm } from "./StudentForm";

export function NewStudentPage() {
  const { t } = useTranslation("students");
  const { acting } = useCurrentUser();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const organization = useQuery(api.organizations.getOrganization, {});
  const create = useMutation(api.students.createStudent);
  const [clientMutationId] = useState(newClientMutationId);
  const [chosenSchool, setChosenSchool] = useState("");
  const [tried, setTried] = useState(false);
  if (organization === undefined) return <Loading shape="form" />;
  const schools = organization.schools.filter(
    ({ _id }) => acting?.schoolId === undefined || acting.schoolId === _id,
  );
  const onlySchool = schools.length === 1 ? schools[0]?._id : undefined;
  const school = chosenSchool === "" ? (onlySchool ?? "") : chosenSchool;
  const missing = { field: "schoolId", code: "required" as const };
  return (
    <Page title={t("enroll")} back={{ to: "/students", label: t("title") }} width={820}>
      <StudentForm
        draftKey="student.new"
        initial={NO_VALUES}
        gradeSystem={organization.settings?.gradeSystem ?? []}
        extra={{
          content: (
            <SelectField
              name="schoolId"
              label={t("fields.schoolId")}
              value={school}
              options={schools.map(({ _id, name }) => ({ value: _id, label: name }))}
              onChange={setChosenSchool}
              error={tried && school === "" ? problemText(missing) : undefined}
              required
            />
          ),
          problems: () => {
            setTried(true);
            return school === "" ? [missing] : [];
          },
        }}
        submitLabel={t("enroll")}
        onSave={async (student) => {
          const studentId = await create({
            ...{ student, clientMutationId },
            schoolId: school as Id<"organizations">,
          });
          notifyDone(t("enrolled"));
          await navigate({ to: "/students/$studentId", params: { studentId } });
        }}
        onCancel={() => void navigate({ to: "/students" })}
      />
    </Page>
  );
}
