import { Combobox, InputBase, Loader, Text, useCombobox } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldId } from "./fieldProps";

export interface Choice {
  value: string;
  label: string;
  description?: string;
}

/** Choosing one of many that the server finds: typing searches, arrows and Enter choose. */
export function SearchChoice({
  name,
  label,
  description,
  error,
  required = false,
  chosen,
  choices,
  onSearch,
  onChoose,
}: {
  name: string;
  label: string;
  description?: ReactNode;
  error?: string;
  required?: boolean;
  chosen: Choice | null;
  /** Undefined while searching. */
  choices: readonly Choice[] | undefined;
  onSearch: (text: string) => void;
  onChoose: (choice: Choice | null) => void;
}) {
  const { t } = useTranslation("common");
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [text, setText] = useState<string | null>(null);
  const options = (choices ?? []).map((choice) => (
    <Combobox.Option key={choice.value} value={choice.value}>
      <Text size="sm" dir="auto">
        {choice.label}
      </Text>
      {choice.description === undefined ? null : (
        <Text size="xs" c="dimmed">
          {choice.description}
        </Text>
      )}
    </Combobox.Option>
  ));
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(value) => {
        onChoose(choices?.find((choice) => choice.value === value) ?? null);
        setText(null);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <InputBase
          id={fieldId(name)}
          {...{ name, label, description }}
          error={error ?? null}
          withAsterisk={required}
          value={text ?? chosen?.label ?? ""}
          placeholder={t("searchToChoose")}
          rightSection={choices === undefined ? <Loader size="xs" /> : <Combobox.Chevron />}
          rightSectionPointerEvents="none"
          onChange={(event) => {
            setText(event.currentTarget.value);
            onSearch(event.currentTarget.value);
            if (event.currentTarget.value === "") onChoose(null);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onFocus={() => combobox.openDropdown()}
          onClick={() => combobox.openDropdown()}
          onBlur={() => {
            combobox.closeDropdown();
            setText(null);
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options>
          {options.length > 0 ? (
            options
          ) : (
            <Combobox.Empty>
              {choices === undefined ? t("searching") : t("nothingFound")}
            </Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
