import { Group, Text } from "@mantine/core";
import { IconCloudCheck, IconCloudOff, IconCloudUp } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

const subscribe = (tell: () => void) => {
  addEventListener("online", tell);
  addEventListener("offline", tell);
  return () => {
    removeEventListener("online", tell);
    removeEventListener("offline", tell);
  };
};

/** Whether what was typed has arrived, and where it is if not. */
export function SyncState({
  unsent,
  connected,
  shown,
}: {
  unsent: number;
  connected: boolean;
  shown: boolean;
}) {
  const { t } = useTranslation("writing");
  const online = useSyncExternalStore(subscribe, () => navigator.onLine) && connected;
  const [Icon, text] = !online
    ? [IconCloudOff, unsent === 0 ? t("sync.offline") : t("sync.offlineKept", { count: unsent })]
    : unsent > 0
      ? [IconCloudUp, t("sync.sending")]
      : [IconCloudCheck, t("sync.saved")];
  if (!shown && online) return null;
  return (
    <Group gap={6} px="md" py={8} c={online ? "dimmed" : undefined} wrap="nowrap">
      <Icon size={18} aria-hidden />
      <Text size="sm" role="status" fw={online ? undefined : 600}>
        {text}
      </Text>
    </Group>
  );
}
