import { useTranslation } from "react-i18next";
import { BANK_LANGUAGES, type BankLanguage } from "../../../convex/domain/bank/item";
import { RadioField } from "../../ui/fields";

export function LanguageField({
  value,
  onChange,
}: {
  value: BankLanguage;
  onChange: (language: BankLanguage) => void;
}) {
  const { t } = useTranslation("bank");
  return (
    <RadioField
      name="bank-language"
      label={t("language")}
      value={value}
      options={BANK_LANGUAGES.map((language) => ({
        value: language,
        label: { en: "English", es: "Español" }[language],
      }))}
      onChange={(next) => onChange(next === "es" ? "es" : "en")}
    />
  );
}
