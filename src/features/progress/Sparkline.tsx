/** The shape of the newest data; the words beside it say what it means. */
export function Sparkline({
  values,
  low,
  high,
  target,
}: {
  values: readonly number[];
  /** Range that is shown at least. */
  low: number;
  high: number;
  target: number;
}) {
  const width = 96;
  const height = 40;
  const bottom = Math.min(low, ...values);
  const top = Math.max(high, ...values);
  const y = (value: number) =>
    top === bottom ? height / 2 : height - 4 - ((value - bottom) / (top - bottom)) * (height - 8);
  const x = (index: number) =>
    values.length < 2 ? width / 2 : 4 + (index / (values.length - 1)) * (width - 8);
  const last = values.at(-1);
  return (
    <svg width={width} height={height} aria-hidden style={{ flex: "none" }}>
      <line
        x1="0"
        x2={width}
        y1={y(target)}
        y2={y(target)}
        stroke="var(--trellis-good)"
        strokeDasharray="4 3"
      />
      <polyline
        points={values.map((value, index) => `${String(x(index))},${String(y(value))}`).join(" ")}
        fill="none"
        stroke="var(--mantine-color-dimmed)"
        strokeWidth="1.5"
      />
      {last === undefined ? null : (
        <circle cx={x(values.length - 1)} cy={y(last)} r="3.5" fill="var(--mantine-color-text)" />
      )}
    </svg>
  );
}
