import { Button, Group, List, Text } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Id } from "../../../convex/_generated/dataModel";
import { useFormatting } from "../../lib/formatting";
import { Panel } from "../../ui/Panel";
import type { Version } from "./Signatures";

const DeliveryDialog = lazy(async () => ({
  default: (await import("./PaperDialogs")).DeliveryDialog,
}));
const PaperSignatureDialog = lazy(async () => ({
  default: (await import("./PaperDialogs")).PaperSignatureDialog,
}));

/** How this version was handed over on paper, and recording what came back on paper. */
export function Deliveries({ studentId, found }: { studentId: Id<"students">; found: Version }) {
  const { t } = useTranslation("versions");
  const { date } = useFormatting();
  const [dialog, setDialog] = useState<"delivery" | "paper" | null>(null);
  const { deliveries, abilities, version, isFirst } = found;
  if (deliveries.length === 0 && !abilities["signature.record"]) return null;
  const close = () => setDialog(null);
  return (
    <Panel title={t("delivery.title")}>
      {deliveries.length === 0 ? (
        <Text c="dimmed">{t("delivery.none")}</Text>
      ) : (
        <List>
          {deliveries.map(({ _id, way, recipient, deliveredOn, recordedByName, note }) => (
            <List.Item key={_id} dir="auto">
              {t("delivery.line", {
                ...{ way: t(`delivery.ways.${way}`), name: recipient },
                ...{ date: date(deliveredOn), by: recordedByName },
              })}
              {note === "" ? "" : ` · ${note}`}
            </List.Item>
          ))}
        </List>
      )}
      {abilities["signature.record"] ? (
        <Group gap="xs" mt="sm">
          <Button variant="default" onClick={() => setDialog("delivery")}>
            {t("delivery.open")}
          </Button>
          {found.isToSign ? (
            <Button variant="default" onClick={() => setDialog("paper")}>
              {t("paper.open")}
            </Button>
          ) : null}
        </Group>
      ) : null}
      <Suspense>
        {dialog === "delivery" ? (
          <DeliveryDialog studentId={studentId} versionId={version._id} onClose={close} />
        ) : dialog === "paper" ? (
          <PaperSignatureDialog
            {...{ studentId, versionId: version._id, isFirst }}
            onClose={close}
          />
        ) : null}
      </Suspense>
    </Panel>
  );
}
