import { Button, CopyButton, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCurrentUser } from "../../lib/session";
import { keepFreshCodes } from "./freshCodes";
import classes from "./BackupCodes.module.css";

/** Shown once: to be copied, printed or kept as a file. */
export function BackupCodes({ codes }: { codes: readonly string[] }) {
  const { t } = useTranslation("account");
  const { email } = useCurrentUser();
  const sheet = [t("secondFactor.codesOf", { email }), "", ...codes, ""].join("\n");
  const download = () => {
    const url = URL.createObjectURL(new Blob([sheet], { type: "text/plain" }));
    const link = Object.assign(document.createElement("a"), {
      ...{ href: url, download: "trellis-backup-codes.txt" },
    });
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Stack gap="md">
      <div className={classes.sheet} role="group" aria-labelledby="backup-codes-title">
        <Text fw={600} mb="xs" id="backup-codes-title">
          {t("secondFactor.codesOf", { email })}
        </Text>
        <ul className={classes.codes}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </div>
      <Text size="sm">{t("secondFactor.codesHelp")}</Text>
      <Group gap="sm">
        <CopyButton value={sheet}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {t(copied ? "secondFactor.copied" : "secondFactor.copy")}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={() => window.print()}>
          {t("secondFactor.print")}
        </Button>
        <Button variant="default" onClick={download}>
          {t("secondFactor.download")}
        </Button>
        <Button onClick={() => keepFreshCodes(null)}>{t("secondFactor.kept")}</Button>
      </Group>
    </Stack>
  );
}
