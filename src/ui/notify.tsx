/** Short messages at the edge of the screen; read out, and never the only place where something is said. */
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import i18next from "i18next";

const closing = () => ({ closeButtonProps: { "aria-label": i18next.t("common:close") } });

export function notifyDone(message: string): void {
  notifications.show({
    message,
    color: "leaf",
    icon: <IconCheck size={18} aria-hidden />,
    ...closing(),
  });
}

/** Stays until it is closed: it says what to do. */
export function notifyFailed(message: string): void {
  notifications.show({
    message,
    color: "red",
    icon: <IconAlertTriangle size={18} aria-hidden />,
    autoClose: false,
    ...closing(),
  });
}

/** Of something that may happen at every key: while the message stands, it is not said again. */
export function notifyOnce(id: string, message: string): void {
  notifications.show({
    ...{ id, message, color: "red" },
    icon: <IconAlertTriangle size={18} aria-hidden />,
    autoClose: 12_000,
    ...closing(),
  });
}

/** Long enough to notice and undo; longer while the pointer or focus is on it. */
export function notifyUndo({
  message,
  undoLabel,
  onUndo,
}: {
  message: string;
  undoLabel: string;
  onUndo: () => void;
}): void {
  const id = `undo-${String(Date.now())}`;
  notifications.show({
    id,
    autoClose: 12_000,
    color: "leaf",
    icon: <IconCheck size={18} aria-hidden />,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{message}</Text>
        <Button
          size="sm"
          variant="default"
          flex="none"
          onClick={() => {
            notifications.hide(id);
            onUndo();
          }}
        >
          {undoLabel}
        </Button>
      </Group>
    ),
    ...closing(),
  });
}
