import { Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Panel } from "../../../ui/Panel";
import { StatusBadge } from "../../../ui/StatusBadge";
import { ItemText } from "./ItemText";
import { KINDS, type PlanItem, useItemWords } from "./itemWords";

/** An item that may be where the draft says something of its own: it cannot be chosen. */
export type ChoosableItem = PlanItem & { isWritten?: boolean };

/** What comes over, kind by kind; every item says what it says, so that nobody chooses a name alone. */
export function ChooseItems({
  items,
  chosen,
  onChange,
}: {
  items: readonly ChoosableItem[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const is = new Set(chosen);
  const choose = (ids: readonly string[], wanted: boolean) => {
    const next = new Set(is);
    for (const id of ids)
      if (wanted) next.add(id);
      else next.delete(id);
    onChange([...next]);
  };
  return KINDS.map((kind) => {
    const group = items.filter((item) => item.kind === kind);
    if (group.length === 0) return null;
    return <ItemGroup key={kind} {...{ kind, group, is, choose }} />;
  });
}

function ItemGroup({
  kind,
  group,
  is,
  choose,
}: {
  kind: (typeof KINDS)[number];
  group: readonly ChoosableItem[];
  is: ReadonlySet<string>;
  choose: (ids: readonly string[], wanted: boolean) => void;
}) {
  const { t } = useTranslation("carry");
  const ids = group.filter(({ isWritten }) => isWritten !== true).map(({ id }) => id);
  const name = t(`groups.${kind}`);
  const help = kind === "goal" ? t("goalsHelp") : kind === "service" ? t("servicesHelp") : null;
  return (
    <Panel
      title={name}
      actions={
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {t("chosen", { count: ids.filter((id) => is.has(id)).length, all: ids.length })}
          </Text>
          <Button
            variant="default"
            size="sm"
            aria-label={t("all", { group: name })}
            onClick={() => choose(ids, true)}
          >
            {t("allShort")}
          </Button>
          <Button
            variant="default"
            size="sm"
            aria-label={t("nothing", { group: name })}
            onClick={() => choose(ids, false)}
          >
            {t("nothingShort")}
          </Button>
        </Group>
      }
    >
      <Stack gap="md">
        {help === null ? null : (
          <Text size="sm" c="dimmed">
            {help}
          </Text>
        )}
        {group.map((item) => (
          <ItemChoice
            key={item.id}
            item={item}
            checked={is.has(item.id)}
            onChange={(wanted) => choose([item.id], wanted)}
          />
        ))}
      </Stack>
    </Panel>
  );
}

function ItemChoice({
  item,
  checked,
  onChange,
}: {
  item: ChoosableItem;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const { t } = useTranslation("carry");
  const { title } = useItemWords();
  const over = item.goal?.over ?? null;
  // Rows of one list share their name: their own words tell them apart.
  const label = item.kind === "row" ? `${title(item)}: ${item.text}` : title(item);
  return (
    <div>
      <Checkbox
        label={label}
        checked={checked}
        disabled={item.isWritten === true}
        {...(item.isWritten === true ? { description: t("writtenAlready") } : {})}
        onChange={(event) => onChange(event.currentTarget.checked)}
        styles={{ label: { fontWeight: 600, overflowWrap: "anywhere" } }}
      />
      <Stack gap={4} pl={32} mt={4}>
        {over === null ? null : (
          <StatusBadge tone={over === "mastered" ? "good" : "neutral"}>{t(over)}</StatusBadge>
        )}
        {item.kind === "row" ? null : <ItemText item={item} />}
      </Stack>
    </div>
  );
}
