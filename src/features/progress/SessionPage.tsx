import { Alert, Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useFormatting } from "../../lib/formatting";
import { useUserId } from "../../lib/session";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import { keepSession, readSession, type RunningSession } from "./keptSession";
import { SessionBoard } from "./SessionBoard";
import type { Today } from "./TodayPage";

/** More students than one adult takes data for at once. */
const MOST = 6;

/** Several students' goals at once: chosen first, then side by side. */
export function SessionPage() {
  const { t } = useTranslation("progress");
  const list = useQuery(api.goals.listTodayGoals, {});
  const userId = useUserId();
  const [session, setSession] = useState<RunningSession | null | undefined>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    void readSession(userId).then(setSession, () => {
      setFailed(true);
      setSession(null);
    });
  }, [userId]);
  const change = (next: RunningSession | null) => {
    setSession(next);
    keepSession(userId, next).catch(() => setFailed(true));
  };
  if (list === undefined || session === undefined) return <Loading shape="list" />;
  return (
    <Page title={t("session.title")} back={{ to: "/today", label: t("today.title") }}>
      {failed ? (
        <Alert color="yellow" variant="outline" mb="md">
          {t("session.notKept")}
        </Alert>
      ) : null}
      {session === null ? (
        <ChooseStudents
          list={list}
          onStart={(studentIds) =>
            change({ startedAt: Date.now(), studentIds, entries: {}, logged: {} })
          }
        />
      ) : (
        <SessionBoard list={list} session={session} onChange={change} />
      )}
    </Page>
  );
}

function ChooseStudents({
  list,
  onStart,
}: {
  list: Today;
  onStart: (studentIds: string[]) => void;
}) {
  const { t } = useTranslation("progress");
  const { person } = useFormatting();
  const [chosen, setChosen] = useState<string[]>([]);
  return (
    <Panel title={t("session.who")}>
      <Checkbox.Group value={chosen} onChange={setChosen} aria-label={t("session.who")}>
        <Stack gap="xs">
          {list.students.map((student) => (
            <Checkbox
              key={student.studentId}
              size="md"
              value={student.studentId}
              disabled={chosen.length >= MOST && !chosen.includes(student.studentId)}
              label={person(student.firstName, student.lastName)}
              description={t("session.goals", { count: student.goals.length })}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <Group mt="md" gap="md">
        <Button size="md" disabled={chosen.length === 0} onClick={() => onStart(chosen)}>
          {t("session.start")}
        </Button>
        <Text size="sm" c="dimmed">
          {t("session.most", { count: MOST })}
        </Text>
      </Group>
    </Panel>
  );
}
