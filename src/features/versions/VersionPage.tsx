import { Alert, Anchor, Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconShieldCheck, IconSignature } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { PLAN_PARTS } from "../../../convex/domain/ieps/parts";
import type { PlanContent } from "../../../convex/domain/ieps/planContent";
import AskForTranslation from "../../lib/AskForTranslation";
import { useFormatting } from "../../lib/formatting";
import { SelectField } from "../../ui/fields";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";
import { Comparison } from "./Comparison";
import { Deliveries } from "./Deliveries";
import { PlanPart, saysAnything } from "./PlanPart";
import { Questions } from "./Questions";
import { Signatures, type Version } from "./Signatures";
import classes from "./versions.module.css";

interface Ids {
  studentId: Id<"students">;
  versionId: Id<"iepVersions">;
}

/**
 * One fixed version: the family reads it, asks about its parts and signs it; staff answer.
 * @param output how it is had on paper
 */
export function VersionPage({ studentId, versionId, output }: Ids & { output: ReactNode }) {
  const { t } = useTranslation("versions");
  const { instant } = useFormatting();
  const found = useQuery(api.versions.getVersion, { studentId, versionId });
  const all = useQuery(api.versions.listVersions, { studentId });
  const [otherId, setOtherId] = useState("");
  if (found === undefined || all === undefined) return <Loading />;
  const { version, studentName } = found;
  const content = found.text === null ? null : (JSON.parse(found.text) as PlanContent);
  const here = `/students/${studentId}/versions/${versionId}`;
  const others = all.filter(({ _id }) => _id !== versionId);
  return (
    <Page
      title={t("title", { name: studentName })}
      tab={t("tab")}
      back={
        found.isFamily
          ? { to: `/students/${studentId}`, label: studentName }
          : { to: `/ieps/${version.iepId}`, label: t("life") }
      }
      subtitle={
        <Group gap="xs">
          <StatusBadge tone={version.kind === "shared" ? "watch" : "info"}>
            {t(`kind.${version.kind}`)}
          </StatusBadge>
          <span>
            {t("version", { number: version.number })} · {instant(version.createdAt)}
          </span>
        </Group>
      }
      width={820}
      actions={
        <>
          {output}
          <SignLink found={found} here={here} />
        </>
      }
    >
      {found.newest._id === versionId || found.isToSign ? null : (
        <Alert variant="outline" color="leaf">
          {t("newer")}{" "}
          <Anchor
            component={Link}
            to={`/students/${studentId}/versions/${found.newest._id}`}
            underline="always"
          >
            {t("newerLink", { number: found.newest.number })}
          </Anchor>
        </Alert>
      )}
      {version.kind === "shared" ? (
        <Alert variant="outline" color="yellow">
          {t("draftBanner", { number: version.number })}
        </Alert>
      ) : null}
      {version.correction === undefined ? null : (
        <Alert variant="outline" color="leaf">
          {t("correct.trail", {
            ...version.correction,
            part: t(`parts.${version.correction.part}` as "parts.goals", { name: studentName }),
          })}
        </Alert>
      )}
      {found.isFamily ? <AskForTranslation studentId={studentId} /> : null}
      {content === null ? (
        <Alert color="red" variant="outline">
          {t("unreadable")}
        </Alert>
      ) : (
        <Panel>
          {others.length === 0 ? null : (
            <div data-no-print>
              <SelectField
                name="compare"
                label={t("compare")}
                value={otherId}
                onChange={setOtherId}
                clearable
                placeholder={t("compareNone")}
                options={others.map(({ _id, number, kind, createdAt }) => ({
                  value: _id,
                  label: `${t("version", { number })} · ${t(`kind.${kind}`)} · ${instant(createdAt)}`,
                }))}
              />
            </div>
          )}
          {otherId === "" ? (
            <Parts studentId={studentId} found={found} content={content} />
          ) : (
            <Stack mt="md">
              <Comparison
                studentId={studentId}
                otherId={otherId as Id<"iepVersions">}
                content={content}
              />
            </Stack>
          )}
        </Panel>
      )}
      <Panel title={t("signatures.title")} actions={<SignLink found={found} here={here} />}>
        <Signatures
          signatures={found.signatures}
          numbers={new Map(all.map(({ _id, number }) => [_id, number]))}
          current={version.kind === "shared" || found.isToSign ? versionId : null}
        />
      </Panel>
      <Deliveries studentId={studentId} found={found} />
      <Stack gap={4}>
        <Text size="sm" c="dimmed">
          {t("fingerprint")}
        </Text>
        <span className={classes.hash}>{version.hash}</span>
        <Anchor component={Link} to={`${here}/verify`} size="sm" underline="always">
          <Group gap={4} component="span" display="inline-flex">
            <IconShieldCheck size={16} aria-hidden />
            {t("verify")}
          </Group>
        </Anchor>
      </Stack>
    </Page>
  );
}

function SignLink({ found, here }: { found: Version; here: string }) {
  const { t } = useTranslation("versions");
  if (!found.isToSign || !found.abilities["signature.sign"]) return null;
  const signed = found.signatures.some(
    ({ isOwn, versionId }) => isOwn && versionId === found.version._id,
  );
  return (
    <Button
      component={Link}
      to={`${here}/sign`}
      variant={signed ? "default" : "filled"}
      leftSection={<IconSignature size={18} aria-hidden />}
    >
      {t(signed ? "signatures.again" : "signatures.signNow")}
    </Button>
  );
}

function Parts({
  studentId,
  found,
  content,
}: {
  studentId: Id<"students">;
  found: Version;
  content: PlanContent;
}) {
  const { t } = useTranslation("versions");
  const isDraft = found.version.kind === "shared";
  return (
    <div
      className={isDraft ? classes.draft : undefined}
      data-watermark={isDraft ? t("watermark") : undefined}
    >
      {PLAN_PARTS.filter((part) => saysAnything(content, part)).map((part) => {
        const title = t(`parts.${part}`, { name: content.student.name });
        return (
          <section key={part} className={classes.part} aria-label={title}>
            <Title order={2} size="h4" mb="xs">
              {title}
            </Title>
            <PlanPart content={content} part={part} />
            <Questions studentId={studentId} version={found} part={part} title={title} />
          </section>
        );
      })}
    </div>
  );
}
