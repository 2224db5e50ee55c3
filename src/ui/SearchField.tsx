import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

/** Tells what was typed once typing rests. */
export function SearchField({
  label,
  value,
  onSearch,
  focused = false,
}: {
  label: string;
  value: string;
  onSearch: (text: string) => void;
  /** Where a dialog begins. */
  focused?: boolean;
}) {
  const { t } = useTranslation("common");
  const [text, setText] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Also where what surrounds it came later than the dialog.
    if (focused) input.current?.focus();
  }, [focused]);
  const tell = useDebouncedCallback(onSearch, 200);
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={label}
      data-autofocus={focused || undefined}
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
