import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** How and with what the data are taken, where they are taken. */
export function DataGuide({
  instructions = "",
  materials = "",
}: {
  instructions?: string | undefined;
  materials?: string | undefined;
}) {
  const { t } = useTranslation("progress");
  if (instructions === "" && materials === "") return null;
  return (
    <Stack gap={2} p="sm" bg="var(--trellis-hover)" style={{ borderRadius: "8px" }}>
      {(["instructions", "materials"] as const).map((part) => {
        const text = part === "instructions" ? instructions : materials;
        return text === "" ? null : (
          <Text key={part} size="sm" dir="auto" style={{ whiteSpace: "pre-line" }}>
            <strong>{t(`guide.${part}`)}:</strong> {text}
          </Text>
        );
      })}
    </Stack>
  );
}
