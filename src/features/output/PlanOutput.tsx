import { Button, Group, Menu } from "@mantine/core";
import { IconChevronDown, IconFileTypePdf, IconPrinter } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useConvex } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import type { Language } from "../../lib/i18n";
import { useMutation } from "../../lib/mutation";
import { useSavePdf } from "./useSavePdf";

/** A plan's PDF in one tap, in the language of the screen; in the other one, and for the printer, in two. */
export function PlanOutput({ iepId }: { iepId: Id<"ieps"> }) {
  const { t } = useTranslation("output");
  const { isMaking, save, language, other } = usePlanPdf(iepId);
  return (
    <Group gap={0} wrap="nowrap">
      <Button
        variant="default"
        loading={isMaking}
        onClick={() => void save(language)}
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
            onClick={() => void save(other)}
          >
            {t("actions.pdfIn", { language: t(`actions.languages.${other}`) })}
          </Menu.Item>
          <Menu.Item
            component={Link}
            to={`/ieps/${iepId}/print`}
            leftSection={<IconPrinter size={16} aria-hidden />}
          >
            {t("actions.print")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

/** The same as one small button, beside a child's plan. */
export function PlanPdfButton({ iepId, name }: { iepId: Id<"ieps">; name: string }) {
  const { t } = useTranslation("output");
  const { isMaking, save, language } = usePlanPdf(iepId);
  return (
    <Button
      variant="default"
      size="compact-md"
      loading={isMaking}
      onClick={() => void save(language)}
      leftSection={<IconFileTypePdf size={16} aria-hidden />}
      aria-label={`${t("actions.pdf")}: ${name}`}
    >
      {t("actions.pdf")}
    </Button>
  );
}

function usePlanPdf(iepId: Id<"ieps">) {
  const { i18n } = useTranslation();
  const convex = useConvex();
  const open = useMutation(api.records.openRecords);
  const { isMaking, save } = useSavePdf();
  const language: Language = i18n.language === "es" ? "es" : "en";
  return {
    ...{ isMaking, language },
    other: language === "es" ? ("en" as const) : ("es" as const),
    save: (labels: Language) =>
      save(async () => {
        // Who takes a copy has looked at the record: the same note, unless it was made already.
        await open({ records: [{ table: "ieps", id: iepId }] });
        const [plan, { planDocument }, { printedWords }] = await Promise.all([
          convex.query(api.printedPlans.getPrintedPlan, { iepId }),
          import("./usePlanDocument"),
          import("../../lib/i18n"),
        ]);
        return planDocument(plan, { t: await printedWords(labels), language: labels });
      }),
  };
}
