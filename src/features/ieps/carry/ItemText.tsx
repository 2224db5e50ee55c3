import { Spoiler, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type PlanItem, useItemWords } from "./itemWords";

/** What an item says; of a long one, its beginning. */
export function ItemText({ item, height = 96 }: { item: PlanItem; height?: number }) {
  const { t } = useTranslation("carry");
  const { lines } = useItemWords();
  return (
    <Spoiler maxHeight={height} showLabel={t("more")} hideLabel={t("less")}>
      {item.text === "" || item.kind === "service" ? null : (
        <Text size="sm" dir="auto" style={{ whiteSpace: "pre-line", overflowWrap: "anywhere" }}>
          {item.text}
        </Text>
      )}
      {lines(item).map((line) => (
        <Text key={line} size="sm" c="dimmed" dir="auto" style={{ overflowWrap: "anywhere" }}>
          {line}
        </Text>
      ))}
    </Spoiler>
  );
}
