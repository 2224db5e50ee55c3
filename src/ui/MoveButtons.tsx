import { ActionIcon, VisuallyHidden } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

/** One place up or down in a list; the focus goes along, and the new place is read out. */
export function MoveButtons({
  name,
  index,
  count,
  onMove,
}: {
  /** What is moved. */
  name: string;
  index: number;
  count: number;
  /** To this place, counted from 0. */
  onMove: (to: number) => void;
}) {
  const { t } = useTranslation("common");
  const up = useRef<HTMLButtonElement>(null);
  const down = useRef<HTMLButtonElement>(null);
  const pressed = useRef<"up" | "down" | null>(null);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (pressed.current === null) return;
    // The browser takes the focus from what it moves; at an end of the list only the other way is left.
    const wanted = index === 0 ? "down" : index === count - 1 ? "up" : pressed.current;
    (wanted === "up" ? up : down).current?.focus();
    pressed.current = null;
    setSaid(t("move.place", { place: index + 1, count }));
  }, [index, count, t]);
  const move = (way: "up" | "down", to: number) => {
    pressed.current = way;
    onMove(to);
  };
  const look = { variant: "subtle", color: "gray", size: "lg" } as const;
  return (
    <>
      <ActionIcon
        ref={up}
        {...look}
        disabled={index === 0}
        aria-label={t("move.up", { name })}
        onClick={() => move("up", index - 1)}
      >
        <IconArrowUp size={18} aria-hidden />
      </ActionIcon>
      <ActionIcon
        ref={down}
        {...look}
        disabled={index === count - 1}
        aria-label={t("move.down", { name })}
        onClick={() => move("down", index + 1)}
      >
        <IconArrowDown size={18} aria-hidden />
      </ActionIcon>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </>
  );
}
