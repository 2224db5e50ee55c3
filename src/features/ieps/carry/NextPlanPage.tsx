import { Alert, Anchor, Button, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconFilePlus } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../../convex/_generated/api";
import type { Id } from "../../../../convex/_generated/dataModel";
import { addDays, isCalendarDate } from "../../../../convex/domain/calendar/calendarDate";
import { checkIepDates, defaultExpiration } from "../../../../convex/domain/ieps/dates";
import type { Problem } from "../../../../convex/domain/validation/problem";
import { useDraft } from "../../../lib/drafts";
import { errorProblems, useErrorText } from "../../../lib/errors";
import { useFormatting } from "../../../lib/formatting";
import { useMutation } from "../../../lib/mutation";
import { useSaving } from "../../../lib/mutations";
import { problemsByField, useProblemText } from "../../../lib/problems";
import { newClientMutationId } from "../../../lib/uniqueId";
import { DraftNotice } from "../../../ui/DraftNotice";
import { EmptyState } from "../../../ui/EmptyState";
import { DateField, RadioField } from "../../../ui/fields";
import { FormActions } from "../../../ui/FormActions";
import { Loading } from "../../../ui/Loading";
import { notifyDone } from "../../../ui/notify";
import { Page } from "../../../ui/Page";
import { Panel } from "../../../ui/Panel";
import { ProblemSummary } from "../../../ui/ProblemSummary";
import { ChooseItems } from "./ChooseItems";

type Source = NonNullable<FunctionReturnType<typeof api.carryForward.getSource>>;
/** The longest cycle that the law allows, for those who do not see the district's settings. */
const ANNUAL = 12;
const SENTENCES = ["none", "en", "es", "both"] as const;

/** Next year's draft, begun from this year's plan: what comes over is chosen here, on one page. */
export function NextPlanPage({ studentId }: { studentId: Id<"students"> }) {
  const { t } = useTranslation("carry");
  const { person } = useFormatting();
  const student = useQuery(api.students.getStudentDetail, { studentId });
  const organization = useQuery(api.organizations.getOrganization, {});
  const source = useQuery(api.carryForward.getSource, { studentId });
  if (student === undefined || organization === undefined || source === undefined)
    return <Loading shape="form" />;
  const name = person(student.firstName, student.lastName);
  return (
    <Page
      title={t("title", { name })}
      tab={t("open")}
      back={{ to: `/students/${studentId}`, label: name }}
      width={900}
    >
      {source === null ? (
        <EmptyState
          icon={<IconFilePlus size={40} />}
          title={t("none")}
          text={t("noneText")}
          action={
            <Button component={Link} to={`/students/${studentId}/ieps/new`}>
              {t("emptyDraft")}
            </Button>
          }
        />
      ) : (
        <NextPlanForm
          {...{ studentId, source }}
          reviewCycle={organization.settings?.complianceSettings.iepReviewCycle ?? ANNUAL}
        />
      )}
    </Page>
  );
}

interface Values {
  meetingDate: string;
  effectiveDate: string;
  expirationDate: string;
  sentences: (typeof SENTENCES)[number];
  /** Of the items that the person has not touched, `goesOn` says. */
  chosen: string[];
}

/** What was closed during the year does not go on, unless somebody says so. */
const goesOn = ({ items }: Source): string[] =>
  items.filter(({ goal }) => goal === null || goal.over === null).map(({ id }) => id);

function initialValues(source: Source, reviewCycle: number, language: "en" | "es"): Values {
  const effectiveDate = addDays(source.expirationDate, 1);
  return {
    ...{ meetingDate: "", effectiveDate },
    expirationDate: defaultExpiration(effectiveDate, reviewCycle),
    ...{ sentences: language, chosen: goesOn(source) },
  };
}

