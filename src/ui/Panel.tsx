import { Group, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import classes from "./Panel.module.css";

/** A part of a page with its own heading. */
export function Panel({
  title,
  actions,
  id: place,
  children,
}: {
  title?: string;
  /** Where a link leads to it, which gives it the focus. */
  id?: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section
      className={classes.panel}
      aria-labelledby={title === undefined ? undefined : id}
      {...(place === undefined ? {} : { id: place, tabIndex: -1 })}
    >
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
