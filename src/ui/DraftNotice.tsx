import { Alert, Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** What was typed before is here again, or somebody else was faster; whoever does not want it begins anew. */
export function DraftNotice({
  draft: { restored, overwrites, clear },
}: {
  draft: { restored: boolean; overwrites: boolean; clear: () => void };
}) {
  const { t } = useTranslation("common");
  if (!restored && !overwrites) return null;
  return (
    <Alert variant="outline" color={overwrites ? "orange" : "leaf"}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{t(overwrites ? "draftOverwrites" : "draftRestored")}</Text>
        <Button size="compact-md" variant="default" onClick={() => clear()}>
          {t(overwrites ? "draftTakeTheirs" : "discardDraft")}
        </Button>
      </Group>
    </Alert>
  );
}
