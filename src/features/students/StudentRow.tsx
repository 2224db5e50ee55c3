import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { FunctionReturnType } from "convex/server";
import { useTranslation } from "react-i18next";
import type { api } from "../../../convex/_generated/api";
import { useFormatting } from "../../lib/formatting";
import classes from "./StudentRow.module.css";
import { IepStatusBadge } from "./studentStatus";

type Student = FunctionReturnType<typeof api.students.getStudentsByUser>["page"][number];

export function StudentRow({ student }: { student: Student }) {
  const { t } = useTranslation("students");
  const { person } = useFormatting();
  return (
    <Link
      to="/students/$studentId"
      params={{ studentId: student._id }}
      className={classes.row}
      preload="intent"
    >
      <span className={classes.name}>
        <Text span fw={600} dir="auto">
          {person(student.firstName, student.lastName)}
        </Text>
        <Text span size="sm" c="dimmed">
          {student.studentNumber}
        </Text>
      </span>
      <span className={classes.place}>
        {t("gradeAt", { grade: student.gradeLevel, school: student.schoolName })}
        <Text span size="sm" c="dimmed" className={classes.manager}>
          {student.caseManagerName === null
            ? t("noCaseManager")
            : t("caseManagerIs", { name: student.caseManagerName })}
        </Text>
      </span>
      <span className={classes.status}>
        {student.enrollmentStatus === "active" ? (
          <IepStatusBadge status={student.iepStatus} expirationDate={student.iepExpirationDate} />
        ) : (
          t(`enrollment.${student.enrollmentStatus}`)
        )}
      </span>
    </Link>
  );
}
