import { Button, List, Text } from "@mantine/core";
import { usePaginatedQuery } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { SecondFactorRule } from "../../../convex/domain/organizations/settings";
import { useFormatting } from "../../lib/formatting";
import { Loading } from "../../ui/Loading";
import { Panel } from "../../ui/Panel";

/** Who changed which setting, from what to what. */
export function SettingsHistory() {
  const { t } = useTranslation(["organization", "common"]);
  const { instant } = useFormatting();
  const { results, status, loadMore } = usePaginatedQuery(
    api.organizations.listSettingsChanges,
    {},
    { initialNumItems: 10 },
  );
  return (
    <Panel title={t("organization:history")}>
      {status === "LoadingFirstPage" ? (
        <Loading shape="list" />
      ) : results.length === 0 ? (
        <Text c="dimmed">{t("organization:noHistory")}</Text>
      ) : (
        <List listStyleType="none" spacing="md">
          {results.map(({ _id, changedByName, changedAt, changes }) => (
            <List.Item key={_id}>
              <Text fw={600}>
                {t("organization:changedBy", { name: changedByName, when: instant(changedAt) })}
              </Text>
              <List size="sm">
                {changes.map(({ field, before, after }) => (
                  <List.Item key={field}>
                    <Change field={field} before={before} after={after} />
                  </List.Item>
                ))}
              </List>
            </List.Item>
          ))}
        </List>
      )}
      {status === "CanLoadMore" ? (
        <Button variant="default" mt="sm" onClick={() => loadMore(20)}>
          {t("common:more")}
        </Button>
      ) : null}
    </Panel>
  );
}

function Change({ field, before, after }: { field: string; before: string; after: string }) {
  const { t } = useTranslation("organization");
  const { date } = useFormatting();
  const words = (json: string): string => {
    const value: unknown = JSON.parse(json);
    if (value === null) return t("notSet");
    if (field === "securitySettings.requireSecondFactor")
      return t(`secondFactorRules.${value as SecondFactorRule}`);
    if (typeof value === "boolean") return t(value ? "ruleOn" : "ruleOff");
    if (typeof value === "string") return date(value);
    if (!Array.isArray(value)) return JSON.stringify(value);
    return value
      .map((item: unknown) =>
        typeof item === "string"
          ? item
          : periodText(item as { name: string; start: string; end: string }, date),
      )
      .join(", ");
  };
  return (
    <>
      {t(`fields.${field.replaceAll(".", "_")}` as "fields.timezone")}
      {": "}
      {t("change", { before: words(before), after: words(after) })}
    </>
  );
}

const periodText = (
  { name, start, end }: { name: string; start: string; end: string },
  date: (calendarDate: string) => string,
): string => `${name} (${date(start)} – ${date(end)})`;
