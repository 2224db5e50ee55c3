import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconInfoCircle,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./StatusBadge.module.css";

export type Tone = "good" | "watch" | "late" | "neutral" | "info";

const ICONS: Record<Tone, typeof IconClock> = {
  good: IconCircleCheck,
  watch: IconClock,
  late: IconAlertTriangle,
  neutral: IconCircleDashed,
  info: IconInfoCircle,
};

/** A state in words; the sign and the colour only repeat it. */
export function StatusBadge({ tone, children }: { tone: Tone; children: ReactNode }) {
  const Icon = ICONS[tone];
  return (
    <span className={classes.badge} data-tone={tone}>
      <Icon size={15} aria-hidden />
      {children}
    </span>
  );
}
