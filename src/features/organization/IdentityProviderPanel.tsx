import { Button, Code, Group, PasswordInput, Stack, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useDraft } from "../../lib/drafts";
import { errorProblems, useErrorText } from "../../lib/errors";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { useProblemText } from "../../lib/problems";
import { confirmAction } from "../../ui/confirmAction";
import { CheckboxField, TextArea } from "../../ui/fields";
import { DraftNotice } from "../../ui/DraftNotice";
import { fieldId } from "../../ui/fieldProps";
import { FormActions } from "../../ui/FormActions";
import { Loading } from "../../ui/Loading";
import { notifyDone, notifyFailed } from "../../ui/notify";
import { Panel } from "../../ui/Panel";
import { ProblemSummary } from "../../ui/ProblemSummary";
import { TextField } from "../../ui/TextField";

type Answer = FunctionReturnType<typeof api.identityProviders.getIdentityProvider>;
type Provider = NonNullable<Answer["provider"]>;

const NONE: Provider = {
  ...{ issuer: "", clientId: "", hasSecret: false, emailDomains: [] },
  ...{ enabled: true, required: false },
};

/** Where the organization's people sign in, if it has a provider of its own. */
export function IdentityProviderPanel() {
  const { t } = useTranslation("organization");
  const answer = useQuery(api.identityProviders.getIdentityProvider, {});
  const [editing, setEditing] = useState(false);
  if (answer === undefined)
    return (
      <Panel title={t("singleSignOn.title")}>
        <Loading shape="form" />
      </Panel>
    );
  const { provider, redirectUri } = answer;
  return (
    <Panel title={t("singleSignOn.title")}>
      {editing ? (
        <ProviderForm
          provider={provider ?? NONE}
          redirectUri={redirectUri}
          onDone={() => setEditing(false)}
        />
      ) : (
        <Summary provider={provider} onEdit={() => setEditing(true)} />
      )}
    </Panel>
  );
}

function Summary({ provider, onEdit }: { provider: Provider | null; onEdit: () => void }) {
  const { t } = useTranslation(["organization", "common"]);
  const errorText = useErrorText();
  const remove = useMutation(api.identityProviders.removeIdentityProvider);
  const onRemove = async () => {
    const sure = await confirmAction({
      title: t("organization:singleSignOn.remove"),
      text: t("organization:singleSignOn.removeText"),
      confirmLabel: t("organization:singleSignOn.remove"),
      danger: true,
    });
    if (sure) await remove({}).catch((error: unknown) => notifyFailed(errorText(error)));
  };
  if (provider === null)
    return (
      <Stack gap="md">
        <Text size="sm">{t("organization:singleSignOn.text")}</Text>
        <Group>
          <Button variant="default" onClick={onEdit}>
            {t("organization:singleSignOn.setUp")}
          </Button>
        </Group>
      </Stack>
    );
  const state = !provider.enabled ? "off" : provider.required ? "required" : "on";
  return (
    <Stack gap="md">
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        {t(`organization:singleSignOn.state.${state}`, {
          issuer: provider.issuer,
          domains: provider.emailDomains.join(", "),
        })}
      </Text>
      <Group gap="sm">
        <Button variant="default" onClick={onEdit}>
          {t("organization:singleSignOn.change")}
        </Button>
        <Button variant="default" onClick={() => void onRemove()}>
          {t("organization:singleSignOn.remove")}
        </Button>
      </Group>
    </Stack>
  );
}

function ProviderForm({
  provider,
  redirectUri,
  onDone,
}: {
  provider: Provider;
  redirectUri: string;
  onDone: () => void;
}) {
  const { t } = useTranslation(["organization", "common"]);
  const problemText = useProblemText();
  const errorText = useErrorText();
  const save = useMutation(api.identityProviders.saveIdentityProvider);
  const { run, saving, error } = useSaving();
  const { issuer, clientId, enabled, required, emailDomains } = provider;
  const [values, setValues, draft] = useDraft("identityProvider", {
    ...{ issuer, clientId, enabled, required, domains: emailDomains.join("\n") },
  });
  // A secret is kept nowhere but on the server.
  const [secret, setSecret] = useState("");
  const set = (part: Partial<typeof values>) => setValues((before) => ({ ...before, ...part }));
  const close = () => {
    draft.clear();
    onDone();
  };
  // The server checks; what it finds is shown at the fields.
  const problems = errorProblems(error);
  const errorOf = (field: string) => {
    const found = problems.find((one) => one.field.split(".")[0] === field);
    return found === undefined ? undefined : problemText(found);
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const { domains, ...rest } = values;
    void run(() =>
      save({
        ...rest,
        emailDomains: domains.split(/[\s,]+/u).filter((domain) => domain !== ""),
        ...(secret === "" ? {} : { clientSecret: secret }),
      }),
    ).then((saved) => {
      if (!saved) return;
      notifyDone(t("organization:saved"));
      close();
    });
  };
  const label = (field: string) =>
    t(
      `organization:singleSignOn.${field.split(".")[0] ?? ""}` as "organization:singleSignOn.issuer",
    );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <DraftNotice draft={draft} />
        <ProblemSummary
          problems={problems.map((problem) => ({
            field: problem.field.split(".")[0] ?? "",
            label: label(problem.field),
            text: problemText(problem),
          }))}
          message={error === null || problems.length > 0 ? undefined : errorText(error)}
        />
        <div>
          <Text size="sm">{t("organization:singleSignOn.redirectUri")}</Text>
          <Code style={{ overflowWrap: "anywhere" }}>{redirectUri}</Code>
        </div>
        <TextField
          name="issuer"
          label={t("organization:singleSignOn.issuer")}
          description={t("organization:singleSignOn.issuerHelp")}
          value={values.issuer}
          onChange={(value) => set({ issuer: value })}
          error={errorOf("issuer")}
          autoComplete="off"
          required
        />
        <TextField
          name="clientId"
          label={t("organization:singleSignOn.clientId")}
          value={values.clientId}
          onChange={(value) => set({ clientId: value })}
          error={errorOf("clientId")}
          autoComplete="off"
          required
        />
        <PasswordInput
          id={fieldId("clientSecret")}
          label={t("organization:singleSignOn.clientSecret")}
          description={t(
            provider.hasSecret
              ? "organization:singleSignOn.secretKept"
              : "organization:singleSignOn.secretHelp",
          )}
          value={secret}
          autoComplete="off"
          onChange={(event) => setSecret(event.currentTarget.value)}
          visibilityToggleButtonProps={{
            "aria-label": t("organization:singleSignOn.showSecret"),
            tabIndex: 0,
          }}
        />
        <TextArea
          name="emailDomains"
          label={t("organization:singleSignOn.emailDomains")}
          description={t("organization:singleSignOn.domainsHelp")}
          value={values.domains}
          onChange={(domains) => set({ domains })}
          error={errorOf("emailDomains")}
          required
        />
        <CheckboxField
          name="enabled"
          label={t("organization:singleSignOn.enabled")}
          value={values.enabled}
          onChange={(value) => set({ enabled: value })}
        />
        <CheckboxField
          name="required"
          label={t("organization:singleSignOn.required")}
          description={t("organization:singleSignOn.requiredHelp")}
          value={values.required}
          onChange={(value) => set({ required: value })}
          error={errorOf("required")}
        />
        <FormActions submitLabel={t("organization:save")} saving={saving} onCancel={close} />
      </Stack>
    </form>
  );
}
