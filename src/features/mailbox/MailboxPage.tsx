import { Anchor, Container, List, Stack, Text } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useFormatting } from "../../lib/formatting";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";

/** What would have been mailed: for development and demonstrations, where no mail is sent. */
export function MailboxPage() {
  const { t } = useTranslation("mailbox");
  const { instant } = useFormatting();
  const mailbox = useQuery(api.mailbox.listMail, {});
  return (
    <Container component="main" size="sm" py="xl">
      <Page title={t("title")} subtitle={t("subtitle")}>
        {mailbox === undefined ? (
          <Loading shape="list" />
        ) : !mailbox.enabled ? (
          <Text>{t("off")}</Text>
        ) : mailbox.mails.length === 0 ? (
          <EmptyState icon={<IconMail size={40} />} title={t("empty")} />
        ) : (
          <List listStyleType="none" spacing="md">
            {mailbox.mails.map(({ _id, to, subject, text, link, sentAt }) => (
              <li key={_id}>
                <Panel title={subject}>
                  <Stack gap="xs">
                    <Text size="sm" c="dimmed">
                      {t("to", { to })} · {instant(sentAt)}
                    </Text>
                    <Text size="sm" style={{ whiteSpace: "pre-line", overflowWrap: "anywhere" }}>
                      {text}
                    </Text>
                    {link === undefined ? null : <Anchor href={link}>{t("open")}</Anchor>}
                  </Stack>
                </Panel>
              </li>
            ))}
          </List>
        )}
      </Page>
    </Container>
  );
}
