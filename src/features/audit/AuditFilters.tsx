import { Button, Group, Pill, SimpleGrid, Stack } from "@mantine/core";
import type { FunctionArgs } from "convex/server";
import { useTranslation } from "react-i18next";
import type { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { DateField, SelectField } from "../../ui/fields";

export interface Filters {
  outcome: "" | "done" | "refused";
  risk: "" | "low" | "medium" | "high";
  /** Calendar dates, or "". */
  from: string;
  until: string;
  actor: { id: Id<"users">; name: string } | null;
  student: { id: Id<"students">; name: string } | null;
}
export type QueryFilters = Omit<FunctionArgs<typeof api.audit.listAuditEntries>, "paginationOpts">;

export const NO_FILTERS: Filters = {
  ...{ outcome: "", risk: "", from: "", until: "" },
  ...{ actor: null, student: null },
};

export const queryFilters = (filters: Filters): QueryFilters => ({
  ...(filters.outcome === "" ? {} : { outcome: filters.outcome }),
  ...(filters.risk === "" ? {} : { risk: filters.risk }),
  ...(filters.from === "" ? {} : { from: filters.from }),
  ...(filters.until === "" ? {} : { until: filters.until }),
  ...(filters.actor === null ? {} : { actorId: filters.actor.id }),
  ...(filters.student === null ? {} : { studentId: filters.student.id }),
});

/** Persons and students are chosen in the list itself; here they are taken away again. */
export function AuditFilters({
  filters,
  onChange,
}: {
  filters: Filters;
  onChange: (filters: Filters) => void;
}) {
  const { t } = useTranslation("audit");
  const { outcome, risk, from, until, actor, student } = filters;
  const filtered = Object.keys(queryFilters(filters)).length > 0;
  return (
    <Stack gap="sm" role="group" aria-label={t("filters.label")}>
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm" maw={820}>
        <SelectField
          name="risk"
          label={t("filters.risk")}
          value={risk}
          placeholder={t("filters.all")}
          options={(["high", "medium", "low"] as const).map((value) => ({
            ...{ value, label: t(`risks.${value}`) },
          }))}
          onChange={(value) => onChange({ ...filters, risk: value as Filters["risk"] })}
        />
        <SelectField
          name="outcome"
          label={t("filters.outcome")}
          value={outcome}
          placeholder={t("filters.all")}
          options={(["done", "refused"] as const).map((value) => ({
            ...{ value, label: t(`outcomes.${value}`) },
          }))}
          onChange={(value) => onChange({ ...filters, outcome: value as Filters["outcome"] })}
        />
        <DateField
          name="from"
          label={t("filters.from")}
          value={from}
          {...(until === "" ? {} : { max: until })}
          onChange={(value) => onChange({ ...filters, from: value })}
        />
        <DateField
          name="until"
          label={t("filters.until")}
          value={until}
          {...(from === "" ? {} : { min: from })}
          onChange={(value) => onChange({ ...filters, until: value })}
        />
      </SimpleGrid>
      <Group gap="sm">
        {actor === null ? null : <Pill size="lg">{t("filters.person", { name: actor.name })}</Pill>}
        {student === null ? null : (
          <Pill size="lg">{t("filters.student", { name: student.name })}</Pill>
        )}
        {filtered ? (
          <Button variant="subtle" onClick={() => onChange(NO_FILTERS)}>
            {t("filters.reset")}
          </Button>
        ) : null}
      </Group>
    </Stack>
  );
}
