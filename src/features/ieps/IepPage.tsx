import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { IconPencil, IconPlus, IconWriting } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { statedHours } from "../../../convex/domain/ieps/content";
import { isDraftStatus } from "../../../convex/domain/ieps/lifecycle";
import { useFormatting } from "../../lib/formatting";
import { DefinitionList } from "../../ui/DefinitionList";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import { CarriedBanner } from "./carry/CarriedMark";
import { CompletenessPanel } from "./completeness/CompletenessPanel";
import { GoalList } from "./GoalList";
import { IepStatus } from "./IepStatus";
import { MoveActions } from "./MoveActions";
import { OpenComments } from "./writing/OpenComments";

export type IepWithGoals = FunctionReturnType<typeof api.ieps.getIEPWithGoals>;

/**
 * One plan with its dates, services and goals.
 * @param output how it is had on paper
 * @param lifeCycle what the page shows of the plan's versions and signatures
 */
export function IepPage({
  iepId,
  output,
  lifeCycle,
}: {
  iepId: Id<"ieps">;
  output?: ReactNode;
  lifeCycle: ReactNode;
}) {
  const { t } = useTranslation(["ieps", "common", "writing"]);
  const { date } = useFormatting();
  const iep = useQuery(api.ieps.getIEPWithGoals, { iepId });
  if (iep === undefined) return <Loading />;
  const { abilities } = iep;
  return (
    <Page
      title={t("ieps:planOf", { name: iep.studentName })}
      tab={t("ieps:tab")}
      back={{ to: `/students/${iep.studentId}`, label: iep.studentName }}
      subtitle={
        <Group gap="md">
          <IepStatus status={iep.status} />
          {abilities["section.read"] ? <OpenComments iepId={iepId} /> : null}
        </Group>
      }
      actions={
        <>
          {output}
          {abilities["section.read"] ? (
            <Button
              component={Link}
              to={`/ieps/${iepId}/write`}
              leftSection={<IconWriting size={18} aria-hidden />}
            >
              {t("writing:open")}
            </Button>
          ) : null}
          {abilities["iep.editFields"] ? (
            <Button
              component={Link}
              to={`/ieps/${iepId}/edit`}
              variant="default"
              leftSection={<IconPencil size={18} aria-hidden />}
            >
              {t("common:edit")}
            </Button>
          ) : null}
          {abilities["iep.move"] ? <MoveActions iep={iep} /> : null}
        </>
      }
    >
      {iep.status === "draft" ? (
        <Alert variant="outline" color="leaf">
          {t("ieps:draftNote")}
        </Alert>
      ) : null}
      {abilities["section.read"] && iep.status !== "discarded" && isDraftStatus(iep.status) ? (
        <CarriedBanner {...{ iepId, studentId: iep.studentId }} canTake={abilities["iep.carry"]} />
      ) : null}
      {lifeCycle}
      {iep.status !== "discarded" && isDraftStatus(iep.status) ? (
        <CompletenessPanel {...{ iepId, studentId: iep.studentId }} />
      ) : null}
      <Panel title={t("ieps:dates")}>
        <DefinitionList
          items={(
            ["meetingDate", "effectiveDate", "expirationDate", "nextReviewDate"] as const
          ).map((field) => ({ term: t(`ieps:fields.${field}`), description: date(iep[field]) }))}
        />
      </Panel>
      <Panel
        id="list-goals"
        title={t("ieps:goals")}
        actions={
          abilities["goal.create"] ? (
            <Button
              component={Link}
              to={`/ieps/${iepId}/goals/new`}
              variant="default"
              leftSection={<IconPlus size={18} aria-hidden />}
            >
              {t("ieps:addGoal")}
            </Button>
          ) : undefined
        }
      >
        <GoalList
          goals={iep.goals}
          {...(abilities["section.read"] && isDraftStatus(iep.status) ? { draftId: iepId } : {})}
          {...(abilities["iep.editFields"] ? { orderedIn: iepId } : {})}
        />
      </Panel>
      <Services iep={iep} />
      <Supports iep={iep} />
    </Page>
  );
}

function Services({ iep }: { iep: IepWithGoals }) {
  const { t } = useTranslation("ieps");
  const { number } = useFormatting();
  const { other = [], ...hours } = iep.serviceHours;
  const items = [
    ...statedHours(hours)
      .filter(([, count]) => count > 0)
      .map(([service, count]) => ({
        term: t(`services.${service}` as "services.specialEducation"),
        description: t("hoursAWeek", { count, hours: number(count) }),
      })),
    ...other.map(({ service, hours: count }) => ({
      term: service,
      description: t("hoursAWeek", { count, hours: number(count) }),
    })),
  ];
  return (
    <Panel title={t("placementAndServices")}>
      <Stack gap="md">
        <div>
          <Text size="sm" c="dimmed">
            {t("fields.placement")}
          </Text>
          <Text dir="auto">{iep.placement}</Text>
        </div>
        {items.length === 0 ? (
          <Text c="dimmed">{t("noServices")}</Text>
        ) : (
          <DefinitionList items={items} />
        )}
      </Stack>
    </Panel>
  );
}

function Supports({ iep }: { iep: IepWithGoals }) {
  const { t } = useTranslation("ieps");
  const { accommodations, modifications, transitionPlan } = iep;
  const lists = [
    {
      title: t("accommodations"),
      texts: accommodations.map(({ category, description, setting }) =>
        [category, description, setting].filter((part) => part !== "").join(" · "),
      ),
    },
    {
      title: t("modifications"),
      texts: modifications.map(({ subject, description, criteria }) =>
        [subject, description, criteria].filter((part) => part !== "").join(" · "),
      ),
    },
    ...(transitionPlan === undefined
      ? []
      : [
          { title: t("postSecondaryGoals"), texts: transitionPlan.postSecondaryGoals },
          { title: t("transitionServices"), texts: transitionPlan.transitionServices },
          { title: t("agencyInvolvement"), texts: transitionPlan.agencyInvolvement ?? [] },
        ]),
  ];
  return (
    <Panel title={t("supports")}>
      <Stack gap="md">
        {lists.map(({ title, texts }) => (
          <div key={title}>
            <Text size="sm" c="dimmed">
              {title}
            </Text>
            {texts.length === 0 ? (
              <Text>{t("notStated")}</Text>
            ) : (
              <List>
                {texts.map((text) => (
                  <List.Item key={text} dir="auto">
                    {text}
                  </List.Item>
                ))}
              </List>
            )}
          </div>
        ))}
      </Stack>
    </Panel>
  );
}
