import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import i18next from "i18next";

/** Asks before what cannot be undone. */
export function confirmAction({
  title,
  text,
  confirmLabel,
  danger = false,
}: {
  title: string;
  text: string;
  confirmLabel: string;
  danger?: boolean;
}): Promise<boolean> {
  return new Promise((resolve) => {
    modals.openConfirmModal({
      title,
      children: <Text size="sm">{text}</Text>,
      labels: { confirm: confirmLabel, cancel: i18next.t("common:cancel") },
      confirmProps: danger ? { color: "red.9" } : {},
      closeButtonProps: { "aria-label": i18next.t("common:close") },
      onConfirm: () => resolve(true),
      onClose: () => resolve(false),
    });
  });
}
