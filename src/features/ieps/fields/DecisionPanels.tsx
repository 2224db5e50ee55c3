/** What is chosen and said in a few words: special factors, assessments, extended school year, transition, majority. */
import { SimpleGrid, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import {
  ASSESSMENTS,
  PARTICIPATIONS,
  SPECIAL_FACTORS,
} from "../../../../convex/domain/ieps/structure";
import { Panel } from "../../../ui/Panel";
import { AnswerMark } from "./AnswerMark";
import { LiveDate, LiveSelect, LiveText, LiveYesNo } from "./Live";
import { LiveRows } from "./LiveRows";
import { usePlan } from "./PlanFieldsContext";

export function SpecialFactorsPanel() {
  const { t } = useTranslation("planFields");
  return (
    <Panel title={t("specialFactors")} actions={<AnswerMark answer="specialFactors" />}>
      <Stack gap="md">
        {SPECIAL_FACTORS.map((factor) => (
          <SimpleGrid key={factor} cols={{ base: 1, sm: 2 }} verticalSpacing={0}>
            <LiveYesNo
              field={`specialFactors.${factor}.needed`}
              label={t(`factors.${factor}`)}
              description={t(`factorHelp.${factor}`)}
              yes={t("needed")}
              no={t("notNeeded")}
            />
            <LiveText field={`specialFactors.${factor}.how`} label={t("how")} minRows={2} />
          </SimpleGrid>
        ))}
      </Stack>
    </Panel>
  );
}

export function AssessmentsPanel() {
  const { t } = useTranslation("planFields");
  const { fields } = usePlan();
  const options = PARTICIPATIONS.map((value) => ({ value, label: t(`participations.${value}`) }));
  return (
    <Panel title={t("assessments")} actions={<AnswerMark answer="assessments" />}>
      <Stack gap="sm">
        {ASSESSMENTS.map((assessment) => {
          const { participation } = fields.assessments[assessment];
          const field = (part: string) => `assessments.${assessment}.${part}`;
          return (
            <Stack key={assessment} gap={0}>
              <LiveSelect
                field={field("participation")}
                label={t(`assessment.${assessment}`)}
                options={options}
              />
              {participation === "accommodated" ? (
                <LiveText field={field("accommodations")} label={t("whichAccommodations")} />
              ) : null}
              {participation === "alternate" ? (
                <SimpleGrid cols={{ base: 1, sm: 2 }}>
                  <LiveText field={field("whyNotRegular")} label={t("whyNotRegular")} minRows={2} />
                  <LiveText
                    field={field("whyAppropriate")}
                    label={t("whyAppropriate")}
                    minRows={2}
                  />
                </SimpleGrid>
              ) : null}
            </Stack>
          );
        })}
      </Stack>
    </Panel>
  );
}

export function ExtendedSchoolYearPanel() {
  const { t } = useTranslation("planFields");
  return (
    <Panel title={t("extendedSchoolYear")} actions={<AnswerMark answer="extendedSchoolYear" />}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} verticalSpacing={0}>
        <LiveYesNo
          field="extendedSchoolYear.needed"
          label={t("extendedSchoolYearNeeded")}
          description={t("extendedSchoolYearHelp")}
          yes={t("needed")}
          no={t("notNeeded")}
        />
        <LiveText field="extendedSchoolYear.reason" label={t("how")} minRows={2} />
      </SimpleGrid>
    </Panel>
  );
}

const TRANSITION_LISTS = [
  ...(["postSecondary", "transitionAssessments", "transitionServices"] as const),
  ...(["coursesOfStudy", "agencies"] as const),
];

export function TransitionPanel() {
  const { t } = useTranslation("planFields");
  return (
    <Panel title={t("transition")}>
      <Stack gap="lg" id="list-transition" tabIndex={-1}>
        <Text size="sm" c="dimmed">
          {t("transitionHelp")}
        </Text>
        {TRANSITION_LISTS.map((list) => (
          <LiveRows key={list} list={list} title={t(`lists.${list}`)} />
        ))}
        <LiveYesNo
          field="invitation.studentInvited"
          label={t("studentInvited")}
          yes={t("yes")}
          no={t("no")}
        />
        <LiveDate
          field="ageOfMajority.informedOn"
          label={t("informedOn")}
          description={t("informedOnHelp")}
        />
      </Stack>
    </Panel>
  );
}
