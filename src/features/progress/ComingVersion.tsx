import { Button, Text } from "@mantine/core";
import { IconBook, IconSignature } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

/** What the school shared and asks the family to read or to sign: before everything else. */
export default function ComingVersion({
  studentId,
  firstName,
  versionId,
  waitsFor,
}: {
  studentId: string;
  firstName: string;
  versionId: string;
  waitsFor: "reading" | "signature";
}) {
  const { t } = useTranslation("progress");
  const Icon = waitsFor === "signature" ? IconSignature : IconBook;
  return (
    <>
      <Text fw={600}>{t(`family.waiting.${waitsFor}`, { name: firstName })}</Text>
      <Text size="sm" mb="xs">
        {t(`family.waiting.${waitsFor}Text`)}
      </Text>
      <Button
        component={Link}
        to={`/students/${studentId}/versions/${versionId}`}
        leftSection={<Icon size={18} aria-hidden />}
      >
        {t("family.waiting.open")}
      </Button>
    </>
  );
}
