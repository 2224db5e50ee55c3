import { Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { useQuery } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import classes from "./DemoAccounts.module.css";

/** In a demonstration only: everybody of it, one click away. */
export function DemoAccounts({
  onSignIn,
  busy,
}: {
  onSignIn: (credentials: { email: string; password: string }) => void;
  busy: boolean;
}) {
  const { t, i18n } = useTranslation("session");
  const demo = useQuery(api.demo.listAccounts, {});
  if (demo?.enabled !== true) return null;
  const districts = [...new Set(demo.accounts.map(({ organizationName }) => organizationName))];
  const about = (key: string): string =>
    i18n.exists(`session:demo.people.${key}`) ? t(`demo.people.${key}` as "demo.people.priya") : "";
  return (
    <section className={classes.demo} aria-labelledby="demo-title">
      <Title order={2} size="h4" id="demo-title">
        {t("demo.title")}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t("demo.text")}
      </Text>
      {districts.map((district) => (
        <Stack key={district} gap={4} mb="md">
          <Text size="sm" fw={600} component="h3" m={0}>
            {district}
          </Text>
          <ul className={classes.people}>
            {demo.accounts
              .filter(({ organizationName }) => organizationName === district)
              .map(({ key, name, email }) => (
                <li key={key}>
                  <UnstyledButton
                    className={classes.person}
                    disabled={busy}
                    onClick={() => onSignIn({ email, password: demo.password })}
                  >
                    <span className={classes.name}>{name}</span>
                    <span className={classes.about}>{about(key)}</span>
                  </UnstyledButton>
                </li>
              ))}
          </ul>
        </Stack>
      ))}
    </section>
  );
}
