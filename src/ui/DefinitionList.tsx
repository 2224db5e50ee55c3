import type { ReactNode } from "react";
import classes from "./DefinitionList.module.css";

/** Names and values, side by side at a desk, below each other on a phone. */
export function DefinitionList({
  items,
}: {
  items: readonly { term: string; description: ReactNode }[];
}) {
  return (
    <dl className={classes.list}>
      {items.map(({ term, description }) => (
        <div key={term} className={classes.item}>
          <dt>{term}</dt>
          <dd dir="auto">{description}</dd>
        </div>
      ))}
    </dl>
  );
}
