import { Button, Modal, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { authClient } from "../../lib/authClient";
import { forgetDay } from "../../lib/offline/keptDayMarker";
import { idleState, type IdleState, lastActivity, noteActivity } from "../../lib/idle";

const EVENTS = ["pointerdown", "keydown", "wheel", "touchstart", "focus"] as const;

/**
 * Signs out whoever left without doing so, when the organization wants it: after a warning, and without a loss, since
 * what was typed is kept on the device and the sign-in leads back to this page.
 */
export default function IdleTimeout({ minutes }: { minutes: number }) {
  const { t } = useTranslation("session");
  const [state, setState] = useState<IdleState>({ kind: "active" });
  const isWarned = state.kind === "warned";
  useEffect(() => {
    // Coming to a page is doing something; only a warning is answered by its button.
    if (lastActivity() === null) noteActivity(Date.now());
    const listener = () => noteActivity(Date.now());
    if (!isWarned) for (const event of EVENTS) window.addEventListener(event, listener, true);
    const look = () => {
      const next = idleState(lastActivity() ?? Date.now(), Date.now(), minutes);
      setState(next);
      // The next session begins with an activity of its own.
      if (next.kind === "over") {
        noteActivity(Date.now());
        // Whoever comes next sees nothing of today's list, with a network or without.
        void forgetDay();
        void authClient.signOut();
      }
    };
    const timer = window.setInterval(look, 1000);
    return () => {
      window.clearInterval(timer);
      for (const event of EVENTS) window.removeEventListener(event, listener, true);
    };
  }, [minutes, isWarned]);
  if (!isWarned) return null;
  const stay = () => {
    noteActivity(Date.now());
    setState({ kind: "active" });
  };
  return (
    <Modal opened onClose={stay} title={t("idle.title")} withCloseButton={false}>
      <Stack gap="md">
        {/* Read out once, not every second. */}
        <Text role="alert">{t("idle.text")}</Text>
        <Text aria-hidden>{t("idle.seconds", { count: state.seconds })}</Text>
        <Button onClick={stay} data-autofocus>
          {t("idle.stay")}
        </Button>
      </Stack>
    </Modal>
  );
}
