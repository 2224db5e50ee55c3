import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Save and cancel, where every form has them. */
export function FormActions({
  submitLabel,
  saving,
  onCancel,
}: {
  submitLabel: string;
  saving: boolean;
  onCancel?: () => void;
}) {
  const { t } = useTranslation("common");
  return (
    <Group gap="sm">
      {/* Not disabled while saving: focus stays where it is, and a second click does nothing. */}
      <Button type="submit" loading={saving} aria-disabled={saving}>
        {submitLabel}
      </Button>
      {onCancel === undefined ? null : (
        <Button variant="default" onClick={onCancel}>
          {t("cancel")}
        </Button>
      )}
    </Group>
  );
}
