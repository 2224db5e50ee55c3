import { Button, Group, Stack, Text } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useDraft } from "../../lib/drafts";
import { useErrorText } from "../../lib/errors";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { TextArea } from "../../ui/fields";
import { DraftNotice } from "../../ui/DraftNotice";
import { FormActions } from "../../ui/FormActions";
import { notifyDone } from "../../ui/notify";
import { Panel } from "../../ui/Panel";
import { ProblemSummary } from "../../ui/ProblemSummary";
import { DataGuide } from "./DataGuide";

/** How the data are taken: written by the one who is responsible, read by whoever takes them. */
export function GuidePanel({ goalId }: { goalId: Id<"goals"> }) {
  const { t } = useTranslation("progress");
  const guide = useQuery(api.goals.getDataGuide, { goalId });
  const [editing, setEditing] = useState(false);
  return (
    <Panel
      title={t("guide.title")}
      actions={
        <Group gap="sm">
          <Button
            component={Link}
            to={`/goals/${goalId}/sheet`}
            variant="default"
            size="sm"
            leftSection={<IconPrinter size={16} aria-hidden />}
          >
            {t("sheet.title")}
          </Button>
          {guide?.canEdit === true && !editing ? (
            <Button variant="default" size="sm" onClick={() => setEditing(true)}>
              {t("guide.edit")}
            </Button>
          ) : null}
        </Group>
      }
    >
      {guide === undefined ? null : editing ? (
        <EditGuide goalId={goalId} guide={guide} onClose={() => setEditing(false)} />
      ) : guide.instructions === "" && guide.materials === "" ? (
        <Text c="dimmed">{t("guide.none")}</Text>
      ) : (
        <DataGuide instructions={guide.instructions} materials={guide.materials} />
      )}
    </Panel>
  );
}

function EditGuide({
  goalId,
  guide,
  onClose,
}: {
  goalId: Id<"goals">;
  guide: { instructions: string; materials: string; version: number };
  onClose: () => void;
}) {
  const { t } = useTranslation("progress");
  const errorText = useErrorText();
  const describe = useMutation(api.goals.describeDataTaking);
  const { run, saving, error } = useSaving();
  // What the form began with: somebody else's later save is a conflict, not overwritten.
  const [expectedVersion] = useState(guide.version);
  const [{ instructions, materials }, setValues, draft] = useDraft(`goal.guide.${goalId}`, {
    instructions: guide.instructions,
    materials: guide.materials,
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void run(() => describe({ goalId, instructions, materials, expectedVersion })).then((done) => {
      if (!done) return;
      draft.clear();
      notifyDone(t("guide.saved"));
      onClose();
    });
  };
  const cancel = () => {
    draft.clear();
    onClose();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <DraftNotice draft={draft} />
        <ProblemSummary problems={[]} message={error === null ? undefined : errorText(error)} />
        <TextArea
          name="instructions"
          label={t("guide.instructions")}
          value={instructions}
          minRows={3}
          onChange={(value) => setValues((before) => ({ ...before, instructions: value }))}
        />
        <TextArea
          name="materials"
          label={t("guide.materials")}
          value={materials}
          onChange={(value) => setValues((before) => ({ ...before, materials: value }))}
        />
        <FormActions submitLabel={t("guide.save")} saving={saving} onCancel={cancel} />
      </Stack>
    </form>
  );
}