function NextPlanForm({
  studentId,
  source,
  reviewCycle,
}: {
  studentId: Id<"students">;
  source: Source;
  reviewCycle: number;
}) {
  const { t, i18n } = useTranslation(["carry", "ieps"]);
  const { date } = useFormatting();
  const problemText = useProblemText();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const begin = useMutation(api.carryForward.beginNextPlan);
  const { run, saving, error } = useSaving();
  const [clientMutationId] = useState(newClientMutationId);
  const [values, setValues, draft] = useDraft<Values>(
    `iep.next.${source.iepId}`,
    initialValues(source, reviewCycle, i18n.language.startsWith("es") ? "es" : "en"),
  );
  const [checked, setChecked] = useState<Problem[]>([]);
  const problems = [...checked, ...errorProblems(error)];
  const byField = problemsByField(problems);
  const set = (part: Partial<Values>) => setValues((before) => ({ ...before, ...part }));
  const errorOf = (field: string) => {
    const problem = byField[field];
    return problem === undefined ? {} : { error: problemText(problem) };
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const { sentences, chosen, ...dates } = values;
    const found = checkIepDates(dates, reviewCycle);
    setChecked(found);
    if (found.length > 0) return;
    const there = new Set(source.items.map(({ id }) => id));
    const items = chosen.filter((id) => there.has(id));
    void run(async () => {
      const iepId = await begin({
        ...{ studentId, fromId: source.iepId, ...dates, items, sentences, clientMutationId },
      });
      draft.clear();
      notifyDone(t("carry:begun"));
      await navigate({ to: items.length === 0 ? `/ieps/${iepId}` : `/ieps/${iepId}/carried` });
    });
  };
  const setEffectiveDate = (effectiveDate: string) =>
    set({
      effectiveDate,
      ...(isCalendarDate(effectiveDate)
        ? { expirationDate: defaultExpiration(effectiveDate, reviewCycle) }
        : {}),
    });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <DraftNotice draft={draft} />
        <Text>{t("carry:intro", { date: date(source.effectiveDate) })}</Text>
        <OpenDrafts drafts={source.drafts} />
        <ProblemSummary
          problems={problems.map((problem) => ({
            field: problem.field,
            label: t(`ieps:fields.${problem.field}` as "ieps:fields.meetingDate"),
            text: problemText(problem),
          }))}
          message={error === null || problems.length > 0 ? undefined : errorText(error)}
        />
        <Panel title={t("carry:dates")}>
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <DateField
              name="meetingDate"
              label={t("ieps:fields.meetingDate")}
              value={values.meetingDate}
              onChange={(meetingDate) => set({ meetingDate })}
              required
              {...errorOf("meetingDate")}
            />
            <DateField
              name="effectiveDate"
              label={t("ieps:fields.effectiveDate")}
              value={values.effectiveDate}
              onChange={setEffectiveDate}
              required
              {...errorOf("effectiveDate")}
            />
            <DateField
              name="expirationDate"
              label={t("ieps:fields.expirationDate")}
              value={values.expirationDate}
              onChange={(expirationDate) => set({ expirationDate })}
              required
              {...errorOf("expirationDate")}
            />
          </SimpleGrid>
        </Panel>
        <ChooseItems
          items={source.items}
          chosen={values.chosen}
          onChange={(chosen) => set({ chosen })}
        />
        <Panel>
          <RadioField
            name="sentences"
            label={t("carry:sentences")}
            description={t("carry:sentencesHelp")}
            value={values.sentences}
            onChange={(sentences) => set({ sentences: sentences as Values["sentences"] })}
            options={SENTENCES.map((value) => ({ value, label: t(`carry:sentence.${value}`) }))}
          />
        </Panel>
        <FormActions
          submitLabel={t("carry:begin")}
          saving={saving}
          onCancel={() => void navigate({ to: "/students/$studentId", params: { studentId } })}
        />
      </Stack>
    </form>
  );
}

function OpenDrafts({ drafts }: Pick<Source, "drafts">) {
  const { t } = useTranslation("carry");
  const { date } = useFormatting();
  if (drafts.length === 0) return null;
  return (
    <Alert variant="outline" color="yellow">
      <Group gap="xs">
        <Text size="sm">{t("drafts", { count: drafts.length })}</Text>
        {drafts.map(({ _id, effectiveDate }) => (
          <Anchor key={_id} component={Link} to={`/ieps/${_id}`} size="sm" underline="always">
            {t("draftFrom", { date: date(effectiveDate) })}
          </Anchor>
        ))}
      </Group>
    </Alert>
  );
}
