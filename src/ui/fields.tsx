/**
 * Form fields: a label that is always visible, help and error that are read out with it, an id that the summary of
 * problems can jump to. Values are plain: text, "YYYY-MM-DD", number or "".
 */
import { Checkbox, Group, NumberInput, Radio, Select, Textarea, TextInput } from "@mantine/core";
import { type FieldProps, inputProps } from "./fieldProps";

export function TextArea({
  value,
  onChange,
  minRows = 2,
  ...rest
}: FieldProps & { value: string; onChange: (value: string) => void; minRows?: number }) {
  return (
    <Textarea
      {...inputProps(rest)}
      {...{ value, minRows }}
      autosize
      maxRows={14}
      onChange={(event) => onChange(event.currentTarget.value)}
      styles={{ input: { unicodeBidi: "plaintext" } }}
    />
  );
}

/** `null` while nothing, or no number, is entered. */
export function NumberField({
  value,
  onChange,
  suffix,
  min,
  max,
  step,
  decimals = 2,
  ...rest
}: FieldProps & {
  value: number | null;
  onChange: (value: number | null) => void;
  suffix?: string;
  min?: number;
  max?: number;
  step?: number;
  decimals?: number;
}) {
  return (
    <NumberInput
      {...inputProps(rest)}
      {...{ min, max, step, suffix }}
      value={value ?? ""}
      decimalScale={decimals}
      clampBehavior="none"
      allowNegative
      hideControls
      inputMode="decimal"
      onChange={(next) => onChange(typeof next === "number" ? next : null)}
    />
  );
}

export function SelectField({
  value,
  onChange,
  options,
  placeholder,
  searchable = false,
  clearable = false,
  ...rest
}: FieldProps & {
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string }[];
  placeholder?: string;
  searchable?: boolean;
  clearable?: boolean;
}) {
  return (
    <Select
      {...inputProps(rest)}
      value={value === "" ? null : value}
      data={[...options]}
      {...{ placeholder, searchable, clearable }}
      allowDeselect={false}
      onChange={(next) => onChange(next ?? "")}
    />
  );
}

/** The browser's own date field: keyboard, language and calendar are the device's. */
export function DateField({
  value,
  onChange,
  min,
  max,
  ...rest
}: FieldProps & { value: string; onChange: (value: string) => void; min?: string; max?: string }) {
  return (
    <TextInput
      {...inputProps(rest)}
      {...{ value, min, max }}
      type="date"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

export function CheckboxField({
  value,
  onChange,
  ...rest
}: FieldProps & { value: boolean; onChange: (value: boolean) => void }) {
  const { label, description, error, disabled, id } = inputProps(rest);
  return (
    <Checkbox
      {...{ label, description, error, disabled, id }}
      checked={value}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

export function RadioField({
  value,
  onChange,
  options,
  ...rest
}: FieldProps & {
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string; description?: string }[];
}) {
  // Mantine puts it on an element that has no role; the label says it with its asterisk.
  const { "aria-required": _required, ...props } = inputProps(rest);
  return (
    <Radio.Group {...props} value={value} onChange={onChange}>
      <Group gap="md" mt="xs">
        {options.map((option) => (
          <Radio key={option.value} {...option} disabled={rest.disabled ?? false} />
        ))}
      </Group>
    </Radio.Group>
  );
}
