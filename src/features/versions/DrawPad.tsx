import { Button, Group, Stack, Text } from "@mantine/core";
import { useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import SignaturePad from "signature_pad";
import type { Stroke } from "../../../convex/domain/ieps/signing";
import classes from "./versions.module.css";

export interface Drawing {
  strokes: Stroke[];
  height: number;
}

/** A place to draw a signature; who cannot draw types the name instead. Loaded only when somebody draws. */
export function DrawPad({
  onChange,
  error,
}: {
  onChange: (drawing: Drawing) => void;
  error?: string;
}) {
  const { t } = useTranslation("versions");
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  const changed = useRef(onChange);
  useEffect(() => {
    changed.current = onChange;
  }, [onChange]);
  const id = useId();
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const { width, height } = element.getBoundingClientRect();
    const ratio = Math.max(1, window.devicePixelRatio);
    element.width = width * ratio;
    element.height = height * ratio;
    element.getContext("2d")?.scale(ratio, ratio);
    const drawn = new SignaturePad(element, { penColor: "black" });
    const inside = (value: number) => Math.min(1000, Math.max(0, Math.round(value)));
    const tell = () => {
      const strokes = drawn
        .toData()
        .map(({ points }) =>
          points.flatMap(({ x, y }) => [inside((x / width) * 1000), inside((y / width) * 1000)]),
        );
      changed.current({ strokes, height: inside((height / width) * 1000) });
    };
    drawn.addEventListener("endStroke", tell);
    pad.current = drawn;
    return () => {
      drawn.off();
      pad.current = null;
    };
  }, []);
  return (
    <Stack gap={4}>
      <Text size="sm" fw={500} id={id}>
        {t("sign.pad")}
      </Text>
      <canvas ref={canvas} className={classes.pad} role="img" aria-labelledby={id} />
      {error === undefined ? null : (
        <Text size="sm" c="red.9" role="alert">
          {error}
        </Text>
      )}
      <Group>
        <Button
          variant="default"
          size="sm"
          onClick={() => {
            pad.current?.clear();
            onChange({ strokes: [], height: 0 });
          }}
        >
          {t("sign.clear")}
        </Button>
      </Group>
    </Stack>
  );
}
