import { Button, Group, Menu } from "@mantine/core";
import { IconChevronDown, IconFileTypePdf, IconPrinter } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Language } from "../../lib/i18n";

/** The PDF in one tap, in the language of the screen; in the other one, and for the printer, in two. */
export function OutputButtons({
  language,
  isMaking,
  save,
  toPrint,
}: {
  language: Language;
  isMaking: boolean;
  save: (language: Language) => void;
  toPrint: string;
}) {
  const { t } = useTranslation("output");
  const other: Language = language === "es" ? "en" : "es";
  return (
    <Group gap={0} wrap="nowrap">
      <Button
        variant="default"
        loading={isMaking}
        onClick={() => save(language)}
        leftSection={<IconFileTypePdf size={18} aria-hidden />}
        style={{ borderStartEndRadius: 0, borderEndEndRadius: 0 }}
      >
        {t("actions.pdf")}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="default"
            px={8}
            aria-label={t("actions.open")}
            style={{ borderStartStartRadius: 0, borderEndStartRadius: 0, borderInlineStart: 0 }}
          >
            <IconChevronDown size={16} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconFileTypePdf size={16} aria-hidden />}
            onClick={() => save(other)}
          >
            {t("actions.pdfIn", { language: t(`actions.languages.${other}`) })}
          </Menu.Item>
          <Menu.Item
            component={Link}
            to={toPrint}
            leftSection={<IconPrinter size={16} aria-hidden />}
          >
            {t("actions.print")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
