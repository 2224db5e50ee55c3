import { Stack, Text, ThemeIcon } from "@mantine/core";
import type { ReactNode } from "react";

/** Nothing is here, and that is so: says what would be here and how it gets here. */
export function EmptyState({
  icon,
  title,
  text,
  action,
}: {
  icon: ReactNode;
  title: string;
  text?: string;
  action?: ReactNode;
}) {
  return (
    <Stack align="center" gap="xs" py="xl" px="md" ta="center">
      <ThemeIcon variant="transparent" color="gray" size={48} aria-hidden>
        {icon}
      </ThemeIcon>
      <Text fw={600}>{title}</Text>
      {text === undefined ? null : (
        <Text c="dimmed" maw="34rem">
          {text}
        </Text>
      )}
      {action}
    </Stack>
  );
}
