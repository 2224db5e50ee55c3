import { ActionIcon, Button, Group, SimpleGrid, Stack } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { TextArea } from "../../ui/fields";

type Part = "category" | "description" | "setting" | "subject" | "criteria";

/** Rows of the same few texts; added and removed one by one. */
export function RepeatedRows<Row extends Partial<Record<Part, string>>>({
  name,
  rows,
  empty,
  parts,
  required,
  onChange,
  errorOf,
}: {
  name: string;
  rows: readonly Row[];
  empty: Row;
  parts: readonly (keyof Row & Part)[];
  required: keyof Row & Part;
  onChange: (rows: Row[]) => void;
  errorOf: (path: string) => string | undefined;
}) {
  const { t } = useTranslation(["ieps", "common"]);
  return (
    <Stack gap="md">
      {rows.map((row, index) => (
        // Rows have no identity of their own while they are being typed.
        <Group
          key={index}
          align="flex-start"
          gap="sm"
          role="group"
          aria-label={t("ieps:row", { number: index + 1 })}
        >
          <SimpleGrid cols={{ base: 1, sm: 3 }} style={{ flex: 1 }}>
            {parts.map((part) => (
              <TextArea
                key={part}
                name={`${name}.${String(index)}.${part}`}
                label={t(`ieps:parts.${part}`)}
                value={row[part] ?? ""}
                minRows={1}
                onChange={(value) =>
                  onChange(
                    rows.map((other, at) => (at === index ? { ...other, [part]: value } : other)),
                  )
                }
                error={errorOf(`${name}.${String(index)}.${part}`)}
                required={part === required}
              />
            ))}
          </SimpleGrid>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            mt={25}
            aria-label={`${t("common:remove")}: ${t("ieps:row", { number: index + 1 })}`}
            onClick={() => onChange(rows.filter((_, at) => at !== index))}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="default"
        leftSection={<IconPlus size={18} aria-hidden />}
        style={{ alignSelf: "flex-start" }}
        onClick={() => onChange([...rows, { ...empty }])}
      >
        {t("ieps:addRow")}
      </Button>
    </Stack>
  );
}
