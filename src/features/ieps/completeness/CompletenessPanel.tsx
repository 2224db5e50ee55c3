/** "What the law still misses": live, by the parts of the plan; each line leads to where it is put right. */
import { Anchor, Button, List, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../../convex/_generated/api";
import type { Id } from "../../../../convex/_generated/dataModel";
import { type FindingTarget, PLAN_PARTS } from "../../../../convex/domain/ieps/findings";
import { useFormatting } from "../../../lib/formatting";
import { Loading } from "../../../ui/Loading";
import { StatusBadge } from "../../../ui/StatusBadge";
import classes from "./CompletenessPanel.module.css";
import { focusElement, wayTo } from "./jump";

const OverrideDialog = lazy(async () => ({
  default: (await import("./OverrideDialog")).OverrideDialog,
}));

export type Completeness = FunctionReturnType<typeof api.ieps.getCompleteness>;
type Finding = Completeness["findings"][number];
interface Place {
  iepId: Id<"ieps">;
  studentId: Id<"students">;
}

/** @param open on a phone it is a part that opens, so that the plan is seen first */
export function CompletenessPanel({ open = true, ...place }: Place & { open?: boolean }) {
  const { t } = useTranslation("completeness");
  const found = useQuery(api.ieps.getCompleteness, { iepId: place.iepId });
  const [deciding, setDeciding] = useState(false);
  return (
    <details className={classes.panel} open={open}>
      <summary className={classes.summary}>
        <h2 className={classes.title}>{t("title")}</h2>
        {found === undefined ? null : <Count found={found} />}
      </summary>
      {found === undefined ? (
        <Loading shape="list" />
      ) : (
        <Stack gap="md" mt="sm">
          {found.findings.length === 0 ? <Text size="sm">{t("nothing")}</Text> : null}
          <Unseen {...{ found, place }} />
          <Findings {...{ found, place }} />
          <Decision found={found} onDecide={() => setDeciding(true)} />
          {found.indicator13 === null ? null : (
            <Indicator13 answers={found.indicator13} place={place} />
          )}
          <Text size="xs" c="dimmed">
            {t("advice")}
          </Text>
        </Stack>
      )}
      {deciding && found !== undefined ? (
        <Suspense>
          <OverrideDialog iepId={place.iepId} found={found} onClose={() => setDeciding(false)} />
        </Suspense>
      ) : null}
    </details>
  );
}

function Count({ found }: { found: Completeness }) {
  const { t } = useTranslation("completeness");
  const { openCount } = found;
  return (
    <span role="status">
      <StatusBadge tone={openCount === 0 ? "good" : "watch"}>
        {openCount === 0 ? t("complete") : t("open", { count: openCount })}
      </StatusBadge>
    </span>
  );
}

/** What came over and nobody has looked at has a page of its own; here it is one line. */
const isUnseen = ({ key }: Finding): boolean => key === "carriedUnseen";

function Unseen({ found, place }: { found: Completeness; place: Place }) {
  const { t } = useTranslation("carry");
  const unseen = found.findings.filter(isUnseen);
  const [first] = unseen;
  if (first === undefined) return null;
  return (
    <Text size="sm">
      <JumpLink target={first.target} place={place}>
        {t("unseenLine", { count: unseen.length })}
      </JumpLink>
    </Text>
  );
}

function Findings({ found, place }: { found: Completeness; place: Place }) {
  const { t } = useTranslation("completeness");
  return PLAN_PARTS.map((part) => {
    const findings = found.findings.filter(
      (finding) => finding.part === part && !isUnseen(finding),
    );
    if (findings.length === 0) return null;
    return (
      <section key={part} aria-label={t(`parts.${part}`)}>
        <Text component="h3" size="sm" fw={600} m={0} mb={4}>
          {t(`parts.${part}`)}
        </Text>
        <List listStyleType="none" spacing={6} size="sm">
          {findings.map((finding) => (
            <List.Item key={finding.id}>
              <FindingLine {...{ finding, place }} />
            </List.Item>
          ))}
        </List>
      </section>
    );
  });
}

/** The sentence of a finding, with what it is about in the reader's language. */
function useFindingText(): (finding: Finding) => string {
  const { t } = useTranslation("completeness");
  return ({ key, params }) =>
    t(`findings.${key}` as "findings.noGoals", {
      ...params,
      factor:
        params.factor === undefined ? "" : t(`factors.${params.factor}` as "factors.behavior"),
      assessment:
        params.assessment === undefined
          ? ""
          : t(`assessment.${params.assessment}` as "assessment.state"),
      signer: params.signer === undefined ? "" : t(`signers.${params.signer}` as "signers.family"),
      field: params.field === undefined ? "" : t(`dates.${params.field}` as "dates.meetingDate"),
    });
}

function FindingLine({ finding, place }: { finding: Finding; place: Place }) {
  const { t } = useTranslation("completeness");
  const text = useFindingText()(finding);
  const note =
    finding.severity === "advice"
      ? t("isAdvice")
      : finding.covered
        ? t("isCovered")
        : finding.state === "unknown"
          ? t("isUnknown")
          : t("isRequired");
  return (
    <>
      <JumpLink target={finding.target} place={place}>
        {text}
      </JumpLink>
      <Text size="xs" c="dimmed">
        {note} · 34 CFR {finding.citation}
      </Text>
    </>
  );
}

function JumpLink({
  target,
  place,
  children,
}: {
  target: FindingTarget;
  place: Place;
  children: ReactNode;
}) {
  const { to, hash, search } = wayTo(target, place);
  return (
    <Anchor
      component={Link}
      size="sm"
      to={to}
      {...(hash === undefined ? {} : { hash })}
      {...(search === undefined ? {} : { search: search as never })}
      onClick={(event) => {
        if (hash !== undefined && focusElement(hash)) event.preventDefault();
      }}
    >
      {children}
    </Anchor>
  );
}

function Decision({ found, onDecide }: { found: Completeness; onDecide: () => void }) {
  const { t } = useTranslation("completeness");
  const { instant } = useFormatting();
  const { override, abilities } = found;
  return (
    <>
      {override === null ? null : (
        <Text size="sm" dir="auto">
          {t("decided", { name: override.byName, at: instant(override.at) })} “{override.reason}”
        </Text>
      )}
      {abilities["iep.overrideCompleteness"] ? (
        <Button variant="default" size="sm" style={{ alignSelf: "flex-start" }} onClick={onDecide}>
          {t("goWithout")}
        </Button>
      ) : null}
    </>
  );
}

const TONES = { yes: "good", no: "late", unknown: "watch", notApplicable: "neutral" } as const;

function Indicator13({
  answers,
  place,
}: {
  answers: NonNullable<Completeness["indicator13"]>;
  place: Place;
}) {
  const { t } = useTranslation("completeness");
  return (
    <section aria-label={t("indicator13")}>
      <Text component="h3" size="sm" fw={600} m={0} mb={4}>
        {t("indicator13")}
      </Text>
      <List listStyleType="none" spacing={6} size="sm">
        {answers.map(({ item, status, target, citation }) => (
          <List.Item key={item}>
            <StatusBadge tone={TONES[status]}>{t(`status.${status}`)}</StatusBadge>{" "}
            <JumpLink {...{ target, place }}>{t(`items.${item}` as "items.assessment")}</JumpLink>
            <Text size="xs" c="dimmed">
              34 CFR {citation}
            </Text>
          </List.Item>
        ))}
      </List>
    </section>
  );
}
