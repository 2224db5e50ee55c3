import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import {
  clockRuns,
  mayPlaceStatement,
  type Step,
  stepRule,
  STEPS,
  stepsOf,
} from "../../../convex/domain/rights/requests";
import { useFormatting } from "../../lib/formatting";
import { DefinitionList } from "../../ui/DefinitionList";
import { StatusBadge, type Tone } from "../../ui/StatusBadge";
import { ClockBadge, ClockSum } from "./Clock";
import classes from "./RequestCard.module.css";
import { areOwn, type Rights, type RightsRequest } from "./rightsWords";

export type Action =
  | { kind: "step"; step: Step; paper: boolean }
  | { kind: "statement" }
  | { kind: "clock" };

const TONES: Partial<Record<RightsRequest["state"], Tone>> = {
  provided: "good",
  agreed: "good",
  hearingAgreed: "good",
  approved: "good",
  refused: "watch",
  hearingRefused: "watch",
  received: "info",
  scheduled: "info",
  hearingRequested: "info",
  hearingHeld: "info",
};

/** One request: how it stands, how many days are left and why, what happened, and what can be done next. */
export function RequestCard({
  request,
  rights,
  onAction,
}: {
  request: RightsRequest;
  rights: Rights;
  onAction: (action: Action) => void;
}) {
  const { t } = useTranslation("rights");
  const id = useId();
  const { kind, state } = request;
  const own = areOwn(rights);
  const next =
    state === "refused" && kind === "destruction" ? "next.refusedDestruction" : `next.${state}`;
  return (
    <article className={classes.card} aria-labelledby={id}>
      <Stack gap="sm">
        <Group gap="xs">
          <Title order={3} size="h5" id={id}>
            {t(`kinds.${kind}`)}
          </Title>
          <StatusBadge tone={TONES[state] ?? "neutral"}>{t(`states.${state}`)}</StatusBadge>
          <ClockBadge request={request} />
        </Group>
        {own ? <Text>{t(next as "next.received")}</Text> : null}
        <Answer request={request} />
        <ClockSum request={request} forFamily={own} />
        <Details request={request} />
        <Actions {...{ request, rights, onAction }} />
        <History request={request} />
      </Stack>
    </article>
  );
}

/** What the agency said last: the family should not have to look for it. */
function Answer({ request }: { request: RightsRequest }) {
  const { t } = useTranslation("rights");
  const said = request.events.findLast(
    ({ action, text }) =>
      text !== undefined && STEPS.some((step) => step === action && stepRule(step).by === "agency"),
  );
  if (said === undefined) return null;
  return (
    <blockquote className={classes.answer}>
      <Text size="sm" c="dimmed">
        {t("details.answer")}: {t(`history.${said.action}`)}
      </Text>
      <Text dir="auto" className={classes.text}>
        {said.text}
      </Text>
    </blockquote>
  );
}

function Details({ request }: { request: RightsRequest }) {
  const { t } = useTranslation("rights");
  const { date } = useFormatting();
  const { kind, about, ground, correction, channel, requesterName } = request;
  const { scheduledOn, providedOn, way, fee } = request;
  const requester = requesterName ?? t("details.unknown");
  const items = [
    {
      term: t("details.requester"),
      description: channel === "paper" ? t("details.paper", { name: requester }) : requester,
      // What the agency tells the family, nobody has asked for.
      shown: request.state !== "informed",
    },
    {
      term: t("details.about"),
      description: about === "" && kind === "inspection" ? t("details.everything") : about,
      shown: about !== "" || kind === "inspection",
    },
    {
      term: t("details.ground"),
      description: ground === undefined ? "" : t(`grounds.${ground}`),
      shown: ground !== undefined,
    },
    { term: t("details.correction"), description: correction, shown: correction !== undefined },
    {
      term: t("details.scheduledOn"),
      description: scheduledOn === undefined ? "" : date(scheduledOn),
      shown: scheduledOn !== undefined,
    },
    {
      term: t("details.providedOn"),
      description: providedOn === undefined ? "" : date(providedOn),
      shown: providedOn !== undefined,
    },
    {
      term: t("details.way"),
      description: way === undefined ? "" : t(`ways.${way}`),
      shown: way !== undefined,
    },
    {
      term: t("details.fee"),
      description: fee === undefined ? "" : t(`fees.${fee}`),
      shown: fee !== undefined,
    },
  ];
  return <DefinitionList items={items.filter(({ shown }) => shown)} />;
}

function Actions({
  request,
  rights,
  onAction,
}: {
  request: RightsRequest;
  rights: Rights;
  onAction: (action: Action) => void;
}) {
  const { t } = useTranslation("rights");
  const { abilities, isFamily } = rights;
  const agency = abilities["rights.decide"] ? stepsOf(request, "agency") : [];
  const family = abilities["rights.request"] ? stepsOf(request, "family") : [];
  const statement = abilities["statement.place"] && mayPlaceStatement(request);
  // Once a hearing was asked for, its own day counts.
  const clock =
    abilities["rights.decide"] && clockRuns(request.state) && request.hearingAskedOn === undefined;
  const button = (label: string, action: Action) => (
    <Button
      key={label}
      variant="default"
      size="compact-md"
      aria-label={`${label}: ${t(`kinds.${request.kind}`)}`}
      onClick={() => onAction(action)}
    >
      {label}
    </Button>
  );
  if (agency.length + family.length === 0 && !statement && !clock) return null;
  return (
    <Group gap="xs">
      {agency.map((step) => button(t(`steps.${step}`), { kind: "step", step, paper: false }))}
      {clock ? button(t("clock.change"), { kind: "clock" }) : null}
      {family.map((step) =>
        button(isFamily ? t(`steps.${step}`) : t("steps.onPaper", { step: t(`steps.${step}`) }), {
          ...{ kind: "step", step, paper: !isFamily },
        }),
      )}
      {statement
        ? button(
            isFamily
              ? t("steps.placeStatement")
              : t("steps.onPaper", { step: t("steps.placeStatement") }),
            { kind: "statement" },
          )
        : null}
    </Group>
  );
}

const dayKey = (action: RightsRequest["events"][number]["action"]) =>
  action === "schedule"
    ? "history.planned"
    : action === "changeClock"
      ? "history.received"
      : "history.on";

function History({ request }: { request: RightsRequest }) {
  const { t } = useTranslation("rights");
  const { date, instant } = useFormatting();
  return (
    <details>
      <summary>{t("history.of", { what: t(`kinds.${request.kind}`) })}</summary>
      <ol className={classes.history}>
        {request.events.map(({ _id, action, at, byName, on, dueOn, text }) => (
          <li key={_id}>
            <Text size="sm">
              {[
                t(`history.${action}`),
                ...(on === undefined ? [] : [t(dayKey(action), { date: date(on) })]),
                ...(dueOn === undefined ? [] : [t("history.due", { date: date(dueOn) })]),
              ].join(" · ")}
            </Text>
            <Text size="sm" c="dimmed" dir="auto">
              {instant(at)} · {byName}
            </Text>
            {text === undefined ? null : (
              <Text size="sm" dir="auto" className={classes.text}>
                {text}
              </Text>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}
