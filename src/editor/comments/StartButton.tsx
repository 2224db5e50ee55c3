import { Button } from "@mantine/core";
import { IconMessagePlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

export function StartButton({ onStart }: { onStart: () => void }) {
  const { t } = useTranslation("comments");
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconMessagePlus size={16} aria-hidden />}
      aria-keyshortcuts="Control+Alt+M"
      title={t("startHelp")}
      // The selection stays in the text.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onStart}
    >
      {t("start")}
    </Button>
  );
}
