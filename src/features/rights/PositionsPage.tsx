import { Button, Group, Stack, Table, Text } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { usePaginatedQuery, useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { checkText, LIMITS } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { TextArea } from "../../ui/fields";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import { TextField } from "../../ui/TextField";
import { FormDialog } from "../../lib/FormDialog";

type Positions = FunctionReturnType<typeof api.positions.listPositions>;
type Position = Positions["positions"][number];

function usePositionName(): (position: Position) => string {
  const { t } = useTranslation("common");
  return ({ title, role }) => (title === "" ? t(`roles.${role}`) : title);
}

/** Names and positions of those who may have access to records, for everybody, on the screen and on paper. */
export function PositionsPage() {
  const { t } = useTranslation("rights");
  const list = useQuery(api.positions.listPositions, {});
  const [editing, setEditing] = useState<Position | null>(null);
  const [printing, setPrinting] = useState(false);
  const [complete, setComplete] = useState<ReadonlySet<string>>(new Set());
  const onComplete = useCallback(
    (role: string) => setComplete((before) => new Set([...before, role])),
    [],
  );
  const ready = list !== undefined && complete.size >= list.positions.length;
  useEffect(() => {
    // A printed list with a part of the names would be a wrong one.
    if (!printing || !ready) return;
    window.print();
    setPrinting(false);
  }, [printing, ready]);
  if (list === undefined) return <Loading />;
  return (
    <Page
      title={t("positions.title")}
      subtitle={t("positions.subtitle", { organization: list.organizationName })}
      width={860}
      actions={
        <Button
          variant="default"
          leftSection={<IconPrinter size={18} aria-hidden />}
          disabled={printing}
          onClick={() => setPrinting(true)}
        >
          {t(printing ? "positions.printing" : "positions.print")}
        </Button>
      }
    >
      {list.positions.map((position) => (
        <PositionPanel
          key={position.role}
          position={position}
          all={printing}
          onComplete={onComplete}
          onEdit={list.abilities["positions.describe"] ? () => setEditing(position) : null}
        />
      ))}
      {editing === null ? null : (
        <PositionDialog position={editing} onClose={() => setEditing(null)} />
      )}
    </Page>
  );
}

function PositionPanel({
  position,
  all,
  onComplete,
  onEdit,
}: {
  position: Position;
  /** Everybody, for printing. */
  all: boolean;
  onComplete: (role: string) => void;
  onEdit: (() => void) | null;
}) {
  const { t } = useTranslation(["rights", "common"]);
  const name = usePositionName()(position);
  const { role, access } = position;
  const holders = usePaginatedQuery(api.positions.listHolders, { role }, { initialNumItems: 50 });
  const { results, status, loadMore } = holders;
  useEffect(() => {
    if (all && status === "CanLoadMore") loadMore(200);
    if (status === "Exhausted") onComplete(role);
  }, [all, status, loadMore, onComplete, role]);
  return (
    <Panel
      title={name}
      actions={
        onEdit === null ? undefined : (
          <Button
            variant="default"
            size="compact-md"
            data-no-print
            aria-label={t("rights:positions.describeOf", { position: name })}
            onClick={onEdit}
          >
            {t("rights:positions.describe")}
          </Button>
        )
      }
    >
      <Stack gap="sm">
        {access === "" ? null : <Text dir="auto">{access}</Text>}
        {status === "LoadingFirstPage" ? (
          <Loading shape="list" />
        ) : results.length === 0 ? (
          <Text c="dimmed">{t("rights:positions.nobody")}</Text>
        ) : (
          <HoldersTable label={name} holders={results} />
        )}
        {status === "CanLoadMore" ? (
          <Group data-no-print>
            <Button variant="default" onClick={() => loadMore(100)}>
              {t("common:more")}
            </Button>
          </Group>
        ) : null}
      </Stack>
    </Panel>
  );
}

function HoldersTable({
  label,
  holders,
}: {
  label: string;
  holders: FunctionReturnType<typeof api.positions.listHolders>["page"];
}) {
  const { t } = useTranslation("rights");
  const { person } = useFormatting();
  return (
    <Table aria-label={label}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t("positions.columns.name")}</Table.Th>
          <Table.Th scope="col">{t("positions.columns.where")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {holders.map(({ _id, firstName, lastName, schoolName }) => (
          <Table.Tr key={_id}>
            <Table.Td dir="auto">{person(firstName, lastName)}</Table.Td>
            <Table.Td>{schoolName ?? t("positions.wholeOrganization")}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function PositionDialog({ position, onClose }: { position: Position; onClose: () => void }) {
  const { t } = useTranslation(["rights", "common"]);
  const describe = useMutation(api.positions.describePosition);
  const [{ title, access }, setValues, draft] = useDraft(`position.${position.role}`, {
    title: position.title,
    access: position.access,
  });
  const standard = t(`common:roles.${position.role}`);
  return (
    <FormDialog
      title={t("rights:positions.describeOf", { position: standard })}
      submitLabel={t("common:save")}
      done={t("rights:form.saved")}
      check={() => [
        ...checkText("title", title, { max: LIMITS.title }),
        ...checkText("access", access, { max: LIMITS.text }),
      ]}
      save={() =>
        describe({ role: position.role, title, access, expectedVersion: position.version })
      }
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <>
          <TextField
            name="title"
            label={t("rights:positions.name")}
            description={t("rights:positions.nameHelp", { standard })}
            value={title}
            onChange={(value) => setValues((before) => ({ ...before, title: value }))}
            {...errorOf("title")}
          />
          <TextArea
            name="access"
            label={t("rights:positions.access")}
            value={access}
            onChange={(value) => setValues((before) => ({ ...before, access: value }))}
            {...errorOf("access")}
          />
        </>
      )}
    </FormDialog>
  );
}
