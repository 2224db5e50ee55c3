import { Button, Group, List, Stack, Text } from "@mantine/core";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { authClient } from "../../lib/authClient";
import { useFormatting } from "../../lib/formatting";
import { confirmAction } from "../../ui/confirmAction";
import { LoadFailed } from "../../ui/LoadFailed";
import { Loading } from "../../ui/Loading";
import { notifyDone, notifyFailed } from "../../ui/notify";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";
import { deviceOf } from "./device";

interface Session {
  id: string;
  token: string;
  /** Typed as a date, and sent as text. */
  createdAt: Date | string;
  updatedAt: Date | string;
  ipAddress?: string | null | undefined;
  userAgent?: string | null | undefined;
}

const at = (date: Date | string): number => new Date(date).getTime();

/** Where one is signed in, and how to end it there. */
export function SessionsPanel() {
  const { t } = useTranslation("account");
  const { data: own } = authClient.useSession();
  const { sessions, failed, load } = useSessions();
  const act = async (done: string, request: () => Promise<{ error: unknown }>) => {
    const { error } = await request().catch(() => ({ error: {} }));
    if (error === null) notifyDone(done);
    else notifyFailed(t("sessions.notEnded"));
    await load();
  };
  const endOthers = async () => {
    const sure = await confirmAction({
      title: t("sessions.endOthers"),
      text: t("sessions.endOthersText"),
      confirmLabel: t("sessions.endOthers"),
    });
    if (sure) await act(t("sessions.othersEnded"), () => authClient.revokeOtherSessions());
  };
  return (
    <Panel title={t("sessions.title")}>
      {failed ? (
        <LoadFailed text={t("sessions.failed")} onRetry={() => void load()} />
      ) : sessions === null ? (
        <Loading shape="list" />
      ) : (
        <Stack gap="md">
          <List listStyleType="none" spacing="md">
            {sessions.map((session) => (
              <List.Item key={session.id}>
                <SessionRow
                  session={session}
                  isOwn={session.id === own?.session.id}
                  onEnd={() =>
                    void act(t("sessions.ended"), () =>
                      authClient.revokeSession({ token: session.token }),
                    )
                  }
                />
              </List.Item>
            ))}
          </List>
          {sessions.length > 1 ? (
            <Group>
              <Button variant="default" onClick={() => void endOthers()}>
                {t("sessions.endOthers")}
              </Button>
            </Group>
          ) : null}
          <Text size="sm" c="dimmed">
            {t("sessions.delay")}
          </Text>
        </Stack>
      )}
    </Panel>
  );
}

function useSessions() {
  const [sessions, setSessions] = useState<Session[] | null>(null);
  const [failed, setFailed] = useState(false);
  const load = useCallback(async () => {
    const { data, error } = await authClient
      .listSessions()
      .catch(() => ({ data: null, error: {} }));
    setFailed(error !== null);
    if (data !== null) setSessions([...data].sort((a, b) => at(b.updatedAt) - at(a.updatedAt)));
  }, []);
  useEffect(() => {
    void load();
  }, [load]);
  return { sessions, failed, load };
}

function SessionRow({
  session,
  isOwn,
  onEnd,
}: {
  session: Session;
  isOwn: boolean;
  onEnd: () => void;
}) {
  const { t } = useTranslation("account");
  const { instant } = useFormatting();
  const { browser, system } = deviceOf(session.userAgent ?? "");
  const device =
    browser === null && system === null
      ? t("sessions.unknownDevice")
      : [browser, system].filter((part) => part !== null).join(", ");
  return (
    <Group justify="space-between" gap="sm">
      <Stack gap={0}>
        <Text fw={600}>{device}</Text>
        <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {t("sessions.since", {
            when: instant(at(session.createdAt)),
            place: session.ipAddress ?? t("sessions.unknownPlace"),
          })}
        </Text>
      </Stack>
      {isOwn ? (
        <StatusBadge tone="good">{t("sessions.own")}</StatusBadge>
      ) : (
        <Button
          variant="default"
          size="compact-md"
          aria-label={t("sessions.endAt", { device })}
          onClick={onEnd}
        >
          {t("sessions.end")}
        </Button>
      )}
    </Group>
  );
}
