import { TextInput } from "@mantine/core";
import type { HTMLInputAutoCompleteAttribute } from "react";
import { type FieldProps, inputProps } from "./fieldProps";

/** A line of text; its direction follows what is typed. */
export function TextField({
  value,
  onChange,
  type = "text",
  autoComplete,
  maxLength,
  inputMode,
  ...rest
}: FieldProps & {
  value: string;
  onChange: (value: string) => void;
  type?: "text" | "email" | "tel" | "search";
  autoComplete?: HTMLInputAutoCompleteAttribute;
  maxLength?: number;
  inputMode?: "text" | "numeric" | "decimal";
}) {
  return (
    <TextInput
      {...inputProps(rest)}
      {...{ value, type, autoComplete, maxLength, inputMode }}
      onChange={(event) => onChange(event.currentTarget.value)}
      styles={{ input: { unicodeBidi: "plaintext" } }}
    />
  );
}
