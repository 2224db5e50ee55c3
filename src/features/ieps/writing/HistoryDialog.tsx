import {
  Button,
  Modal,
  NativeSelect,
  ScrollArea,
  Stack,
  Text,
  UnstyledButton,
} from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { usePaginatedQuery } from "convex/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../../convex/_generated/api";
import { useFormatting } from "../../../lib/formatting";
import { EmptyState } from "../../../ui/EmptyState";
import { Loading } from "../../../ui/Loading";
import classes from "./HistoryDialog.module.css";
import { VersionComparison } from "./VersionComparison";
import { type Edit, nearest, type VersionEnd, versionEnds } from "./versionEnds";
import type { Section } from "./WritingPage";

/** Who wrote when in a section; any two of its versions word by word; and taking an earlier text up again. */
export function HistoryDialog({ section, onClose }: { section: Section; onClose: () => void }) {
  const { t } = useTranslation(["writing", "common"]);
  const { results, status, loadMore } = usePaginatedQuery(
    api.sectionHistory.listEdits,
    { id: section._id },
    { initialNumItems: 20 },
  );
  const [chosen, setChosen] = useState<{ before: number; after: number } | null>(null);
  const [newest] = results;
  const ends = versionEnds(results);
  const before = nearest(ends, chosen?.before ?? newest?.firstVersion ?? 0);
  const after = nearest(ends, chosen?.after ?? newest?.lastVersion ?? 0);
  const isChosen = (edit: Edit) =>
    edit.firstVersion === before?.version && edit.lastVersion === after?.version;
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t("writing:history.title", { section: t(`writing:titles.${section.key}`) })}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {status === "LoadingFirstPage" ? (
        <Loading />
      ) : before === undefined || after === undefined ? (
        <EmptyState icon={<IconHistory size={40} />} title={t("writing:history.none")} />
      ) : (
        <div className={classes.columns}>
          <ScrollArea.Autosize mah="55vh" type="auto">
            <Stack component="ul" gap={2} className={classes.list}>
              {results.map((edit) => (
                <EditItem
                  key={edit._id}
                  {...{ edit, current: isChosen(edit) }}
                  onChoose={() => setChosen({ before: edit.firstVersion, after: edit.lastVersion })}
                />
              ))}
            </Stack>
            {status === "CanLoadMore" ? (
              <Button variant="default" size="xs" mt="xs" onClick={() => loadMore(20)}>
                {t("writing:history.more")}
              </Button>
            ) : null}
          </ScrollArea.Autosize>
          <Stack gap="sm" miw={0}>
            <EndChoice
              label={t("writing:history.compare")}
              ends={ends}
              end={before}
              onChoose={(version) => setChosen({ before: version, after: after.version })}
            />
            <EndChoice
              label={t("writing:history.with")}
              ends={ends}
              end={after}
              onChoose={(version) => setChosen({ before: before.version, after: version })}
            />
            <VersionComparison
              section={section}
              older={before.version <= after.version ? before : after}
              newer={before.version <= after.version ? after : before}
              newest={ends[0]?.version ?? 0}
              onRestored={onClose}
            />
          </Stack>
        </div>
      )}
    </Modal>
  );
}

function EditItem({
  edit,
  current,
  onChoose,
}: {
  edit: Edit;
  current: boolean;
  onChoose: () => void;
}) {
  const { t } = useTranslation("writing");
  const { instant } = useFormatting();
  return (
    <li>
      <UnstyledButton
        className={classes.item}
        aria-current={current ? "true" : undefined}
        onClick={onChoose}
      >
        <Text size="sm" fw={600}>
          {edit.authorName}
        </Text>
        <Text size="xs" c="dimmed">
          {instant(edit.lastAt)}
          {edit.restoredVersion === null ? "" : ` · ${t("history.restored")}`}
        </Text>
      </UnstyledButton>
    </li>
  );
}

/** One end of the comparison, from all that are listed. */
function EndChoice({
  label,
  ends,
  end,
  onChoose,
}: {
  label: string;
  ends: readonly VersionEnd[];
  end: VersionEnd;
  onChoose: (version: number) => void;
}) {
  const { t } = useTranslation("writing");
  const { instant } = useFormatting();
  return (
    <NativeSelect
      label={label}
      value={String(end.version)}
      data={ends.map(({ version, side, name, at }, index) => ({
        value: String(version),
        label: [
          t(`history.${side}`, { name, when: instant(at) }),
          ...(index === 0 ? [t("history.now")] : []),
        ].join(" · "),
      }))}
      onChange={(event) => onChoose(Number(event.currentTarget.value))}
    />
  );
}
