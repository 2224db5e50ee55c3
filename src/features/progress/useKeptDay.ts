import { useEffect } from "react";
import { useCurrentUser } from "../../lib/session";
import { keepDay } from "../../lib/offline/keptDay";
import type { Today } from "./TodayPage";

/** Keeps today's list on this device, so that it opens without a network. */
export function useKeptDay(list: Today | undefined): void {
  const user = useCurrentUser();
  useEffect(() => {
    if (list === undefined || user.acting === null) return;
    const { timezone, idleMinutes } = user.acting;
    const day = {
      ...{ userId: user._id, user, timezone, idleMinutes: idleMinutes ?? null },
      ...{ keptAt: Date.now(), list },
    };
    // A browser that keeps nothing works with a network only.
    keepDay(day).catch(() => undefined);
  }, [list, user]);
}
