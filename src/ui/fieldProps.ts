/** What every field has; a module of its own, so that pages without forms load no form. */
import type { ReactNode } from "react";

export interface FieldProps {
  /** Dotted path of the field: `fieldId` makes the element's id of it. */
  name: string;
  label: string;
  description?: ReactNode;
  error?: string;
  required?: boolean;
  disabled?: boolean;
  onBlur?: () => void;
}

/** The id of a field's input, for links to it. */
export const fieldId = (name: string): string => `field-${name.replaceAll(".", "-")}`;

/** The props that Mantine's inputs share. */
export const inputProps = ({
  name,
  label,
  description,
  error,
  required,
  disabled,
  onBlur,
}: FieldProps) => ({
  ...{ label, description, disabled, onBlur, name },
  id: fieldId(name),
  error: error ?? null,
  withAsterisk: required ?? false,
  "aria-required": required ?? false,
});
