import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

/** Tells what was typed once typing rests. */
export function SearchField({
  label,
  value,
  onSearch,
}: {
  label: string;
  value: string;
  onSearch: (text: string) => void;
}) {
  const { t } = useTranslation("common");
  const [text, setText] = useState(value);
  const tell = useDebouncedCallback(onSearch, 200);
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={18} aria-hidden />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
      rightSection={
        text === "" ? null : (
          <CloseButton
            aria-label={t("clearSearch")}
            onClick={() => {
              setText("");
              tell("");
              onSearch("");
            }}
          />
        )
      }
    />
  );
}
