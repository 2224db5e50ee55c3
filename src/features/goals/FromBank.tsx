import { Button, Text } from "@mantine/core";
import { IconBooks } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { fillTemplate } from "../../../convex/domain/bank/template";
import { notifyUndo } from "../../ui/notify";
import type { GoalPlan } from "./GoalForm";
import type { GoalValues } from "./goalValues";

const BankDialog = lazy(async () => ({ default: (await import("./BankDialog")).BankDialog }));

/** Begins the goal with one of the bank; what was there before comes back by undo. */
export function FromBank({
  values,
  set,
  plan,
  onRestore,
}: {
  values: GoalValues;
  set: (part: Partial<GoalValues>) => void;
  plan: GoalPlan;
  onRestore: (values: GoalValues) => void;
}) {
  const { t } = useTranslation(["goalCraft", "common"]);
  const [open, setOpen] = useState(false);
  const use = (part: Partial<GoalValues>) => {
    set(part);
    notifyUndo({
      message: t("goalCraft:bank.inserted"),
      undoLabel: t("common:undo"),
      onUndo: () => onRestore(values),
    });
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconBooks size={18} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t("goalCraft:bank.open")}
      </Button>
      {open ? (
        <Suspense fallback={null}>
          <BankDialog
            studentId={plan.studentId}
            values={values}
            onUse={use}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </>
  );
}

/** Variables of a bank's text that nobody filled in. */
export function Unfilled({ texts }: { texts: readonly string[] }) {
  const { t } = useTranslation("goalCraft");
  const names = [...new Set(texts.flatMap((text) => fillTemplate(text, {}).open))];
  if (names.length === 0) return null;
  return (
    <Text size="sm" fw={600} role="status">
      {t("bank.unfilled", { names: names.map((name) => `{${name}}`).join(", ") })}
    </Text>
  );
}
