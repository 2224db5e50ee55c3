import { Skeleton, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** The outline of what is coming, at its size: nothing jumps when it comes. */
export function Loading({ shape = "page" }: { shape?: "list" | "page" | "form" | "chart" }) {
  const { t } = useTranslation("common");
  return (
    <Stack role="status" aria-label={t("loading")} gap="md">
      {shape === "page" ? <Skeleton height={32} width="40%" /> : null}
      {shape === "chart" ? <Skeleton height={320} /> : null}
      {shape === "form"
        ? [1, 2, 3, 4].map((row) => <Skeleton key={row} height={56} />)
        : [1, 2, 3, 4, 5, 6].map((row) => <Skeleton key={row} height={44} />)}
    </Stack>
  );
}
