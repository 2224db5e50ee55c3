import { Anchor, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

/**
 * What a team writes stays in the language in which it was written, and nothing says which that is: whoever reads in
 * another language than English is told how to ask. 34 CFR 300.613(b)(1): explanations and interpretations of records.
 */
export default function AskForTranslation({ studentId }: { studentId: string }) {
  const { t, i18n } = useTranslation("common");
  if (i18n.language.startsWith("en")) return null;
  return (
    <Text size="sm" c="dimmed" my="xs" data-no-print>
      {t("asWritten")}{" "}
      <Anchor component={Link} to={`/students/${studentId}/rights`} underline="always" inherit>
        {t("askForTranslation")}
      </Anchor>
    </Text>
  );
}
