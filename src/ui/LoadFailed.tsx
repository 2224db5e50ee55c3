import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

/** Loading failed: never to be taken for "nothing here". */
export function LoadFailed({ text, onRetry }: { text?: string; onRetry: () => void }) {
  const { t } = useTranslation("common");
  return (
    <Alert
      role="alert"
      variant="outline"
      color="red"
      icon={<IconCloudOff aria-hidden />}
      title={t("loadFailed.title")}
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{text ?? t("loadFailed.text")}</Text>
        <Button variant="default" onClick={onRetry}>
          {t("loadFailed.retry")}
        </Button>
      </Stack>
    </Alert>
  );
}
