import { SimpleGrid, Stack } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { isCalendarDate } from "../../../convex/domain/calendar/calendarDate";
import { checkIepContent } from "../../../convex/domain/ieps/content";
import { checkIepDates, defaultExpiration } from "../../../convex/domain/ieps/dates";
import type { Problem } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { errorProblems, useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useSaving } from "../../lib/mutations";
import { problemsByField, useProblemText } from "../../lib/problems";
import { DateField, NumberField, TextArea } from "../../ui/fields";
import { DraftNotice } from "../../ui/DraftNotice";
import { FormActions } from "../../ui/FormActions";
import { Panel } from "../../ui/Panel";
import { ProblemSummary } from "../../ui/ProblemSummary";
import { type IepValues, SERVICES, toIepContent, toIepDates } from "./iepValues";

/** @param reviewCycle months from one annual review to the next, as the district has set them */
export function IepForm({
  draftKey,
  initial,
  reviewCycle,
  submitLabel,
  onSave,
  onCancel,
}: {
  draftKey: string;
  initial: IepValues;
  reviewCycle: number;
  submitLabel: string;
  onSave: (values: IepValues) => Promise<unknown>;
  onCancel: () => void;
}) {
  const { t } = useTranslation(["ieps", "common"]);
  const { date } = useFormatting();
  const problemText = useProblemText();
  const errorText = useErrorText();
  const { run, saving, error } = useSaving();
  const [values, setValues, draft] = useDraft(draftKey, initial);
  const [checked, setChecked] = useState<Problem[]>([]);
  const problems = [...checked, ...errorProblems(error)];
  const byField = problemsByField(problems);
  const set = (part: Partial<IepValues>) => setValues((before) => ({ ...before, ...part }));
  const errorOf = (path: string) => {
    const problem = byField[path];
    return problem === undefined ? undefined : problemText(problem);
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const found = [
      ...checkIepDates(toIepDates(values), reviewCycle),
      ...checkIepContent(toIepContent(values)),
    ];
    setChecked(found);
    if (found.length > 0) return;
    void run(() => onSave(values)).then((saved) => {
      if (saved) draft.clear();
    });
  };
  /** The last day and the review follow from the first day, until somebody sets them. */
  const setEffectiveDate = (effectiveDate: string) => {
    const follows =
      values.expirationDate === "" ||
      (isCalendarDate(values.effectiveDate) &&
        values.expirationDate === defaultExpiration(values.effectiveDate, reviewCycle));
    const last =
      follows && isCalendarDate(effectiveDate)
        ? defaultExpiration(effectiveDate, reviewCycle)
        : null;
    set({
      effectiveDate,
      ...(last === null ? {} : { expirationDate: last, nextReviewDate: last }),
    });
  };
  const label = (path: string): string => {
    const [first = "", second = ""] = path.split(".");
    if (first === "serviceHours") return t(`ieps:services.${second}` as "ieps:services.counseling");
    const key = `ieps:fields.${first}`;
    return t(key as "ieps:fields.placement");
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <DraftNotice draft={draft} />
        <ProblemSummary
          problems={problems.map((problem) => ({
            field: problem.field,
            label: label(problem.field),
            text: problemText(problem),
          }))}
          message={error === null || problems.length > 0 ? undefined : errorText(error)}
        />
        <Panel title={t("ieps:dates")}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <DateField
              name="meetingDate"
              label={t("ieps:fields.meetingDate")}
              value={values.meetingDate}
              onChange={(meetingDate) => set({ meetingDate })}
              error={errorOf("meetingDate")}
              required
            />
            <DateField
              name="effectiveDate"
              label={t("ieps:fields.effectiveDate")}
              value={values.effectiveDate}
              onChange={setEffectiveDate}
              error={errorOf("effectiveDate")}
              required
            />
            <DateField
              name="expirationDate"
              label={t("ieps:fields.expirationDate")}
              description={
                isCalendarDate(values.effectiveDate)
                  ? t("ieps:arithmetic", {
                      from: date(values.effectiveDate),
                      months: reviewCycle,
                      until: date(defaultExpiration(values.effectiveDate, reviewCycle)),
                    })
                  : t("ieps:arithmeticRule", { months: reviewCycle })
              }
              value={values.expirationDate}
              onChange={(expirationDate) => set({ expirationDate })}
              error={errorOf("expirationDate")}
              required
            />
            <DateField
              name="nextReviewDate"
              label={t("ieps:fields.nextReviewDate")}
              description={t("ieps:reviewRule")}
              value={values.nextReviewDate}
              onChange={(nextReviewDate) => set({ nextReviewDate })}
              error={errorOf("nextReviewDate")}
              required
            />
          </SimpleGrid>
        </Panel>
        <Panel title={t("ieps:placementAndServices")}>
          <Stack gap="md">
            <TextArea
              name="placement"
              label={t("ieps:fields.placement")}
              value={values.placement}
              onChange={(placement) => set({ placement })}
              error={errorOf("placement")}
              required
            />
            <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
              {SERVICES.map((service) => (
                <NumberField
                  key={service}
                  name={`serviceHours.${service}`}
                  label={t(`ieps:services.${service}`)}
                  description={t("ieps:hoursPerWeek")}
                  value={values.hours[service]}
                  onChange={(value) => set({ hours: { ...values.hours, [service]: value } })}
                  error={errorOf(`serviceHours.${service}`)}
                  min={0}
                />
              ))}
            </SimpleGrid>
          </Stack>
        </Panel>
        <FormActions submitLabel={submitLabel} saving={saving} onCancel={onCancel} />
      </Stack>
    </form>
  );
}
