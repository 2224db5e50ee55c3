import { Anchor, Badge, Button, Group, Stack, Text } from "@mantine/core";
import { IconEye, IconPencil } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { lazy, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { ageOn } from "../../../convex/domain/calendar/calendarDate";
import { useFormatting } from "../../lib/formatting";
import { LaterPart } from "../../lib/LaterPart";
import { useAbility } from "../../lib/session";
import { DefinitionList } from "../../ui/DefinitionList";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import { EnrollmentMenu } from "./EnrollmentMenu";

// Below everything else, with fields and dialogs that the page itself has none of.
const EducationalRightsPanel = lazy(async () => ({
  default: (await import("./EducationalRightsPanel")).EducationalRightsPanel,
}));
const GuardiansPanel = lazy(async () => ({
  default: (await import("./GuardiansPanel")).GuardiansPanel,
}));
const TeamPanel = lazy(async () => ({ default: (await import("./TeamPanel")).TeamPanel }));

export type StudentDetail = FunctionReturnType<typeof api.students.getStudentDetail>;

/** @param plans what the page shows about the student's plans and goals */
export function StudentPage({
  studentId,
  plans,
}: {
  studentId: Id<"students">;
  plans: (student: StudentDetail) => ReactNode;
}) {
  const { t } = useTranslation(["students", "audit", "common"]);
  const isFamily = useAbility("family.view");
  const { person } = useFormatting();
  const student = useQuery(api.students.getStudentDetail, { studentId });
  if (student === undefined) return <Loading />;
  const { abilities } = student;
  return (
    <Page
      title={person(student.firstName, student.lastName)}
      tab={t("students:tab")}
      back={
        isFamily
          ? { to: "/family", label: t("common:navigation.family") }
          : { to: "/students", label: t("common:navigation.students") }
      }
      subtitle={
        <Group gap="xs">
          <Text span>
            {t("students:gradeAt", { grade: student.gradeLevel, school: student.schoolName })}
          </Text>
          <Text span c="dimmed">
            {student.studentNumber}
          </Text>
          {student.enrollmentStatus === "active" ? null : (
            <Badge variant="outline" color="gray">
              {t(`students:enrollment.${student.enrollmentStatus}`)}
            </Badge>
          )}
        </Group>
      }
      actions={
        <>
          {abilities["student.edit"] ? (
            <Button
              component={Link}
              to={`/students/${student._id}/edit`}
              variant="default"
              leftSection={<IconPencil size={18} aria-hidden />}
            >
              {t("common:edit")}
            </Button>
          ) : null}
          {abilities["record.readAccess"] ? (
            <Button
              component={Link}
              to={`/students/${student._id}/access`}
              variant="default"
              leftSection={<IconEye size={18} aria-hidden />}
            >
              {t("audit:access.open")}
            </Button>
          ) : null}
          {abilities["student.changeEnrollment"] ? <EnrollmentMenu student={student} /> : null}
        </>
      }
    >
      {plans(student)}
      <ConfidentialPanel student={student} />
      <LaterPart>
        <TeamPanel student={student} />
        {abilities["student.readGuardians"] ? (
          <>
            <GuardiansPanel studentId={student._id} canManage={abilities["guardianship.manage"]} />
            <EducationalRightsPanel
              studentId={student._id}
              canManage={abilities["guardianship.manage"]}
              canAllow={abilities["guardianship.allowReading"]}
            />
          </>
        ) : null}
      </LaterPart>
    </Page>
  );
}

function ConfidentialPanel({ student }: { student: StudentDetail }) {
  const { t } = useTranslation(["students", "common"]);
  const { date, today } = useFormatting();
  const { confidential } = student;
  if (confidential === null) return null;
  const disability = (key: string) =>
    t(`students:disabilities.${key}` as "students:disabilities.autism");
  return (
    <Panel title={t("students:profile")}>
      <Stack gap="md">
        <DefinitionList
          items={[
            {
              term: t("students:fields.dateOfBirth"),
              description: t("students:bornOn", {
                date: date(confidential.dateOfBirth),
                age: ageOn(confidential.dateOfBirth, today()),
              }),
            },
            {
              term: t("students:fields.primaryDisability"),
              description: disability(confidential.primaryDisability),
            },
            {
              term: t("students:fields.secondaryDisabilities"),
              description:
                confidential.secondaryDisabilities.length === 0
                  ? t("students:noOtherDisabilities")
                  : confidential.secondaryDisabilities.map(disability).join(", "),
            },
            {
              term: t("students:fields.medicalConsiderations"),
              description: confidential.medicalConsiderations ?? t("students:notRecorded"),
            },
            {
              term: t("students:fields.transportationNeeds"),
              description: confidential.transportationNeeds ?? t("students:notRecorded"),
            },
          ]}
        />
        <div>
          <Text size="sm" c="dimmed">
            {t("students:fields.emergencyContacts")}
          </Text>
          {confidential.emergencyContacts.length === 0 ? (
            <Text>{t("students:notRecorded")}</Text>
          ) : (
            confidential.emergencyContacts.map(({ name, relationship, phone, email }) => (
              <Text key={`${name}${phone}`} dir="auto">
                {name}
                {relationship === "" ? "" : ` (${relationship})`}
                {": "}
                <Anchor underline="always" href={`tel:${phone.replace(/[^\d+]/gu, "")}`}>
                  {phone}
                </Anchor>
                {email === undefined ? null : (
                  <>
                    {", "}
                    <Anchor underline="always" href={`mailto:${email}`}>
                      {email}
                    </Anchor>
                  </>
                )}
              </Text>
            ))
          )}
        </div>
      </Stack>
    </Panel>
  );
}
