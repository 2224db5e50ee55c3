import { useMemo } from "react";
import { encode } from "uqr";

/** Drawn here: what it says, a secret, leaves the device only through the camera that looks at it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { size, data } = encode(text, { border: 4 });
    const cells = data.flatMap((row, y) =>
      row.flatMap((dark, x) => (dark ? [`M${String(x)},${String(y)}h1v1h-1z`] : [])),
    );
    return { size, path: cells.join("") };
  }, [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${String(size)} ${String(size)}`}
      width={208}
      height={208}
      shapeRendering="crispEdges"
    >
      {/* Black on white in either color scheme: not every camera reads it the other way round. */}
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
