/** Points of each phase have a shape of their own: colours alone tell nothing in print. */
const SHAPES = ["circle", "square", "triangle", "diamond"] as const;
type Shape = (typeof SHAPES)[number];

const shapeOf = (phase: number): Shape => SHAPES[phase % SHAPES.length] ?? "circle";

/** The outline of a phase's mark around (x, y), as the path of an SVG. */
export function markPath(x: number, y: number, phase: number, size = 4.5): string {
  const paths: Record<Shape, readonly (string | number)[]> = {
    circle: [
      ...["M", x - size, y, "a", size, size, 0, 1, 0, 2 * size, 0],
      ...["a", size, size, 0, 1, 0, -2 * size, 0, "z"],
    ],
    square: ["M", x - size, y - size, "h", 2 * size, "v", 2 * size, "h", -2 * size, "z"],
    triangle: ["M", x, y - size * 1.2, "l", size * 1.2, size * 2.1, "h", -size * 2.4, "z"],
    diamond: [
      ...["M", x, y - size * 1.3, "l", size * 1.3, size * 1.3, "l", -size * 1.3, size * 1.3],
      ...["l", -size * 1.3, -size * 1.3, "z"],
    ],
  };
  return paths[shapeOf(phase)].join(" ");
}

/** Every other round of phases is hollow. */
export const isHollow = (phase: number): boolean => Math.floor(phase / SHAPES.length) % 2 === 1;

/** Drawn around (x, y). */
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
  return (
    <path
      d={markPath(x, y, phase, size)}
      fill={isHollow(phase) ? "var(--trellis-surface)" : "var(--mantine-color-text)"}
      stroke="var(--mantine-color-text)"
      strokeWidth={1.5}
    />
  );
}
