import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";

/**
 * A list of any length in the page's own scroll: only the rows on the screen exist, and the next page is fetched before
 * the end is reached.
 */
export function VirtualRows<Row>({
  rows,
  rowKey,
  estimatedHeight,
  render,
  label,
  onNearEnd,
}: {
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  estimatedHeight: number;
  render: (row: Row) => ReactNode;
  label: string;
  /** Called when fewer than a screen of rows is left. */
  onNearEnd?: () => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const top = list.current?.getBoundingClientRect().top ?? 0;
    setOffset(top + window.scrollY);
  }, []);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => estimatedHeight,
    overscan: 10,
    scrollMargin: offset,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowKey(row);
    },
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 20) onNearEnd?.();
  }, [last, rows.length, onNearEnd]);
  return (
    <ul
      ref={list}
      aria-label={label}
      style={{
        height: virtualizer.getTotalSize(),
        position: "relative",
        listStyle: "none",
        margin: 0,
        padding: 0,
      }}
    >
      {items.map((item) => {
        const row = rows[item.index];
        return row === undefined ? null : (
          <li
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            aria-posinset={item.index + 1}
            aria-setsize={rows.length}
            style={{
              position: "absolute",
              insetInline: 0,
              top: 0,
              transform: `translateY(${String(item.start - offset)}px)`,
            }}
          >
            {render(row)}
          </li>
        );
      })}
    </ul>
  );
}
