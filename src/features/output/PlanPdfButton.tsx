import { Button } from "@mantine/core";
import { IconFileTypePdf } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Id } from "../../../convex/_generated/dataModel";
import { usePlanPdf } from "./usePlanPdf";

/** A plan's PDF as one small button, beside a child's plan. */
export default function PlanPdfButton({ iepId, name }: { iepId: Id<"ieps">; name: string }) {
  const { t } = useTranslation("output");
  const { isMaking, save, language } = usePlanPdf({ iepId });
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
