import { Anchor, Button, Group, List, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { REQUEST_KINDS, type RequestKind } from "../../../convex/domain/rights/requests";
import { useFormatting } from "../../lib/formatting";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import { ClockDialog } from "./ClockDialog";
import { ConsentsPanel } from "./ConsentsPanel";
import { type Action, RequestCard } from "./RequestCard";
import classes from "./RequestCard.module.css";
import { RequestDialog } from "./RequestDialog";
import { areOwn, type Rights, type RightsRequest } from "./rightsWords";
import { StepDialog } from "./StepDialog";
import { InformDialog, StatementDialog } from "./TextDialogs";

/** A dialog about a request shows it as it was when it was opened: whoever was faster is told so. */
type Dialog =
  | { kind: "request"; of: RequestKind | null }
  | { kind: "inform" }
  | (Action & { request: RightsRequest });

/** A family's rights to one record, in plain words; and for those who answer, what was asked and what they owe. */
export function RightsPage({ studentId }: { studentId: Id<"students"> }) {
  const { t } = useTranslation("rights");
  const { person } = useFormatting();
  const rights = useQuery(api.rights.listRequests, { studentId });
  const [dialog, setDialog] = useState<Dialog | null>(null);
  if (rights === undefined) return <Loading />;
  const { isFamily, firstName, lastName, requests } = rights;
  const name = person(firstName, lastName);
  const own = areOwn(rights);
  const side = own ? "family" : isFamily ? "reader" : "staff";
  return (
    <Page
      title={t(own ? "family.title" : "staff.title", { name })}
      tab={t("tab")}
      subtitle={t(`${side}.subtitle`)}
      back={{ to: `/students/${studentId}`, label: name }}
      width={860}
      actions={isFamily ? undefined : <StaffActions rights={rights} onOpen={setDialog} />}
    >
      {own ? <WhatYouCanDo rights={rights} onOpen={setDialog} /> : null}
      <Panel title={t(own ? "requests.familyTitle" : "requests.title")}>
        {requests.length === 0 ? (
          <Text c="dimmed">{t("requests.empty")}</Text>
        ) : (
          <ul className={classes.list}>
            {requests.map((request) => (
              <li key={request._id}>
                <RequestCard
                  {...{ request, rights }}
                  onAction={(action) => setDialog({ ...action, request })}
                />
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <ConsentsPanel studentId={studentId} rights={rights} />
      <List>
        <List.Item>
          <Anchor component={Link} to={`/students/${studentId}/access`} underline="always">
            {t("family.access")}
          </Anchor>
        </List.Item>
        <List.Item>
          <Anchor component={Link} to="/positions" underline="always">
            {t("family.positions")}
          </Anchor>
        </List.Item>
      </List>
      {dialog === null ? null : (
        <OpenDialog {...{ studentId, dialog }} paper={!isFamily} onClose={() => setDialog(null)} />
      )}
    </Page>
  );
}

function StaffActions({ rights, onOpen }: { rights: Rights; onOpen: (dialog: Dialog) => void }) {
  const { t } = useTranslation("rights");
  return (
    <Group gap="xs">
      {rights.abilities["rights.request"] ? (
        <Button onClick={() => onOpen({ kind: "request", of: null })}>{t("staff.record")}</Button>
      ) : null}
      {rights.abilities["rights.decide"] ? (
        <Button variant="default" onClick={() => onOpen({ kind: "inform" })}>
          {t("staff.inform")}
        </Button>
      ) : null}
    </Group>
  );
}

function WhatYouCanDo({ rights, onOpen }: { rights: Rights; onOpen: (dialog: Dialog) => void }) {
  const { t } = useTranslation("rights");
  const name = rights.firstName;
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
      {REQUEST_KINDS.map((kind) => (
        <section key={kind} className={classes.card} aria-label={t(`family.${kind}`)}>
          <Stack gap="xs" h="100%" justify="space-between">
            <div>
              <Title order={2} size="h5">
                {t(`family.${kind}`)}
              </Title>
              <Text size="sm">{t(`family.${kind}Text`, { name })}</Text>
            </div>
            <Button
              variant={kind === "inspection" ? "filled" : "default"}
              onClick={() => onOpen({ kind: "request", of: kind })}
              aria-label={t("family.ask", { what: t(`family.${kind}`) })}
            >
              {t("family.askShort")}
            </Button>
          </Stack>
        </section>
      ))}
    </SimpleGrid>
  );
}

function OpenDialog({
  studentId,
  dialog,
  paper,
  onClose,
}: {
  studentId: Id<"students">;
  dialog: Dialog;
  paper: boolean;
  onClose: () => void;
}) {
  const shared = { studentId, onClose };
  switch (dialog.kind) {
    case "request":
      return <RequestDialog {...shared} kind={dialog.of} paper={paper} />;
    case "inform":
      return <InformDialog {...shared} />;
    case "step":
      return (
        <StepDialog {...shared} request={dialog.request} step={dialog.step} paper={dialog.paper} />
      );
    case "statement":
      return <StatementDialog {...shared} request={dialog.request} paper={paper} />;
    case "clock":
      return <ClockDialog {...shared} request={dialog.request} />;
  }
}
