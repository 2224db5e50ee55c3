import { Alert } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { useConvexConnectionState } from "convex/react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

/** A short break is nobody's business; a longer one is said, with what it means for unsaved work. */
const PATIENCE_MS = 3000;

export function ConnectionNotice() {
  const { t } = useTranslation("common");
  const { isWebSocketConnected, hasEverConnected } = useConvexConnectionState();
  const gone = hasEverConnected && !isWebSocketConnected;
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!gone) return;
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [gone]);
  return (
    <div role="status" aria-live="polite">
      {gone && late ? (
        <Alert mb="md" variant="outline" color="yellow" icon={<IconCloudOff aria-hidden />}>
          {t("offline")}
        </Alert>
      ) : null}
    </div>
  );
}
