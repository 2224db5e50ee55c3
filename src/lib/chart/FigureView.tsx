import { type Figure, LETTERS, LINES } from "./figure";
import classes from "./FigureView.module.css";
import { isHollow, markPath } from "./shapes";

/** A figure on a page; its colours are those of the text around it. */
export function FigureView({ figure }: { figure: Figure }) {
  const { width, height, label, parts } = figure;
  return (
    <svg
      className={classes.figure}
      viewBox={`0 0 ${String(width)} ${String(height)}`}
      role="img"
      aria-label={label}
      fontSize={LETTERS}
    >
      {parts.map((part, index) => {
        switch (part.kind) {
          case "line": {
            const { width: strokeWidth, dash } = LINES[part.look];
            return (
              <polyline
                key={index}
                className={classes[part.look]}
                points={part.points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ")}
                strokeWidth={strokeWidth}
                strokeDasharray={dash?.join(" ")}
              />
            );
          }
          case "mark":
            return (
              <path
                key={index}
                className={isHollow(part.phase) ? classes.hollow : classes.mark}
                d={markPath(part.x, part.y, part.phase, part.size)}
              />
            );
          case "text":
            return (
              <text
                key={index}
                className={classes.text}
                x={part.x}
                y={part.y}
                textAnchor={part.anchor}
              >
                {part.text}
              </text>
            );
        }
      })}
    </svg>
  );
}
