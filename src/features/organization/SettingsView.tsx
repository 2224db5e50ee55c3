import { useTranslation } from "react-i18next";
import { SIGNATURE_DEFAULTS, SIGNATURE_RULES } from "../../../convex/domain/ieps/signers";
import {
  type OrganizationSettings,
  readsLive,
} from "../../../convex/domain/organizations/settings";
import { progressSettingsFrom, RULES } from "../../../convex/domain/progress/rules";
import { MAJORITY_AGE } from "../../../convex/domain/students/majority";
import { useFormatting } from "../../lib/formatting";
import { DefinitionList } from "../../ui/DefinitionList";
import { Panel } from "../../ui/Panel";

/** The cycles for those who do not set them. */
export function SettingsView({ settings }: { settings: OrganizationSettings }) {
  const { t } = useTranslation("organization");
  const { date } = useFormatting();
  const { complianceSettings, academicYear, gradeSystem, reportingPeriods, timezone } = settings;
  const { idleMinutes, requireSecondFactor = "none" } = settings.securitySettings ?? {};
  const signatures = settings.signatureSettings ?? SIGNATURE_DEFAULTS;
  const rules = progressSettingsFrom(settings.progressSettings);
  return (
    <Panel title={t("cycles")}>
      <DefinitionList
        items={[
          {
            term: t("fields.complianceSettings_iepReviewCycle"),
            description: t("months", { count: complianceSettings.iepReviewCycle }),
          },
          {
            term: t("fields.complianceSettings_evaluationCycle"),
            description: t("months", { count: complianceSettings.evaluationCycle }),
          },
          {
            term: t("fields.complianceSettings_transitionAge"),
            description: t("years", { count: complianceSettings.transitionAge }),
          },
          {
            term: t("fields.complianceSettings_ageOfMajority"),
            description: t("years", { count: complianceSettings.ageOfMajority ?? MAJORITY_AGE }),
          },
          {
            term: t("fields.complianceSettings_objectivesForAll"),
            description: t(complianceSettings.objectivesForAll === true ? "ruleOn" : "ruleOff"),
          },
          {
            term: t("academicYear"),
            description: t("fromTo", {
              from: date(academicYear.start),
              until: date(academicYear.end),
            }),
          },
          {
            term: t("fields.reportingPeriods"),
            description: reportingPeriods
              .map(
                ({ name, start, end, issueBy }) =>
                  `${name}: ${t("fromTo", { from: date(start), until: date(end) })}` +
                  (issueBy === undefined ? "" : ` · ${t("periodIssueBy")} ${date(issueBy)}`),
              )
              .join("\n"),
          },
          {
            term: t("progressRules"),
            description: RULES.filter((rule) => rules[rule])
              .map((rule) => t(`fields.progressSettings_${rule}`))
              .join(", "),
          },
          {
            term: t("fields.progressSettings_quietDays"),
            description: String(rules.quietDays),
          },
          {
            term: t("fields.familySettings_liveProgress"),
            description: t(readsLive(settings) ? "ruleOn" : "ruleOff"),
          },
          {
            term: t("signatureRules"),
            description:
              SIGNATURE_RULES.filter((rule) => signatures[rule])
                .map((rule) => t(`signatureNames.${rule}`))
                .join(", ") || t("ruleOff"),
          },
          { term: t("fields.gradeSystem"), description: gradeSystem.join(", ") },
          { term: t("fields.timezone"), description: timezone },
          {
            term: t("fields.securitySettings_requireSecondFactor"),
            description: t(`secondFactorRules.${requireSecondFactor}`),
          },
          ...(idleMinutes === undefined
            ? []
            : [
                {
                  term: t("fields.securitySettings_idleMinutes"),
                  description: t("minutes", { count: idleMinutes }),
                },
              ]),
        ]}
      />
    </Panel>
  );
}
