import { Avatar, Group, NativeSelect, Stack, Text, Tooltip, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { colorOf } from "../../../editor/people";
import { useFormatting } from "../../../lib/formatting";
import { StatusBadge, type Tone } from "../../../ui/StatusBadge";
import classes from "./SectionList.module.css";
import { CommentCount, type OpenCount } from "./OpenComments";
import type { Present } from "./usePresence";
import type { Section } from "./WritingPage";

const TONES: Record<Section["state"], Tone> = {
  notStarted: "neutral",
  inProgress: "watch",
  complete: "good",
  notNeeded: "info",
};

export function SectionState({ state }: { state: Section["state"] }) {
  const { t } = useTranslation("writing");
  return <StatusBadge tone={TONES[state]}>{t(`states.${state}`)}</StatusBadge>;
}

/** All sections, how far each is, whose it is, and who is in it now. */
export function SectionList({
  sections,
  current,
  present,
  counts,
  onChoose,
}: {
  sections: readonly Section[];
  current: Section["key"];
  present: readonly Present[];
  counts: readonly OpenCount[];
  onChoose: (key: Section["key"]) => void;
}) {
  const { t } = useTranslation("writing");
  const { dateShort, today } = useFormatting();
  return (
    <nav aria-label={t("sections")}>
      <NativeSelect
        hiddenFrom="md"
        label={t("section")}
        value={current}
        data={sections.map(({ key, state }) => ({
          ...{ value: key, label: `${t(`titles.${key}`)} · ${t(`states.${state}`)}` },
        }))}
        onChange={(event) => onChoose(event.currentTarget.value as Section["key"])}
      />
      <Stack component="ul" visibleFrom="md" gap={2} className={classes.list}>
        {sections.map((section) => {
          const { key, ownerName, dueDate, state } = section;
          const count = counts.find(({ sectionId }) => sectionId === section._id);
          const open = state !== "complete" && state !== "notNeeded";
          return (
            <li key={key}>
              <UnstyledButton
                className={classes.item}
                aria-current={key === current ? "true" : undefined}
                onClick={() => onChoose(key)}
              >
                <Group justify="space-between" gap="xs" wrap="nowrap">
                  <Text fw={key === current ? 700 : 500} size="sm">
                    {t(`titles.${key}`)}
                  </Text>
                  <Faces present={present.filter(({ sectionId }) => sectionId === section._id)} />
                </Group>
                <Group gap="xs" mt={2}>
                  <SectionState state={state} />
                  {count === undefined ? null : <CommentCount count={count} />}
                  {ownerName === null && dueDate === null ? null : (
                    <Text size="xs" c="dimmed">
                      {[
                        ownerName,
                        dueDate === null
                          ? null
                          : t(open && dueDate < today() ? "overdue" : "due", {
                              date: dateShort(dueDate),
                            }),
                      ]
                        .filter((part) => part !== null)
                        .join(", ")}
                    </Text>
                  )}
                </Group>
              </UnstyledButton>
            </li>
          );
        })}
      </Stack>
    </nav>
  );
}

/** Each person once, however many windows they have open. */
function Faces({ present }: { present: readonly Present[] }) {
  const { t } = useTranslation("writing");
  const people = [...new Map(present.map((row) => [row.userId, row])).values()];
  if (people.length === 0) return null;
  const names = people.map(({ name }) => name).join(", ");
  return (
    <Tooltip label={t("presentIn", { names })}>
      <Avatar.Group spacing={6} role="img" aria-label={t("presentIn", { names })}>
        {people.slice(0, 4).map(({ userId, name }) => (
          <Avatar
            key={userId}
            size={22}
            name={name}
            alt=""
            styles={{ placeholder: { backgroundColor: colorOf(userId), color: "#fff" } }}
          />
        ))}
      </Avatar.Group>
    </Tooltip>
  );
}
