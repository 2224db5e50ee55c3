import { Alert, SimpleGrid, Stack } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "convex/react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { isCalendarDate } from "../../../convex/domain/calendar/calendarDate";
import { defaultExpiration } from "../../../convex/domain/ieps/dates";
import { useFormatting } from "../../lib/formatting";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import { CompletenessPanel } from "./completeness/CompletenessPanel";
import { focusElement } from "./completeness/jump";
import {
  AssessmentsPanel,
  ExtendedSchoolYearPanel,
  SpecialFactorsPanel,
  TransitionPanel,
} from "./fields/DecisionPanels";
import { EnvironmentPanel } from "./fields/EnvironmentPanel";
import { LiveDate } from "./fields/Live";
import { LiveRows } from "./fields/LiveRows";
import { PlanFieldsContext, usePlan } from "./fields/PlanFieldsContext";
import classes from "./fields/PlanFieldsPage.module.css";
import { ServicesPanel } from "./fields/ServicesPanel";

/** The structured part of a plan: every field saves itself and shows what others save. */
export function EditIepPage({ iepId }: { iepId: Id<"ieps"> }) {
  const { t } = useTranslation(["planFields", "ieps"]);
  const plan = useQuery(api.planFields.getPlanFields, { iepId });
  const isWide = useMediaQuery("(min-width: 62em)", true);
  const isLoaded = plan !== undefined;
  // A finding of another page leads here.
  useEffect(() => {
    const id = window.location.hash.slice(1);
    if (isLoaded && id !== "") focusElement(id);
  }, [isLoaded]);
  if (plan === undefined) return <Loading shape="form" />;
  const { studentId, studentName, abilities } = plan;
  return (
    <PlanFieldsContext.Provider value={{ iepId, plan }}>
      <Page
        title={t("ieps:editPlan", { name: studentName })}
        tab={t("ieps:tab")}
        back={{ to: `/ieps/${iepId}`, label: t("ieps:planOf", { name: studentName }) }}
      >
        {abilities["iep.editFields"] ? null : (
          <Alert variant="outline" color="gray">
            {t("planFields:readOnly")}
          </Alert>
        )}
        <div className={classes.columns}>
          <Panels iepId={iepId} />
          <aside className={classes.aside} aria-label={t("planFields:missing")}>
            <CompletenessPanel
              key={isWide ? "wide" : "narrow"}
              {...{ iepId, studentId }}
              open={isWide}
            />
          </aside>
        </div>
      </Page>
    </PlanFieldsContext.Provider>
  );
}

function Panels({ iepId }: { iepId: Id<"ieps"> }) {
  const { t } = useTranslation(["planFields", "ieps"]);
  const { fields } = usePlan();
  const { effectiveDate, expirationDate } = fields;
  return (
    <Stack gap="lg" miw={0}>
      <Dates />
      <EnvironmentPanel />
      <ServicesPanel iepId={iepId} dates={{ effectiveDate, expirationDate }} />
      <Panel title={t("planFields:supports")}>
        <Stack gap="lg">
          <LiveRows list="accommodations" title={t("ieps:accommodations")} />
          <LiveRows list="modifications" title={t("ieps:modifications")} />
        </Stack>
      </Panel>
      <SpecialFactorsPanel />
      <AssessmentsPanel />
      <ExtendedSchoolYearPanel />
      <TransitionPanel />
    </Stack>
  );
}

function Dates() {
  const { t } = useTranslation("ieps");
  const { date } = useFormatting();
  const { plan, fields } = usePlan();
  const { effectiveDate } = fields;
  const last = isCalendarDate(effectiveDate)
    ? t("arithmetic", {
        from: date(effectiveDate),
        months: plan.reviewCycle,
        until: date(defaultExpiration(effectiveDate, plan.reviewCycle)),
      })
    : t("arithmeticRule", { months: plan.reviewCycle });
  return (
    <Panel title={t("dates")}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} verticalSpacing={0}>
        <LiveDate field="meetingDate" label={t("fields.meetingDate")} required />
        <LiveDate field="effectiveDate" label={t("fields.effectiveDate")} required />
        <LiveDate
          field="expirationDate"
          label={t("fields.expirationDate")}
          description={last}
          required
        />
        <LiveDate
          field="nextReviewDate"
          label={t("fields.nextReviewDate")}
          description={t("reviewRule")}
          required
        />
      </SimpleGrid>
    </Panel>
  );
}
