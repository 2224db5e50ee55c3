import type { Formatting } from "./formatting";

/** Minutes and seconds as a clock shows them: 12:05. */
export function clockTime(seconds: number): string {
  const whole = Math.round(seconds);
  return `${String(Math.floor(whole / 60))}:${String(whole % 60).padStart(2, "0")}`;
}

/**
 * A value of a goal as a plan's fixed content has it, with the unit of its kind of measurement: "80%", "12:05 min",
 * "level 3", "10 words".
 */
export function measuredText(
  value: number,
  unit: string,
  {
    number,
    percent,
    level,
  }: Pick<Formatting, "number" | "percent"> & { level: (number: string) => string },
): string {
  if (unit === "%") return percent(value, 1);
  if (unit === "seconds") return `${clockTime(value)} min`;
  if (unit === "level") return level(number(value, 1));
  return `${number(value, 2)} ${unit}`.trim();
}
