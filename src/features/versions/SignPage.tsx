import { Alert, Anchor, Button, Stack, Text } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { lazy, Suspense, type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import {
  approvalText,
  checkSignature,
  type Decision,
  DECISIONS,
  type SignatureMark,
} from "../../../convex/domain/ieps/signing";
import { type Problem, problem } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { errorProblems, useErrorText } from "../../lib/errors";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { problemsByField, useProblemText } from "../../lib/problems";
import { newClientMutationId } from "../../lib/uniqueId";
import { CheckboxField, RadioField, TextArea } from "../../ui/fields";
import { Loading } from "../../ui/Loading";
import { notifyDone } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import { ProblemSummary } from "../../ui/ProblemSummary";
import { TextField } from "../../ui/TextField";
import type { Drawing } from "./DrawPad";
import type { Version } from "./Signatures";
import classes from "./versions.module.css";

const DrawPad = lazy(() => import("./DrawPad").then((module) => ({ default: module.DrawPad })));

/** Signing the final version as oneself: what one says to it, the mark, and the words that are approved. */
export function SignPage({
  studentId,
  versionId,
}: {
  studentId: Id<"students">;
  versionId: Id<"iepVersions">;
}) {
  const { t } = useTranslation("versions");
  const found = useQuery(api.versions.getVersion, { studentId, versionId });
  if (found === undefined) return <Loading />;
  const here = `/students/${studentId}/versions/${versionId}`;
  return (
    <Page
      title={t("sign.title", { name: found.studentName })}
      tab={t("tab")}
      back={{ to: here, label: t("sign.back") }}
      subtitle={t("version", { number: found.version.number })}
      width={680}
    >
      {found.isToSign && found.abilities["signature.sign"] ? (
        <SignForm {...{ studentId, found, here }} />
      ) : (
        <Alert variant="outline" color="yellow">
          {t("sign.notNow")}{" "}
          <Anchor component={Link} to={here} underline="always">
            {t("sign.back")}
          </Anchor>
        </Alert>
      )}
    </Page>
  );
}

function SignForm({
  studentId,
  found,
  here,
}: {
  studentId: Id<"students">;
  found: Version;
  here: string;
}) {
  const { t, i18n } = useTranslation("versions");
  const errorText = useErrorText();
  const problemText = useProblemText();
  const navigate = useNavigate();
  const sign = useMutation(api.signatures.signVersion);
  const { run, saving, error } = useSaving();
  const { version, isFamily, isFirst } = found;
  // The mark and what is consented to are given at once or not at all; the words may take longer than a session.
  const [{ decision, exceptions }, setSaid, draft] = useDraft<{
    decision: Decision | "";
    exceptions: string;
  }>(`version.sign.${found.version._id}`, { decision: "", exceptions: "" });
  const [way, setWay] = useState<SignatureMark["kind"]>("typed");
  const [name, setName] = useState("");
  const [drawing, setDrawing] = useState<Drawing>({ strokes: [], height: 0 });
  const [consent, setConsent] = useState("");
  const [understands, setUnderstands] = useState(false);
  const [clientMutationId] = useState(newClientMutationId);
  const [wrong, setWrong] = useState<Problem[]>([]);
  const asksConsent = isFamily && isFirst;
  const language = i18n.language.startsWith("es") ? "es" : "en";
  const mark: SignatureMark =
    way === "typed" ? { kind: "typed", name } : { kind: "drawn", ...drawing };
  const words = approvalText({
    ...{ language, signer: found.signerName, student: found.studentName },
    ...{ number: version.number, hash: version.hash },
    decision: decision === "" ? "accept" : decision,
    servicesConsent: asksConsent && consent !== "" ? consent === "yes" : null,
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const chosen = decision === "" ? "accept" : decision;
    const problems = [
      ...(decision === "" ? [problem("decision", "required")] : []),
      ...(asksConsent && consent === "" ? [problem("servicesConsent", "required")] : []),
      ...checkSignature({ decision: chosen, exceptions, mark, understands }),
    ];
    setWrong(problems);
    if (problems.length > 0) return;
    void run(() =>
      sign({
        ...{ studentId, versionId: version._id, versionHash: version.hash, decision: chosen },
        ...{ exceptions, mark, understands, language, clientMutationId },
        ...(asksConsent ? { servicesConsent: consent === "yes" } : {}),
      }),
    ).then((saved) => {
      if (!saved) return;
      draft.clear();
      notifyDone(t("sign.done"));
      void navigate({ to: here });
    });
  };
  const byField = problemsByField(wrong.length > 0 ? wrong : errorProblems(error));
  const errorOf = (field: string) => {
    const of = byField[field];
    return of === undefined ? {} : { error: problemText(of) };
  };
  const message = error === null || wrong.length > 0 ? undefined : errorText(error);
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <Text>{t("sign.as", { capacity: t(`signatures.capacity.${found.capacity}`) })}</Text>
        <Panel>
          <Stack gap="md">
            <RadioField
              name="decision"
              label={t("sign.decision")}
              value={decision}
              onChange={(value) =>
                setSaid((before) => ({ ...before, decision: value as Decision }))
              }
              options={DECISIONS.map((value) => ({ value, label: t(`sign.${value}`) }))}
              required
              {...errorOf("decision")}
            />
            {decision === "partly" || decision === "decline" ? (
              <TextArea
                name="exceptions"
                label={t(decision === "partly" ? "sign.exceptions" : "sign.exceptionsOptional")}
                value={exceptions}
                onChange={(value) => setSaid((before) => ({ ...before, exceptions: value }))}
                minRows={3}
                required={decision === "partly"}
                {...errorOf("exceptions")}
              />
            ) : null}
            {asksConsent ? (
              <RadioField
                name="servicesConsent"
                label={t("sign.consent")}
                value={consent}
                onChange={setConsent}
                options={[
                  { value: "yes", label: t("sign.consentYes") },
                  { value: "no", label: t("sign.consentNo") },
                ]}
                required
                {...errorOf("servicesConsent")}
              />
            ) : null}
          </Stack>
        </Panel>
        <Panel>
          <Stack gap="md">
            <RadioField
              name="way"
              label={t("sign.how")}
              value={way}
              onChange={(value) => setWay(value as SignatureMark["kind"])}
              options={(["typed", "drawn"] as const).map((value) => ({
                value,
                label: t(`sign.${value}`),
              }))}
            />
            {way === "typed" ? (
              <TextField
                name="mark"
                label={t("sign.typedLabel")}
                value={name}
                onChange={setName}
                autoComplete="name"
                required
                {...errorOf("mark")}
              />
            ) : (
              <Suspense fallback={<Loading shape="list" />}>
                <DrawPad onChange={setDrawing} {...errorOf("mark")} />
              </Suspense>
            )}
          </Stack>
        </Panel>
        <div>
          <Text fw={600} mb={4}>
            {t("sign.shown")}
          </Text>
          {decision === "" ? (
            <Text c="dimmed">{t("sign.decideFirst")}</Text>
          ) : (
            <blockquote className={classes.quoted} dir="auto">
              {words.approval}
            </blockquote>
          )}
        </div>
        <CheckboxField
          name="understands"
          label={words.understanding}
          value={understands}
          onChange={setUnderstands}
          required
          {...errorOf("understands")}
        />
        <ProblemSummary problems={[]} {...(message === undefined ? {} : { message })} />
        <div>
          <Button type="submit" size="md" loading={saving}>
            {t("sign.submit")}
          </Button>
        </div>
        <Text size="sm" c="dimmed">
          {t("sign.free")}
        </Text>
      </Stack>
    </form>
  );
}
