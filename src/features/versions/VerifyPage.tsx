import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useFormatting } from "../../lib/formatting";
import { DefinitionList } from "../../ui/DefinitionList";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";
import { TextField } from "../../ui/TextField";
import { Signatures } from "./Signatures";
import classes from "./versions.module.css";

/** The proof: whether a version still says what was fixed, and what each signature was under. */
export function VerifyPage({
  studentId,
  versionId,
  hash,
}: {
  studentId: Id<"students">;
  versionId: Id<"iepVersions">;
  /** From a link. */
  hash: string;
}) {
  const { t } = useTranslation("versions");
  const { instant } = useFormatting();
  const [typed, setTyped] = useState(hash);
  const [given, setGiven] = useState(hash);
  const proof = useQuery(api.versions.verifyVersion, { studentId, versionId, hash: given });
  if (proof === undefined) return <Loading />;
  const { version, integrity, matchesGiven, signatures } = proof;
  const compare = (event: SyntheticEvent) => {
    event.preventDefault();
    setGiven(typed);
  };
  const isSame = integrity.state === "unchanged";
  return (
    <Page
      title={t("verification.title", { number: version.number })}
      tab={t("tab")}
      back={{
        to: `/students/${studentId}/versions/${versionId}`,
        label: t("title", { name: proof.studentName }),
      }}
      subtitle={t("verification.intro")}
      width={820}
    >
      <Alert variant="outline" color={isSame ? "leaf" : "red"} role="status">
        <StatusBadge tone={isSame ? "good" : "late"}>
          {t(`verification.${integrity.state}`, { date: instant(version.createdAt) })}
        </StatusBadge>
      </Alert>
      <Panel>
        <DefinitionList
          items={[
            {
              term: t("verification.stored"),
              description: <span className={classes.hash}>{version.hash}</span>,
            },
            {
              term: t("verification.found"),
              description: <span className={classes.hash}>{integrity.found ?? "—"}</span>,
            },
          ]}
        />
        <form onSubmit={compare} noValidate>
          <Group align="flex-end" mt="md" gap="xs">
            <div style={{ flex: "1 1 18rem" }}>
              <TextField
                name="hash"
                label={t("verification.given")}
                value={typed}
                onChange={setTyped}
              />
            </div>
            <Button type="submit" variant="default">
              {t("verification.check")}
            </Button>
          </Group>
        </form>
        {matchesGiven === null ? null : (
          <Stack mt="sm" role="status">
            <StatusBadge tone={matchesGiven ? "good" : "late"}>
              {t(matchesGiven ? "verification.matches" : "verification.matchesNot")}
            </StatusBadge>
          </Stack>
        )}
      </Panel>
      <Panel title={t("signatures.title")}>
        <Signatures
          signatures={signatures}
          numbers={new Map([[version._id, version.number]])}
          current={null}
        />
        {signatures.map(({ _id, signerName, versionHash }) => (
          <Text key={_id} size="sm" mt="xs" dir="auto">
            {signerName}:{" "}
            {t(
              versionHash === integrity.found
                ? "verification.signedThis"
                : "verification.signedOther",
            )}
          </Text>
        ))}
      </Panel>
    </Page>
  );
}
