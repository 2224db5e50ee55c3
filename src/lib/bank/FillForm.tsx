import { Button, Group, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { type SyntheticEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BankItemInput } from "../../../convex/domain/bank/item";
import { TextField } from "../../ui/TextField";
import { FilledText, openIn, textsOf } from "./FilledText";
import { useBankWords } from "./useBankWords";

/** Asks for what nobody knows yet, and shows the text as it will be. */
export function FillForm({
  item,
  known,
  onInsert,
  onBack,
}: {
  item: BankItemInput;
  known: Readonly<Record<string, string>>;
  onInsert: (values: Readonly<Record<string, string>>) => void;
  onBack: () => void;
}) {
  const { t } = useTranslation("bank");
  const { variableName } = useBankWords();
  const [names] = useState(() => openIn(textsOf(item), known));
  const [values, setValues] = useState<Record<string, string>>({});
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    // The form that the dialog was opened from is not meant.
    event.stopPropagation();
    onInsert(values);
  };
  const all = { ...known, ...values };
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">{t("fill.help")}</Text>
        <Paper withBorder p="sm" component="section" aria-label={t("fill.preview")}>
          <Text size="xs" c="dimmed">
            {t("fill.preview")}
          </Text>
          <div lang={item.language}>
            {textsOf(item).map((text, index) =>
              text === "" ? null : <FilledText key={index} text={text} known={all} />,
            )}
          </div>
        </Paper>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {names.map((name) => (
            <TextField
              key={name}
              name={`fill.${name}`}
              label={variableName(name)}
              value={values[name] ?? ""}
              onChange={(value) => setValues((before) => ({ ...before, [name]: value }))}
            />
          ))}
        </SimpleGrid>
        <Group gap="sm">
          <Button type="submit">{t("fill.insert")}</Button>
          <Button variant="default" onClick={onBack}>
            {t("fill.back")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
