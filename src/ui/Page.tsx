import { Anchor, Group, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";

/** A page: where it leads back to, what it is, what can be done, and its content. Names the browser's tab, too. */
export function Page({
  title,
  tab = title,
  subtitle,
  actions,
  back,
  children,
  width,
  isHeading = true,
}: {
  title: string;
  /** The browser's tab, where the title names a person: others see tabs, and the history keeps them. */
  tab?: string;
  subtitle?: ReactNode;
  actions?: ReactNode;
  back?: { to: string; label: string };
  children: ReactNode;
  /** Largest width of the content in pixels; forms read better when narrow. */
  width?: number;
  /** Not where the content has the page's first heading itself. */
  isHeading?: boolean;
}) {
  useEffect(() => {
    document.title = `${tab} · Trellis`;
  }, [tab]);
  return (
    <Stack gap="lg" maw={width} pb="xl">
      <Stack gap={6}>
        {back === undefined ? null : (
          <Anchor component={Link} to={back.to} size="sm" style={{ alignSelf: "flex-start" }}>
            <Group gap={4} component="span" display="inline-flex">
              <IconArrowLeft size={16} aria-hidden />
              {back.label}
            </Group>
          </Anchor>
        )}
        <Group justify="space-between" align="flex-start" gap="sm">
          <Stack gap={2} style={{ minWidth: 0, flex: "1 1 20rem" }}>
            {isHeading ? (
              <Title order={1} style={{ overflowWrap: "anywhere" }} dir="auto">
                {title}
              </Title>
            ) : (
              <Text fw={700} size="xl">
                {title}
              </Text>
            )}
            {subtitle === undefined ? null : (
              <Text c="dimmed" component="div">
                {subtitle}
              </Text>
            )}
          </Stack>
          {actions === undefined ? null : <Group gap="xs">{actions}</Group>}
        </Group>
      </Stack>
      {children}
    </Stack>
  );
}
