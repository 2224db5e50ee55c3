import { IconHeart } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../ui/EmptyState";

/** Of somebody to whom no record is open. */
export default function NoChildren() {
  const { t } = useTranslation("progress");
  return (
    <EmptyState
      icon={<IconHeart size={40} />}
      title={t("family.empty")}
      text={t("family.emptyText")}
    />
  );
}
