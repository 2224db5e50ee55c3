import { Group, Paper, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { changeLanguage, type Language } from "../../lib/i18n";
import { Mark } from "../../ui/Mark";
import classes from "./EntryFrame.module.css";

/** Pages before sign-in: the name, the language, one thing to do. */
export function EntryFrame({
  title,
  children,
  aside,
}: {
  title: string;
  children: ReactNode;
  aside?: ReactNode;
}) {
  const { t, i18n } = useTranslation("session");
  useEffect(() => {
    document.title = `${title} · Trellis`;
  }, [title]);
  return (
    <div className={classes.frame}>
      <header className={classes.top}>
        <Group gap="xs">
          <Mark size={36} />
          <Text fw={700} size="xl">
            Trellis
          </Text>
        </Group>
        <SegmentedControl
          size="sm"
          aria-label={t("language")}
          value={i18n.language}
          data={[
            { value: "en", label: "English" },
            { value: "es", label: "Español" },
          ]}
          onChange={(language) => void changeLanguage(language as Language)}
        />
      </header>
      <main className={classes.main}>
        <Paper className={classes.card}>
          <Stack gap="md">
            <Title order={1} size="h2">
              {title}
            </Title>
            {children}
          </Stack>
        </Paper>
        {aside}
      </main>
      <Text size="sm" c="dimmed" ta="center" component="footer" p="md">
        {t("tagline")}
      </Text>
    </div>
  );
}
