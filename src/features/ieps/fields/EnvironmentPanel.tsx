import { SimpleGrid, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ageOn } from "../../../../convex/domain/calendar/calendarDate";
import {
  environmentCode,
  groupOf,
  regularClassPercent,
} from "../../../../convex/domain/ieps/environment";
import { useFormatting } from "../../../lib/formatting";
import { Panel } from "../../../ui/Panel";
import { AnswerMark } from "./AnswerMark";
import { LiveNumber, LiveSelect, LiveText, LiveYesNo } from "./Live";
import { usePlan } from "./PlanFieldsContext";

const EARLY = [
  ...(["earlyChildhoodProgram", "separateClass", "separateSchool", "residentialFacility"] as const),
  ...(["home", "serviceProvider"] as const),
];
const SCHOOL_AGE = [
  ...(["regularSchool", "separateSchool", "residentialFacility", "homeboundOrHospital"] as const),
  ...(["correctionalFacility", "privateSchoolByParents"] as const),
];

/** Time with nondisabled children: 34 CFR 300.320(a)(5), with the arithmetic and the code that follows. */
export function EnvironmentPanel() {
  const { t } = useTranslation(["planFields", "ieps"]);
  const { plan, fields } = usePlan();
  const { effectiveDate } = fields;
  const age = plan.birthDate === null ? null : ageOn(plan.birthDate, effectiveDate);
  const isEarly = groupOf(age, plan.grade) === "earlyChildhood";
  const options = (isEarly ? EARLY : SCHOOL_AGE).map((value) => ({
    value,
    label: t(`planFields:places.${value}`),
  }));
  return (
    <Panel title={t("planFields:environment")} actions={<AnswerMark answer="environment" />}>
      <Stack gap="xs">
        <AnswerMark answer="placement" />
        <LiveText field="placement" label={t("ieps:fields.placement")} required minRows={2} />
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <LiveSelect field="environment.place" label={t("planFields:place")} options={options} />
          <LiveNumber
            field="environment.schoolWeekMinutes"
            label={t(isEarly ? "planFields:programMinutes" : "planFields:schoolWeekMinutes")}
            suffix={t("planFields:minutesSuffix")}
          />
          {isEarly ? (
            <LiveYesNo
              field="environment.servicesInProgram"
              label={t("planFields:servicesInProgram")}
              yes={t("planFields:yes")}
              no={t("planFields:no")}
            />
          ) : (
            <LiveNumber
              field="environment.regularClassMinutes"
              label={t("planFields:regularClassMinutes")}
              suffix={t("planFields:minutesSuffix")}
            />
          )}
        </SimpleGrid>
        <Arithmetic />
      </Stack>
    </Panel>
  );
}

function Arithmetic() {
  const { t } = useTranslation("planFields");
  const { number } = useFormatting();
  const { plan, fields } = usePlan();
  const environment = { ...fields.environment, placement: fields.placement };
  const percent = regularClassPercent(environment);
  const found = environmentCode(
    { environment, birthDate: plan.birthDate, grade: plan.grade },
    fields.effectiveDate,
  );
  return (
    <Stack gap={2}>
      {percent === null || fields.environment.place !== "regularSchool" ? null : (
        <Text size="sm" data-testid="environment-arithmetic">
          {t("arithmetic", {
            regular: number(environment.regularClassMinutes ?? 0),
            week: number(environment.schoolWeekMinutes ?? 0),
            // Cut, not rounded: 79.96 is not 80.0.
            percent: number(Math.floor(percent * 10) / 10),
          })}
        </Text>
      )}
      <Text size="sm">
        {found.status === "known"
          ? t("code", { code: found.code, meaning: t(`codes.${found.code}`) })
          : t("codeUnknown", {
              missing: found.missing.map((fact) => t(`facts.${fact}`)).join(", "),
            })}
      </Text>
    </Stack>
  );
}
