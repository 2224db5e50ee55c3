import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { IconSearchOff, IconUserPlus, IconUsers } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { usePaginatedQuery, useQuery } from "convex/react";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useFormatting } from "../../lib/formatting";
import { useAbility } from "../../lib/session";
import { useSteadyResults } from "../../lib/steadyResults";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { SearchField } from "../../ui/SearchField";
import { VirtualRows } from "../../ui/VirtualRows";
import { StudentRow } from "./StudentRow";

export interface StudentFilters {
  search?: string | undefined;
  grade?: string | undefined;
  school?: string | undefined;
}

/** Everybody whom the person may see, however many. */
export function StudentsPage({
  filters,
  onFilter,
}: {
  filters: StudentFilters;
  onFilter: (filters: StudentFilters) => void;
}) {
  const { t } = useTranslation("students");
  const { number } = useFormatting();
  const canEnroll = useAbility("student.enroll");
  const count = useQuery(api.students.countStudents, {});
  const organization = useQuery(api.organizations.getOrganization, {});
  const { search, grade, school } = filters;
  const found = usePaginatedQuery(
    api.students.getStudentsByUser,
    {
      ...(search === undefined ? {} : { search }),
      ...(grade === undefined ? {} : { gradeLevel: grade }),
      ...(school === undefined ? {} : { schoolId: school as Id<"organizations"> }),
    },
    { initialNumItems: 60 },
  );
  const { status, loadMore } = found;
  const { rows, first, busy } = useSteadyResults(found);
  const more = useCallback(() => {
    if (status === "CanLoadMore") loadMore(100);
  }, [status, loadMore]);
  const filtered = search !== undefined || grade !== undefined || school !== undefined;
  const change = (part: StudentFilters) => onFilter({ ...filters, ...part });
  return (
    <Page
      title={t("title")}
      subtitle={count === undefined ? undefined : t("count", { count, formatted: number(count) })}
      actions={
        canEnroll ? (
          <Button
            component={Link}
            to="/students/new"
            leftSection={<IconUserPlus size={18} aria-hidden />}
          >
            {t("enroll")}
          </Button>
        ) : undefined
      }
    >
      <Group gap="sm">
        <SearchField
          label={t("search")}
          value={search ?? ""}
          onSearch={(text) => change({ search: text.trim() === "" ? undefined : text })}
        />
        {organization?.settings == null ? null : (
          <Select
            aria-label={t("grade")}
            placeholder={t("allGrades")}
            data={organization.settings.gradeSystem}
            value={grade ?? null}
            onChange={(value) => change({ grade: value ?? undefined })}
            clearable
            clearButtonProps={{ "aria-label": t("allGrades") }}
            w={140}
          />
        )}
        {organization === undefined || organization.schools.length < 2 ? null : (
          <Select
            aria-label={t("school")}
            placeholder={t("allSchools")}
            data={organization.schools.map(({ _id, name }) => ({ value: _id, label: name }))}
            value={school ?? null}
            onChange={(value) => change({ school: value ?? undefined })}
            clearable
            clearButtonProps={{ "aria-label": t("allSchools") }}
          />
        )}
      </Group>
      <Stack gap="xs" aria-busy={busy}>
        {first ? (
          <Loading shape="list" />
        ) : rows.length === 0 ? (
          filtered ? (
            <EmptyState
              icon={<IconSearchOff size={40} />}
              title={t("nobodyFound")}
              action={
                <Button variant="default" onClick={() => onFilter({})}>
                  {t("resetFilters")}
                </Button>
              }
            />
          ) : (
            <EmptyState
              icon={<IconUsers size={40} />}
              title={t("nobody")}
              text={t(canEnroll ? "nobodyYetEnroll" : "nobodyYet")}
            />
          )
        ) : (
          <VirtualRows
            rows={rows}
            rowKey={({ _id }) => _id}
            estimatedHeight={68}
            label={t("title")}
            onNearEnd={more}
            render={(student) => <StudentRow student={student} />}
          />
        )}
        {status === "LoadingMore" ? <Text role="status">{t("loadingMore")}</Text> : null}
      </Stack>
    </Page>
  );
}
