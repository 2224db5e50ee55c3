import { Button, Group, Stack, Switch, Text } from "@mantine/core";
import type { Editor } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import { useTranslation } from "react-i18next";
import classes from "./SectionEditor.module.css";
import { decide, isSuggesting, setSuggesting, type Suggestion, suggestionsIn } from "./suggesting";

/** A long one is told by its beginning. */
const SHOWN = 120;
const short = (text: string) => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);

/** Whether one suggests or changes, and what was suggested. */
export function Suggestions({
  editor,
  userId,
  canDecide,
  personOf,
}: {
  editor: Editor;
  userId: string;
  canDecide: boolean;
  personOf: (userId: string) => string | null;
}) {
  const { t } = useTranslation("writing");
  const { suggesting, suggestions } = useEditorState({
    editor,
    selector: ({ editor: e }) => ({
      suggesting: isSuggesting(e),
      suggestions: suggestionsIn(e.state.doc),
    }),
  });
  return (
    <Stack gap="xs" px="md" py="xs" className={classes.suggestions}>
      <Switch
        label={t("suggestions.mode")}
        checked={suggesting}
        onChange={(event) => setSuggesting(editor, event.currentTarget.checked)}
      />
      {suggestions.length === 0 ? null : (
        <>
          <Text size="sm" fw={600} id="suggestions">
            {t("suggestions.count", { count: suggestions.length })}
          </Text>
          <Stack component="ul" gap="xs" aria-labelledby="suggestions">
            {suggestions.map((suggestion) => (
              <Group key={suggestion.id} component="li" justify="space-between" gap="xs">
                <Text size="sm" style={{ flex: "1 1 14rem", overflowWrap: "anywhere" }}>
                  <Words suggestion={suggestion} personOf={personOf} />
                </Text>
                <Group gap={4}>
                  {canDecide ? (
                    <Button
                      size="xs"
                      variant="light"
                      onClick={() => decide(editor, suggestion.id, true)}
                    >
                      {t("suggestions.accept")}
                    </Button>
                  ) : null}
                  {canDecide || suggestion.userId === userId ? (
                    <Button
                      size="xs"
                      variant="default"
                      onClick={() => decide(editor, suggestion.id, false)}
                    >
                      {t(canDecide ? "suggestions.reject" : "suggestions.withdraw")}
                    </Button>
                  ) : null}
                </Group>
              </Group>
            ))}
          </Stack>
        </>
      )}
    </Stack>
  );
}

function Words({
  suggestion: { userId, added, removed, isFormat },
  personOf,
}: {
  suggestion: Suggestion;
  personOf: (userId: string) => string | null;
}) {
  const { t } = useTranslation("writing");
  const name = userId === null ? null : personOf(userId);
  return (
    <>
      {name === null ? "" : `${name}: `}
      {removed === "" ? null : <del>{short(removed)}</del>}{" "}
      {added === "" ? null : <ins>{short(added)}</ins>}
      {added === "" && removed === "" && isFormat ? t("suggestions.format") : ""}
    </>
  );
}
