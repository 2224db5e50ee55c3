import { Alert, Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** What was typed before is here again; whoever does not want it begins anew. */
export function DraftNotice({ shown, onDiscard }: { shown: boolean; onDiscard: () => void }) {
  const { t } = useTranslation("common");
  if (!shown) return null;
  return (
    <Alert variant="outline" color="leaf">
      <Group justify="space-between" gap="xs">
        <Text size="sm">{t("draftRestored")}</Text>
        <Button size="compact-md" variant="default" onClick={onDiscard}>
          {t("discardDraft")}
        </Button>
      </Group>
    </Alert>
  );
}
