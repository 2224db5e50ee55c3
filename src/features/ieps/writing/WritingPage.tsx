import { Alert, Button, Group, NativeSelect, Stack, Text, Title } from "@mantine/core";
import { IconHistory, IconUserEdit, IconWriting } from "@tabler/icons-react";
import { useConvex, useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../../convex/_generated/api";
import type { Id } from "../../../../convex/_generated/dataModel";
import { SECTION_STATES } from "../../../../convex/domain/ieps/sections";
import { useErrorText } from "../../../lib/errors";
import { useFormatting } from "../../../lib/formatting";
import { withItsWords } from "../../../lib/i18n";
import { useMutation } from "../../../lib/mutation";
import { useCurrentUser } from "../../../lib/session";
import { EmptyState } from "../../../ui/EmptyState";
import { Loading } from "../../../ui/Loading";
import { notifyFailed } from "../../../ui/notify";
import { Page } from "../../../ui/Page";
import { IepStatus } from "../../ieps/IepStatus";
import { CarriedMark } from "../../ieps/carry/CarriedMark";
import { AssignDialog } from "./AssignDialog";
import { SectionList, SectionState } from "./SectionList";
import classes from "./SectionList.module.css";
import { usePeers, usePresence } from "./usePresence";

export type Writing = FunctionReturnType<typeof api.sections.listSections>;
export type Section = Writing["sections"][number];

/** The editor is large, and the list of sections need not wait for it. */
const SectionEditor = lazy(() =>
  import("../../../editor/SectionEditor").then((module) => ({ default: module.SectionEditor })),
);

const PhraseButton = lazy(async () => ({
  default: (await withItsWords(import("./PhraseButton"))).PhraseButton,
}));

const HistoryDialog = lazy(() =>
  import("./HistoryDialog").then((module) => ({ default: module.HistoryDialog })),
);

/** The text of a plan, section by section, written by its team at once. */
export function WritingPage({
  iepId,
  section,
  onChoose,
}: {
  iepId: Id<"ieps">;
  section: string | undefined;
  onChoose: (key: Section["key"]) => void;
}) {
  const { t } = useTranslation(["writing", "ieps"]);
  const writing = useQuery(api.sections.listSections, { iepId });
  if (writing === undefined) return <Loading />;
  const { sections, studentName, status } = writing;
  const current = sections.find(({ key }) => key === section) ?? sections[0];
  return (
    <Page
      title={t("title", { name: studentName })}
      tab={t("open")}
      back={{ to: `/ieps/${iepId}`, label: t("ieps:planOf", { name: studentName }) }}
      subtitle={<IepStatus status={status} />}
    >
      {current === undefined ? (
        <NoSections iepId={iepId} status={status} />
      ) : (
        <Sections {...{ iepId, writing, current, onChoose }} />
      )}
    </Page>
  );
}

function NoSections({ iepId, status }: { iepId: Id<"ieps">; status: Writing["status"] }) {
  const { t } = useTranslation("writing");
  const errorText = useErrorText();
  const prepare = useMutation(api.sections.prepareSections);
  const isDraft = status === "draft";
  return (
    <EmptyState
      icon={<IconWriting size={40} />}
      title={isDraft ? t("prepareTitle") : t("none")}
      {...(isDraft ? { text: t("prepareText") } : {})}
      action={
        isDraft ? (
          <Button
            onClick={() => {
              prepare({ iepId }).catch((error: unknown) => notifyFailed(errorText(error)));
            }}
          >
            {t("prepare")}
          </Button>
        ) : undefined
      }
    />
  );
}

function Sections({
  iepId,
  writing,
  current,
  onChoose,
}: {
  iepId: Id<"ieps">;
  writing: Writing;
  current: Section;
  onChoose: (key: Section["key"]) => void;
}) {
  const { t } = useTranslation("writing");
  const { _id: userId } = useCurrentUser();
  const { rows, onPlace, clientId } = usePresence(iepId, current._id);
  const peers = usePeers(rows, { userId, clientId, ownName: t("ownWindow") }, current._id);
  const counts = useQuery(api.sectionComments.countThreads, { iepId }) ?? [];
  const editable = current.abilities["section.write"];
  const title = t(`titles.${current.key}`);
  const { person } = useFormatting();
  const personOf = (id: string) => {
    const member = writing.team.find((candidate) => candidate.userId === id);
    return member === undefined ? null : person(member.firstName, member.lastName);
  };
  const decides = writing.abilities["section.decide"];
  const people = useMemo(
    () =>
      writing.team
        .filter((member) => member.userId !== userId)
        .map((member) => ({
          ...{ userId: member.userId, name: person(member.firstName, member.lastName) },
        })),
    [writing.team, userId, person],
  );
  useLeftWords(writing.sections, current._id, { userId, decides });
  return (
    <div className={classes.columns}>
      <SectionList
        sections={writing.sections}
        current={current.key}
        present={(rows ?? []).filter((row) => row.userId !== userId)}
        counts={counts}
        onChoose={onChoose}
      />
      <Stack component="section" gap="sm" aria-labelledby="section-title" miw={0}>
        <SectionHead {...{ writing, section: current, title }} />
        <CarriedMark iepId={iepId} place={`section/${current.key}`} />
        {writing.status === "draft" ? null : <Alert variant="outline">{t("notDraft")}</Alert>}
        {editable || writing.status !== "draft" || current.ownerName === null ? null : (
          <Alert variant="outline">{t("readOnly", { owner: current.ownerName })}</Alert>
        )}
        <Suspense fallback={<Loading />}>
          <SectionEditor
            key={current._id}
            {...{ sectionId: current._id, userId, editable, label: title, peers, onPlace }}
            canDecide={decides}
            {...{ personOf, people }}
            tools={(editor) => (
              <Suspense fallback={null}>
                <PhraseButton {...{ editor, studentId: writing.studentId, section: current.key }} />
              </Suspense>
            )}
          />
        </Suspense>
        <Text size="sm" c="dimmed" role="status">
          {peers.length === 0
            ? t("alone")
            : `${t("presentHere")} ${[...new Set(peers.map(({ name }) => name))].join(", ")}`}
        </Text>
      </Stack>
    </div>
  );
}

/** Words that an earlier window left in other sections of the plan are sent, too. */
function useLeftWords(
  sections: readonly Section[],
  current: Id<"iepSections">,
  { userId, decides }: { userId: Id<"users">; decides: boolean },
): void {
  const convex = useConvex();
  const others = sections
    .map(({ _id }) => _id)
    .filter((id) => id !== current)
    .join(" ");
  useEffect(() => {
    void Promise.all([
      import("../../../editor/openSection"),
      import("../../../editor/convexServer"),
    ])
      .then(async ([{ deliverPending }, { sectionServer }]) => {
        for (const id of others.split(" ") as Id<"iepSections">[])
          await deliverPending(sectionServer(convex, id), {
            ...{ userId, decides, sectionId: id },
          });
      })
      // They stay kept, and are tried again with the next opening.
      .catch(() => undefined);
  }, [convex, others, userId, decides]);
}

function SectionHead({
  writing,
  section,
  title,
}: {
  writing: Writing;
  section: Section;
  title: string;
}) {
  const { t } = useTranslation("writing");
  const { date, instant } = useFormatting();
  const errorText = useErrorText();
  const mark = useMutation(api.sections.markSection);
  const [assigning, setAssigning] = useState(false);
  const [history, setHistory] = useState(false);
  const { state, ownerName, openToTeam, dueDate, stateChangedAt, stateChangedByName } = section;
  const owner =
    ownerName === null
      ? t("nobody")
      : [t("owner", { name: ownerName }), openToTeam ? t("openToTeam") : ""].join(" ").trim();
  return (
    <Stack gap={6}>
      <Group justify="space-between" align="flex-end" gap="sm">
        <Stack gap={2} style={{ flex: "1 1 18rem" }}>
          <Title order={2} size="h3" id="section-title">
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {t(`hints.${section.key}`)}
          </Text>
        </Stack>
        <Group gap="xs" align="flex-end">
          {section.abilities["section.write"] ? (
            <NativeSelect
              label={t("state")}
              value={state}
              data={SECTION_STATES.map((value) => ({ value, label: t(`states.${value}`) }))}
              onChange={(event) => {
                const next = event.currentTarget.value as Section["state"];
                mark({ id: section._id, state: next }).catch((error: unknown) =>
                  notifyFailed(errorText(error)),
                );
              }}
            />
          ) : (
            <SectionState state={state} />
          )}
          <Button
            variant="default"
            leftSection={<IconHistory size={18} aria-hidden />}
            onClick={() => setHistory(true)}
          >
            {t("history.open")}
          </Button>
          {writing.abilities["section.assign"] ? (
            <Button
              variant="default"
              leftSection={<IconUserEdit size={18} aria-hidden />}
              onClick={() => setAssigning(true)}
            >
              {t("assign")}
            </Button>
          ) : null}
        </Group>
      </Group>
      <Text size="sm">
        {owner}
        {dueDate === null ? "" : `, ${t("due", { date: date(dueDate) })}`}
        {stateChangedAt === null || stateChangedByName === null
          ? ""
          : ` · ${t("stateBy", {
              ...{ state: t(`states.${state}`), name: stateChangedByName },
              when: instant(stateChangedAt),
            })}`}
      </Text>
      {history ? (
        <Suspense fallback={null}>
          <HistoryDialog section={section} onClose={() => setHistory(false)} />
        </Suspense>
      ) : null}
      {assigning ? (
        <AssignDialog {...{ section, team: writing.team }} onClose={() => setAssigning(false)} />
      ) : null}
    </Stack>
  );
}
