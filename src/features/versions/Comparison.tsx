import { Stack, Text, Title } from "@mantine/core";
import { useQuery } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { changedParts, partLines } from "../../../convex/domain/ieps/parts";
import type { PlanContent } from "../../../convex/domain/ieps/planContent";
import { diffWords } from "../../../convex/domain/ieps/wordDiff";
import { Loading } from "../../ui/Loading";
import classes from "./versions.module.css";

/** What another version says otherwise, part by part and word by word. */
export function Comparison({
  studentId,
  otherId,
  content,
}: {
  studentId: Id<"students">;
  otherId: Id<"iepVersions">;
  content: PlanContent;
}) {
  const { t } = useTranslation("versions");
  const other = useQuery(api.versions.getVersion, { studentId, versionId: otherId });
  if (other === undefined) return <Loading shape="list" />;
  if (other.text === null) return <Text>{t("unreadable")}</Text>;
  const before = JSON.parse(other.text) as PlanContent;
  const parts = changedParts(before, content);
  if (parts.length === 0) return <Text>{t("compareSame")}</Text>;
  return (
    <Stack gap="md">
      {parts.map((part) => (
        <section key={part}>
          <Title order={3} size="h5" mb={4}>
            {t(`parts.${part}`, { name: content.student.name })}
          </Title>
          <Text component="div" className={classes.diff} dir="auto">
            {diffWords(partLines(before, part).join("\n"), partLines(content, part).join("\n")).map(
              ({ kind, text }, index) => {
                const key = String(index);
                if (kind === "same") return <span key={key}>{text}</span>;
                return kind === "added" ? (
                  <ins key={key} aria-label={`${t("added")} ${text}`}>
                    {text}
                  </ins>
                ) : (
                  <del key={key} aria-label={`${t("removed")} ${text}`}>
                    {text}
                  </del>
                );
              },
            )}
          </Text>
        </section>
      ))}
    </Stack>
  );
}
