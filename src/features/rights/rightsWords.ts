/** Requests in the reader's words: how they stand, and the arithmetic of their last day. */
import type { FunctionReturnType } from "convex/server";
import { useTranslation } from "react-i18next";
import type { api } from "../../../convex/_generated/api";
import { addDays } from "../../../convex/domain/calendar/calendarDate";
import { type Clock, clockOn, DAYS_ALLOWED, lastDay } from "../../../convex/domain/rights/clock";
import { clockRuns, PERMANENT_RECORD } from "../../../convex/domain/rights/requests";
import { useFormatting } from "../../lib/formatting";
import type { Tone } from "../../ui/StatusBadge";

export type Rights = FunctionReturnType<typeof api.rights.listRequests>;
export type RightsRequest = Rights["requests"][number];
/** Whether the reader's own rights these are, to be used by themselves: plain words, and "you". */
export const areOwn = ({ isFamily, abilities }: Rights): boolean =>
  isFamily && abilities["rights.request"];
export type Consent = FunctionReturnType<typeof api.consents.listConsents>[number];
/** What a list knows of a request, too. */
export type CountedRequest = Omit<
  RightsRequest,
  "events" | "about" | "correction" | "requesterName"
>;

/** From here on a last day is near. */
const NEAR = 10;

function toneOf(clock: Exclude<Clock, { kind: "none" }>): Tone {
  switch (clock.kind) {
    case "running":
      return clock.days <= NEAR ? "watch" : "info";
    case "met":
      return "good";
    case "unknown":
    case "overdue":
    case "missed":
      return "late";
  }
}

export function useRightsWords() {
  const { t } = useTranslation("rights");
  const { date, today } = useFormatting();
  return {
    /** Null where nothing is owed. */
    clock: (request: CountedRequest): { text: string; tone: Tone } | null => {
      const clock = clockOn(request, today());
      if (clock.kind === "none") return null;
      const tone = toneOf(clock);
      switch (clock.kind) {
        case "unknown":
        case "met":
          return { text: t(`clock.${clock.kind}`), tone };
        case "running":
          if (clock.days === 0) return { text: t("clock.today"), tone };
          return { text: t("clock.running", { count: clock.days }), tone };
        case "overdue":
        case "missed":
          return { text: t(`clock.${clock.kind}`, { count: clock.days }), tone };
      }
    },
    /** How the last day follows from the others; null where none was ever counted. */
    arithmetic: (request: CountedRequest, forFamily: boolean): string | null => {
      const { countsFrom, hearingAskedOn, meetingOn, dueOn, state } = request;
      if (countsFrom === undefined || dueOn === undefined)
        return clockRuns(state)
          ? t(forFamily ? "clock.sumUnknownFamily" : "clock.sumUnknown")
          : null;
      const from = date(countsFrom);
      const due = date(dueOn);
      if (hearingAskedOn !== undefined) return t("clock.sumHearing", { from, due });
      if (lastDay(countsFrom, meetingOn)?.limit !== "meeting" || meetingOn === undefined)
        return t("clock.sum", { from, due });
      const days45 = date(addDays(countsFrom, DAYS_ALLOWED));
      return t("clock.sumMeeting", { from, due, days45, meeting: date(meetingOn) });
    },
    kept: (): string => PERMANENT_RECORD.map((field) => t(`kept.${field}`)).join(", "),
  };
}
