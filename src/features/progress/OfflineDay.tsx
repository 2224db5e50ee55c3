import { Alert, Button, Center, Container, Text } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { TimeZoneContext, useFormatting } from "../../lib/formatting";
import { idleState, lastActivity, noteActivity } from "../../lib/idle";
import { type KeptDay, readDay } from "../../lib/offline/keptDay";
import { forgetDay } from "../../lib/offline/keptDayMarker";
import { type CurrentUser, CurrentUserContext } from "../../lib/session";
import { Loading } from "../../ui/Loading";
import { type Today, TodayList } from "./TodayPage";
import WaitingEntries from "./WaitingEntries";

/** Today's list without a network: what was kept of it, for the person who was signed in, until they have been idle. */
export default function OfflineDay() {
  const { t } = useTranslation("progress");
  const [day, setDay] = useState<KeptDay<Today, CurrentUser> | null | undefined>();
  useEffect(() => {
    void readDay<Today, CurrentUser>(Date.now()).then(setDay, () => setDay(null));
  }, []);
  const idleMinutes = day?.idleMinutes ?? null;
  useEffect(() => {
    if (day === null || day === undefined) return;
    const note = () => noteActivity(Date.now());
    const look = () => {
      const over =
        idleMinutes !== null &&
        idleState(lastActivity() ?? day.keptAt, Date.now(), idleMinutes).kind === "over";
      if (over) void forgetDay().then(() => setDay(null));
    };
    look();
    const timer = setInterval(look, 5000);
    window.addEventListener("pointerdown", note, true);
    window.addEventListener("keydown", note, true);
    return () => {
      clearInterval(timer);
      window.removeEventListener("pointerdown", note, true);
      window.removeEventListener("keydown", note, true);
    };
  }, [day, idleMinutes]);
  if (day === undefined) return <Loading shape="list" />;
  if (day === null)
    return (
      <Center mih="60vh" p="md" component="main">
        <Text>{t("waiting.noneKept")}</Text>
      </Center>
    );
  return (
    <CurrentUserContext.Provider value={day.user}>
      <TimeZoneContext.Provider value={day.timezone}>
        <Container component="main" size="lg" py="md">
          <OfflineNotice keptAt={day.keptAt} />
          <WaitingEntries sending={false} />
          <TodayList list={day.list} offline />
        </Container>
      </TimeZoneContext.Provider>
    </CurrentUserContext.Provider>
  );
}

function OfflineNotice({ keptAt }: { keptAt: number }) {
  const { t } = useTranslation(["progress", "common"]);
  const { instant } = useFormatting();
  return (
    <Alert mb="md" variant="outline" color="yellow" icon={<IconCloudOff aria-hidden />}>
      <Text>{t("progress:waiting.offlineList", { time: instant(keptAt) })}</Text>
      <Button mt="xs" size="sm" variant="default" onClick={() => window.location.reload()}>
        {t("progress:waiting.tryAgain")}
      </Button>
    </Alert>
  );
}
