import { PasswordInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { fieldId } from "../../ui/fieldProps";

/** Can be shown; password managers may fill and paste. */
export function PasswordField({
  name,
  label,
  description,
  value,
  error,
  onChange,
  isNew = false,
}: {
  name: string;
  label: string;
  description?: string;
  value: string;
  error?: string;
  onChange: (value: string) => void;
  isNew?: boolean;
}) {
  const { t } = useTranslation("session");
  return (
    <PasswordInput
      id={fieldId(name)}
      {...{ name, label, description, value }}
      error={error ?? null}
      autoComplete={isNew ? "new-password" : "current-password"}
      onChange={(event) => onChange(event.currentTarget.value)}
      visibilityToggleButtonProps={{ "aria-label": t("showPassword"), tabIndex: 0 }}
    />
  );
}
