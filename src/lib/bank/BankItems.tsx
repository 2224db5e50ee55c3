import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { usePaginatedQuery } from "convex/react";
import type { FunctionArgs, FunctionReturnType } from "convex/server";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { BankItemInput } from "../../../convex/domain/bank/item";
import { Loading } from "../../ui/Loading";
import { FilledText } from "./FilledText";
import { useBankWords } from "./useBankWords";

export type SavedItem = FunctionReturnType<typeof api.bank.listItems>["page"][number];
export type BankFilter = Omit<FunctionArgs<typeof api.bank.listItems>, "paginationOpts">;

/** What one bank holds, page by page. */
export function BankItems({
  filter,
  title,
  known,
  actions,
  heading,
  empty,
}: {
  filter: BankFilter;
  title: string;
  known: Readonly<Record<string, string | undefined>>;
  actions: (item: SavedItem) => ReactNode;
  /** Above whatever is there. */
  heading?: ReactNode;
  /** In place of heading and list. */
  empty: ReactNode;
}) {
  const { t } = useTranslation("common");
  const { results, status, loadMore } = usePaginatedQuery(api.bank.listItems, filter, {
    initialNumItems: 20,
  });
  if (status === "LoadingFirstPage") return <Loading shape="list" />;
  if (results.length === 0) return empty;
  return (
    <Stack gap="xs" component="section" aria-label={title}>
      {heading}
      <ItemList {...{ items: results, title, known, actions }} keyOf={({ _id }) => _id} />
      {status === "Exhausted" ? null : (
        <Group>
          <Button variant="default" loading={status === "LoadingMore"} onClick={() => loadMore(20)}>
            {t("more")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

export function ItemList<Item extends BankItemInput>({
  items,
  title,
  known,
  actions,
  keyOf,
}: {
  items: readonly Item[];
  title: string;
  known: Readonly<Record<string, string | undefined>>;
  actions: (item: Item) => ReactNode;
  keyOf: (item: Item) => string;
}) {
  const { areaName } = useBankWords();
  return (
    <Stack
      component="ul"
      role="list"
      gap="xs"
      m={0}
      p={0}
      style={{ listStyle: "none" }}
      aria-label={title}
    >
      {items.map((item) => (
        <li key={keyOf(item)}>
          <Paper withBorder p="sm">
            <Group align="flex-start" gap="sm" justify="space-between">
              <Stack gap={2} style={{ flex: "1 1 16rem", minWidth: 0 }} lang={item.language}>
                {item.title === "" ? null : (
                  <Text size="sm" fw={600} dir="auto">
                    {item.title}
                  </Text>
                )}
                <FilledText text={item.text} known={known} />
                {item.measure === undefined || item.measure.criterion === "" ? null : (
                  <FilledText text={item.measure.criterion} known={known} size="xs" c="dimmed" />
                )}
                <Text size="xs" c="dimmed">
                  {areaName(item.kind, item.area)}
                </Text>
              </Stack>
              <Group gap="xs">{actions(item)}</Group>
            </Group>
          </Paper>
        </li>
      ))}
    </Stack>
  );
}
