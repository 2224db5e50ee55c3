import { Checkbox, Fieldset, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { SIGNATURE_RULES, type SignatureSettings } from "../../../convex/domain/ieps/signers";

/** Whose signatures a plan needs before it is put in force. */
export function SignatureRules({
  rules,
  onChange,
}: {
  rules: SignatureSettings;
  onChange: (rules: SignatureSettings) => void;
}) {
  const { t } = useTranslation("organization");
  return (
    <Fieldset legend={t("signatureRules")}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t("signatureRulesText")}
        </Text>
        {SIGNATURE_RULES.map((rule) => (
          <Checkbox
            key={rule}
            name={`signatureSettings.${rule}`}
            label={t(`signatureNames.${rule}`)}
            description={t(`signatureHelp.${rule}`)}
            checked={rules[rule]}
            onChange={(event) => onChange({ ...rules, [rule]: event.currentTarget.checked })}
          />
        ))}
      </Stack>
    </Fieldset>
  );
}
