import { Stack, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useFormatting } from "../../lib/formatting";
import { Panel } from "../../ui/Panel";
import classes from "./RequestCard.module.css";

/** What the family says against the record, for everybody who reads it; nothing where there is none. */
export function StatementsPanel({ studentId }: { studentId: Id<"students"> }) {
  const { t } = useTranslation("rights");
  const { date } = useFormatting();
  const statements = useQuery(api.rights.listStatements, { studentId });
  if (statements === undefined || statements.length === 0) return null;
  return (
    <Panel title={t("statements.title")}>
      <Stack gap="md">
        {statements.map(({ _id, signedName, text, placedOn, about }) => (
          <article key={_id} className={classes.card}>
            <Text size="sm" c="dimmed" dir="auto" className={classes.text}>
              {t("statements.about", { about })}
            </Text>
            <Text dir="auto" className={classes.text}>
              {text}
            </Text>
            <Text size="sm" c="dimmed">
              {t("statements.by", { name: signedName, date: date(placedOn) })}
            </Text>
          </article>
        ))}
        <Text size="xs" c="dimmed">
          {t("statements.text")}
        </Text>
      </Stack>
    </Panel>
  );
}
