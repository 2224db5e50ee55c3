/** Accommodations and modifications from the banks into a plan, and from a plan into a bank. */
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconBookmarkPlus, IconBooks } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../../convex/_generated/api";
import { ACCOMMODATION_CATEGORIES } from "../../../../convex/domain/bank/item";
import type { Row } from "../../../../convex/domain/ieps/rows";
import type { ChosenText } from "../../../lib/bank/BankDialog";
import { useErrorText } from "../../../lib/errors";
import { useMutation } from "../../../lib/mutation";
import { newClientMutationId } from "../../../lib/uniqueId";
import { notifyFailed, notifyUndo } from "../../../ui/notify";
import { usePlan } from "./PlanFieldsContext";

const BankDialog = lazy(async () => ({
  default: (await import("../../../lib/bank/BankDialog")).BankDialog,
}));
const SaveToBankDialog = lazy(async () => ({
  default: (await import("../../../lib/bank/BankItemDialog")).SaveToBankDialog,
}));

type BankList = "accommodations" | "modifications";

export function RowFromBank({ list, title }: { list: BankList; title: string }) {
  const { t } = useTranslation(["bank", "common"]);
  const errorText = useErrorText();
  const { iepId, plan } = usePlan();
  const add = useMutation(api.planFields.addPlanRow);
  const remove = useMutation(api.planFields.removePlanRow);
  const [open, setOpen] = useState(false);
  const use = ({ area, text }: ChosenText) => {
    const id = newClientMutationId();
    const category = t(`bank:categories.${area}` as "bank:categories.timing");
    const row: Row =
      list === "accommodations"
        ? { id, category, description: text, setting: "" }
        : { id, subject: "", description: text, criteria: "" };
    const failed = (error: unknown) => notifyFailed(errorText(error));
    add({ iepId, list, row }).then(
      () =>
        notifyUndo({
          message: t("bank:inserted"),
          undoLabel: t("common:undo"),
          onUndo: () => void remove({ iepId, list, base: row }).catch(failed),
        }),
      failed,
    );
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconBooks size={18} aria-hidden />}
        aria-label={`${t("bank:open")}: ${title}`}
        onClick={() => setOpen(true)}
      >
        {t("bank:open")}
      </Button>
      {open ? (
        <Suspense fallback={null}>
          <BankDialog
            kind="accommodation"
            studentId={plan.studentId}
            onUse={use}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </>
  );
}

/** The category that a team wrote, if it is one of the banks', in either language. */
function useCategory() {
  const { i18n } = useTranslation("bank");
  return (written: string): string =>
    ACCOMMODATION_CATEGORIES.find((category) =>
      ["en", "es"].some(
        (lng) =>
          i18n.t(`bank:categories.${category}`, { lng }).toLowerCase() ===
          written.trim().toLowerCase(),
      ),
    ) ?? "";
}

export function RowToBank({ list, row, name }: { list: BankList; row: Row; name: string }) {
  const { t } = useTranslation("bank");
  const { plan } = usePlan();
  const categoryOf = useCategory();
  const [open, setOpen] = useState(false);
  const { description = "", category = "" } = row;
  return (
    <>
      <Tooltip label={t("fromPlan.open")} openDelay={400}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={`${t("fromPlan.openOf", { text: description })}, ${name}`}
          onClick={() => setOpen(true)}
        >
          <IconBookmarkPlus size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {open ? (
        <Suspense fallback={null}>
          <SaveToBankDialog
            draftKey={`bank.from.${list}.${row.id}`}
            studentId={plan.studentId}
            initial={{
              ...{ kind: "accommodation", area: categoryOf(category), title: "" },
              text: description,
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </>
  );
}
