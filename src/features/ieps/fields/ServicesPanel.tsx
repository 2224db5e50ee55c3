/** The statement of services, with the minutes of a week and how they are counted. */
import { ActionIcon, Button, Group, Stack, Table, Text } from "@mantine/core";
import { IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../../convex/_generated/api";
import type { Id } from "../../../../convex/_generated/dataModel";
import { minutesPerWeek, serviceTotals } from "../../../../convex/domain/services/minutes";
import { useErrorText } from "../../../lib/errors";
import { useFormatting } from "../../../lib/formatting";
import { useMutation } from "../../../lib/mutation";
import { newClientMutationId } from "../../../lib/uniqueId";
import { Loading } from "../../../ui/Loading";
import { notifyFailed, notifyUndo } from "../../../ui/notify";
import { Panel } from "../../../ui/Panel";
import { CarriedMark } from "../../ieps/carry/CarriedMark";
import { ServiceDialog } from "./ServiceDialog";

export type Service = FunctionReturnType<typeof api.services.listServices>["services"][number];

export function ServicesPanel({
  iepId,
  dates,
}: {
  iepId: Id<"ieps">;
  /** What a new service begins with. */
  dates: { effectiveDate: string; expirationDate: string };
}) {
  const { t } = useTranslation("planFields");
  const found = useQuery(api.services.listServices, { iepId });
  const [editing, setEditing] = useState<Service | "new" | null>(null);
  if (found === undefined) return <Loading shape="list" />;
  const { services, abilities } = found;
  const editable = abilities["iep.editFields"];
  return (
    <Panel
      title={t("services")}
      actions={
        editable ? (
          <Button
            variant="default"
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => setEditing("new")}
          >
            {t("addService")}
          </Button>
        ) : undefined
      }
    >
      <Stack gap="sm" id="list-services" tabIndex={-1}>
        {services.length === 0 ? (
          <Text c="dimmed">{t("noServices")}</Text>
        ) : (
          <>
            <ServiceTable {...{ iepId, services, editable }} onEdit={setEditing} />
            <Totals services={services} />
          </>
        )}
      </Stack>
      {editing === null ? null : (
        <ServiceDialog
          {...{ iepId, dates }}
          service={editing === "new" ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </Panel>
  );
}

function ServiceTable({
  iepId,
  services,
  editable,
  onEdit,
}: {
  iepId: Id<"ieps">;
  services: readonly Service[];
  editable: boolean;
  onEdit: (service: Service) => void;
}) {
  const { t } = useTranslation(["planFields", "common"]);
  const { number, dateShort } = useFormatting();
  const remove = useRemove(iepId);
  return (
    <Table.ScrollContainer minWidth={620} type="native">
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("planFields:service")}</Table.Th>
            <Table.Th>{t("planFields:howOften")}</Table.Th>
            <Table.Th>{t("planFields:perWeek")}</Table.Th>
            <Table.Th>{t("planFields:where")}</Table.Th>
            <Table.Th>{t("planFields:fromUntil")}</Table.Th>
            {editable ? <Table.Th aria-label={t("common:edit")} /> : null}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {services.map((service) => (
            <Table.Tr key={service._id}>
              <Table.Td>
                <Text size="sm" fw={600} dir="auto">
                  {service.type}
                </Text>
                {editable ? <CarriedMark iepId={iepId} place={`service/${service._id}`} /> : null}
                <Text size="xs" c="dimmed" dir="auto">
                  {t(`planFields:kinds.${service.kind}`)} · {service.provider}
                </Text>
              </Table.Td>
              <Table.Td>
                <Text size="sm">
                  {t(`planFields:times.${service.frequency.per}`, {
                    count: service.frequency.times,
                    minutes: number(service.minutes),
                  })}
                </Text>
                <Text size="xs" c="dimmed">
                  {t(`planFields:deliveries.${service.delivery}`)}
                </Text>
              </Table.Td>
              <Table.Td>{number(minutesPerWeek(service))}</Table.Td>
              <Table.Td>
                <Text size="sm" dir="auto">
                  {service.location}
                </Text>
                <Text size="xs" c="dimmed">
                  {t(`planFields:settings.${service.setting}`)}
                </Text>
              </Table.Td>
              <Table.Td>
                {dateShort(service.startDate)} – {dateShort(service.endDate)}
              </Table.Td>
              {editable ? (
                <Table.Td>
                  <Group gap={4} wrap="nowrap" justify="flex-end">
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size="lg"
                      aria-label={`${t("common:edit")}: ${service.type}`}
                      onClick={() => onEdit(service)}
                    >
                      <IconPencil size={18} aria-hidden />
                    </ActionIcon>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size="lg"
                      aria-label={`${t("common:remove")}: ${service.type}`}
                      onClick={() => remove(service)}
                    >
                      <IconTrash size={18} aria-hidden />
                    </ActionIcon>
                  </Group>
                </Table.Td>
              ) : null}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** Removes at once, and offers the way back. */
function useRemove(iepId: Id<"ieps">): (service: Service) => void {
  const { t } = useTranslation(["planFields", "common"]);
  const errorText = useErrorText();
  const remove = useMutation(api.services.removeService);
  const add = useMutation(api.services.addService);
  const failed = (error: unknown) => notifyFailed(errorText(error));
  return (removed) => {
    const { _id: serviceId, version: expectedVersion, ...service } = removed;
    const again = { iepId, service, clientMutationId: newClientMutationId() };
    remove({ iepId, serviceId, expectedVersion }).then(
      () =>
        notifyUndo({
          message: t("planFields:serviceRemoved"),
          undoLabel: t("common:undo"),
          onUndo: () => void add(again).catch(failed),
        }),
      failed,
    );
  };
}

function Totals({ services }: { services: readonly Service[] }) {
  const { t } = useTranslation("planFields");
  const { number } = useFormatting();
  const totals = serviceTotals(services);
  return (
    <div>
      <Text size="sm">
        {t("total", { all: number(totals.all), outside: number(totals.outsideRegularClass) })}
      </Text>
      <Text size="xs" c="dimmed">
        {t("conversion")}
      </Text>
    </div>
  );
}
