import { SimpleGrid } from "@mantine/core";
import { useTranslation } from "react-i18next";
import {
  IDLE_LIMITS,
  type OrganizationSettings,
  SECOND_FACTOR_RULES,
  type SecondFactorRule,
} from "../../../convex/domain/organizations/settings";
import { NumberField, SelectField } from "../../ui/fields";

type Security = NonNullable<OrganizationSettings["securitySettings"]>;

/** How members' sessions begin and end. */
export function SecuritySettings({
  security,
  onChange,
  errorOf,
}: {
  security: Security;
  onChange: (security: Security) => void;
  errorOf: (path: string) => string | undefined;
}) {
  const { t } = useTranslation("organization");
  const { idleMinutes: _idle, ...withoutIdle } = security;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <NumberField
        name="securitySettings.idleMinutes"
        label={t("fields.securitySettings_idleMinutes")}
        description={t("rules.idleMinutes", IDLE_LIMITS)}
        value={security.idleMinutes ?? null}
        decimals={0}
        onChange={(idleMinutes) =>
          onChange(idleMinutes === null ? withoutIdle : { ...security, idleMinutes })
        }
        error={errorOf("securitySettings.idleMinutes")}
      />
      <SelectField
        name="securitySettings.requireSecondFactor"
        label={t("fields.securitySettings_requireSecondFactor")}
        description={t("rules.requireSecondFactor")}
        value={security.requireSecondFactor ?? "none"}
        options={SECOND_FACTOR_RULES.map((rule) => ({
          value: rule,
          label: t(`secondFactorRules.${rule}`),
        }))}
        onChange={(rule) =>
          onChange({ ...security, requireSecondFactor: rule as SecondFactorRule })
        }
      />
    </SimpleGrid>
  );
}
