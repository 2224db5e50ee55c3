import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { IconClipboardCheck, IconUsersGroup } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { searchKey } from "../../../convex/domain/validation/problem";
import { useFormatting } from "../../lib/formatting";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { SearchField } from "../../ui/SearchField";
import { TodayStudent } from "./TodayStudent";
import { useKeptDay } from "./useKeptDay";

const loadSheet = () => import("./LogSheet");
const LogSheet = lazy(async () => ({ default: (await loadSheet()).LogSheet }));

export type Today = FunctionReturnType<typeof api.goals.listTodayGoals>;
export type StudentToday = Today["students"][number];
export type GoalToday = StudentToday["goals"][number];

/** The minute that must be perfect: the student, the goal, the value. */
export function TodayPage() {
  const list = useQuery(api.goals.listTodayGoals, {});
  useKeptDay(list);
  return list === undefined ? <Loading shape="list" /> : <TodayList list={list} />;
}

/** @param offline nothing leads to pages that need a network */
export function TodayList({ list, offline = false }: { list: Today; offline?: boolean }) {
  const { t } = useTranslation("progress");
  const { weekday, today, person } = useFormatting();
  const [search, setSearch] = useState("");
  const [school, setSchool] = useState<string | null>(null);
  const [logging, setLogging] = useState<{ student: StudentToday; goal: GoalToday } | null>(null);
  // The sheet stays while it closes: a second click on its button must not reach what is below.
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    // After the list, and before the first tap. What fails here is tried, and shown, when it is needed.
    loadSheet().catch(() => undefined);
  }, []);
  const schools = new Map(list.students.map(({ schoolId, schoolName }) => [schoolId, schoolName]));
  const shown = list.students.filter(
    (student) =>
      (school === null || student.schoolId === school) &&
      matches(search, person(student.firstName, student.lastName)),
  );
  return (
    <Page
      title={t("today.title")}
      subtitle={weekday(today())}
      actions={
        list.students.length === 0 || offline ? null : (
          <Button
            component={Link}
            to="/session"
            variant="default"
            size="md"
            leftSection={<IconUsersGroup size={18} aria-hidden />}
          >
            {t("session.open")}
          </Button>
        )
      }
    >
      {list.students.length === 0 ? (
        <EmptyState
          icon={<IconClipboardCheck size={40} />}
          title={t("today.empty")}
          text={t("today.emptyText")}
        />
      ) : (
        <Stack gap="md">
          <Group gap="sm">
            <SearchField label={t("today.search")} value={search} onSearch={setSearch} />
            {schools.size > 1 ? (
              <Select
                aria-label={t("today.school")}
                placeholder={t("today.allSchools")}
                data={[...schools].map(([value, label]) => ({ value, label }))}
                value={school}
                onChange={setSchool}
                clearable
                clearButtonProps={{ "aria-label": t("today.allSchools") }}
              />
            ) : null}
          </Group>
          {list.truncated ? <Text size="sm">{t("today.truncated")}</Text> : null}
          {shown.length === 0 ? <Text>{t("today.nobodyFound")}</Text> : null}
          {shown.map((student) => (
            <TodayStudent
              key={student.studentId}
              student={student}
              offline={offline}
              onLog={(goal) => {
                setLogging({ student, goal });
                setOpened(true);
              }}
            />
          ))}
        </Stack>
      )}
      {logging === null ? null : (
        <Suspense>
          <LogSheet
            goal={{
              _id: logging.goal.goalId,
              description: logging.goal.description,
              measurement: logging.goal.measurement,
              instructions: logging.goal.instructions,
              materials: logging.goal.materials,
            }}
            title={person(logging.student.firstName, logging.student.lastName)}
            opened={opened}
            onClose={() => setOpened(false)}
          />
        </Suspense>
      )}
    </Page>
  );
}

function matches(search: string, name: string): boolean {
  const parts = searchKey(name).split(" ");
  return searchKey(search)
    .split(" ")
    .every((word) => parts.some((part) => part.startsWith(word)));
}
