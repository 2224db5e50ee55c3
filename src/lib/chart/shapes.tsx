/** Points of each phase have a shape of their own: colours alone tell nothing in print. */
const SHAPES = ["circle", "square", "triangle", "diamond"] as const;
type Shape = (typeof SHAPES)[number];

const shapeOf = (phase: number): Shape => SHAPES[phase % SHAPES.length] ?? "circle";

/** Drawn around (x, y); every other round of phases is hollow. */
export function Mark({
  x,
  y,
  phase,
  size = 4.5,
}: {
  x: number;
  y: number;
  phase: number;
  size?: number;
}) {
  const hollow = Math.floor(phase / SHAPES.length) % 2 === 1;
  const look = {
    fill: hollow ? "var(--trellis-surface)" : "var(--mantine-color-text)",
    stroke: "var(--mantine-color-text)",
    strokeWidth: 1.5,
  };
  const path = {
    circle: "",
    square: `M${String(x - size)} ${String(y - size)}h${String(2 * size)}v${String(2 * size)}h${String(-2 * size)}z`,
    triangle: `M${String(x)} ${String(y - size * 1.2)}l${String(size * 1.2)} ${String(size * 2.1)}h${String(-size * 2.4)}z`,
    diamond: `M${String(x)} ${String(y - size * 1.3)}l${String(size * 1.3)} ${String(size * 1.3)}l${String(-size * 1.3)} ${String(size * 1.3)}l${String(-size * 1.3)} ${String(-size * 1.3)}z`,
  }[shapeOf(phase)];
  return path === "" ? <circle cx={x} cy={y} r={size} {...look} /> : <path d={path} {...look} />;
}
