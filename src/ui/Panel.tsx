import { Group, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import classes from "./Panel.module.css";

/** A part of a page with its own heading. */
export function Panel({
  title,
  actions,
  children,
}: {
  title?: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={classes.panel} aria-labelledby={title === undefined ? undefined : id}>
      {title === undefined && actions === undefined ? null : (
        <Group justify="space-between" mb="sm" gap="xs">
          {title === undefined ? (
            <span />
          ) : (
            <Title order={2} size="h4" id={id}>
              {title}
            </Title>
          )}
          {actions}
        </Group>
      )}
      {children}
    </section>
  );
}
