import { Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import type { Series } from "../../../convex/domain/imports/observations";
import { useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { SelectField } from "../../ui/fields";
import { Panel } from "../../ui/Panel";
import { type Choice, SearchChoice } from "../../ui/SearchChoice";

export type ImportGoal = FunctionReturnType<typeof api.ieps.getIEPWithGoals>["goals"][number];
export type Matches = Partial<Record<string, { student: Choice | null; goal: ImportGoal | null }>>;

/** Which goal each series of the file belongs to: never guessed by name alone, always chosen. */
export function MatchSeries({
  series,
  matches,
  onMatch,
}: {
  series: readonly Series[];
  matches: Matches;
  onMatch: (matches: Matches) => void;
}) {
  const { t } = useTranslation("imports");
  return (
    <Panel title={t("match.title")}>
      <Stack gap="lg">
        <Text size="sm">{t("match.text")}</Text>
        {series.map((one) => (
          <SeriesRow
            key={one.key}
            series={one}
            match={matches[one.key] ?? { student: null, goal: null }}
            taken={goalsOfOthers(matches, one.key)}
            onMatch={(match) => onMatch({ ...matches, [one.key]: match })}
          />
        ))}
      </Stack>
    </Panel>
  );
}

/** A goal takes one series: a second one with the same days would be taken for the first and left out. */
function goalsOfOthers(matches: Matches, key: string): Set<string> {
  return new Set(
    Object.entries(matches).flatMap(([other, match]) =>
      other === key || match?.goal == null ? [] : [match.goal._id],
    ),
  );
}

function SeriesRow({
  series,
  match,
  taken,
  onMatch,
}: {
  series: Series;
  match: { student: Choice | null; goal: ImportGoal | null };
  taken: ReadonlySet<string>;
  onMatch: (match: { student: Choice | null; goal: ImportGoal | null }) => void;
}) {
  const { t } = useTranslation("imports");
  const { person } = useFormatting();
  const [search, setSearch] = useState(series.student);
  const found = useQuery(api.students.getStudentsByUser, {
    paginationOpts: { numItems: 20, cursor: null },
    ...(search.trim() === "" ? {} : { search }),
  });
  return (
    <Group
      align="flex-start"
      gap="md"
      role="group"
      aria-label={`${series.student}: ${series.measure}`}
    >
      <Stack gap={0} w={220}>
        <Text fw={600} dir="auto">
          {series.student}
        </Text>
        <Text size="sm" dir="auto">
          {series.measure}
        </Text>
        <Text size="sm" c="dimmed">
          {t("match.rows", { count: series.count })}
        </Text>
      </Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ flex: "1 1 20rem" }}>
        <SearchChoice
          name={`student-${series.key}`}
          label={t("match.student")}
          chosen={match.student}
          onSearch={setSearch}
          onChoose={(student) => onMatch({ student, goal: null })}
          choices={found?.page.map((student) => ({
            value: student._id,
            label: person(student.firstName, student.lastName),
            description: `${student.studentNumber} · ${student.schoolName}`,
          }))}
        />
        {match.student === null ? null : (
          <OpenedGoalChoice
            key={match.student.value}
            name={`goal-${series.key}`}
            studentId={match.student.value as Id<"students">}
            goal={match.goal}
            taken={taken}
            onChoose={(goal) => onMatch({ ...match, goal })}
          />
        )}
      </SimpleGrid>
    </Group>
  );
}

interface GoalChoiceProps {
  name: string;
  studentId: Id<"students">;
  goal: ImportGoal | null;
  taken: ReadonlySet<string>;
  onChoose: (goal: ImportGoal | null) => void;
}

/** Choosing a goal looks into the record, so it is opened here: not by the page's error, which would lose the file. */
function OpenedGoalChoice(props: GoalChoiceProps) {
  const open = useMutation(api.records.openRecords);
  const errorText = useErrorText();
  const [state, setState] = useState<"opening" | "open" | { failure: unknown }>("opening");
  const { studentId } = props;
  useEffect(() => {
    open({ records: [{ table: "students", id: studentId, scope: "record" }] }).then(
      () => setState("open"),
      (failure: unknown) => setState({ failure }),
    );
  }, [open, studentId]);
  if (state === "opening") return null;
  if (state === "open") return <GoalChoice {...props} />;
  return (
    <Text size="sm" role="alert">
      {errorText(state.failure)}
    </Text>
  );
}

function GoalChoice({ name, studentId, goal, taken, onChoose }: GoalChoiceProps) {
  const { t } = useTranslation("imports");
  const active = useQuery(api.ieps.getActiveIEP, { studentId });
  const plan = useQuery(api.ieps.getIEPWithGoals, active == null ? "skip" : { iepId: active._id });
  if (active === null) return <Text size="sm">{t("match.noPlan")}</Text>;
  return (
    <SelectField
      name={name}
      label={t("match.goal")}
      value={goal?._id ?? ""}
      options={(plan?.goals ?? [])
        .filter(({ _id }) => !taken.has(_id))
        .map(({ _id, goalNumber, description }) => ({
          value: _id,
          label: `${String(goalNumber)}. ${description}`,
        }))}
      placeholder={t("match.chooseGoal")}
      onChange={(id) => onChoose(plan?.goals.find(({ _id }) => _id === id) ?? null)}
    />
  );
}
