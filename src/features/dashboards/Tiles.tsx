import { Text, UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { StandingCounts } from "../../../convex/domain/dashboards/counts";
import { FRESH_DAYS } from "../../../convex/domain/progress/forecast";
import { useFormatting } from "../../lib/formatting";
import { StatusBadge } from "../../ui/StatusBadge";
import classes from "./Dashboard.module.css";
import { FILTERS, type Filter, filterTone } from "./filters";

/** One number for each way that goals stand; each leads to the goals that it counts. */
export function Tiles({
  counts,
  quietDays,
  selected,
  onSelect,
  linkTo,
}: {
  counts: StandingCounts;
  /** Of the district: after so many days a goal is without data. */
  quietDays: number;
  /** Of the list beneath; not given where each tile is a page of its own. */
  selected?: Filter | null;
  onSelect?: (filter: Filter | null) => void;
  linkTo?: (filter: Filter) => string;
}) {
  const { t } = useTranslation("dashboards");
  const { number } = useFormatting();
  return (
    <ul className={classes.tiles}>
      {FILTERS.map((filter) => {
        const content = (
          <>
            <span className={classes.count}>{number(counts[filter])}</span>
            <StatusBadge tone={filterTone(filter)}>{t(`tiles.${filter}`)}</StatusBadge>
            <Text size="xs" c="dimmed" component="span">
              {t(`help.${filter}`, { days: quietDays, fresh: FRESH_DAYS })}
            </Text>
          </>
        );
        return (
          <li key={filter}>
            {linkTo === undefined ? (
              <UnstyledButton
                className={classes.tile}
                aria-pressed={selected === filter}
                onClick={() => onSelect?.(selected === filter ? null : filter)}
              >
                {content}
              </UnstyledButton>
            ) : (
              <Link className={classes.tile} to={linkTo(filter)}>
                {content}
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}
