import { Button, Group, Text } from "@mantine/core";
import { IconBookmarkPlus, IconBooks } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BankItemInput } from "../../../convex/domain/bank/item";
import { fillTemplate } from "../../../convex/domain/bank/template";
import type { ChosenText } from "../../lib/bank/BankDialog";
import { useFormatting } from "../../lib/formatting";
import { notifyUndo } from "../../ui/notify";
import type { GoalPlan } from "./GoalForm";
import type { GoalValues } from "./goalValues";

const BankDialog = lazy(async () => ({
  default: (await import("../../lib/bank/BankDialog")).BankDialog,
}));
const SaveToBankDialog = lazy(async () => ({
  default: (await import("../../lib/bank/BankItemDialog")).SaveToBankDialog,
}));

/** Begins the goal with one of a bank; what was there before comes back by undo. And keeps this one for other plans. */
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
  const { t } = useTranslation(["bank", "common"]);
  const { date } = useFormatting();
  const [open, setOpen] = useState<"use" | "save" | null>(null);
  const { studentId } = plan;
  const use = ({ area, text, measure }: ChosenText) => {
    set({
      domain: area as GoalValues["domain"],
      description: text,
      ...(measure === undefined
        ? {}
        : {
            ...{ kind: measure.kind, direction: measure.direction, accuracy: measure.criterion },
            ...(measure.unit === "" ? {} : { unit: measure.unit }),
          }),
    });
    notifyUndo({
      message: t("bank:inserted"),
      undoLabel: t("common:undo"),
      onUndo: () => onRestore(values),
    });
  };
  return (
    <Group gap="xs">
      {values.description.trim() === "" ? null : (
        <Button
          variant="default"
          leftSection={<IconBookmarkPlus size={18} aria-hidden />}
          onClick={() => setOpen("save")}
        >
          {t("bank:fromPlan.open")}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconBooks size={18} aria-hidden />}
        onClick={() => setOpen("use")}
      >
        {t("bank:open")}
      </Button>
      <Suspense fallback={null}>
        {open === "use" ? (
          <BankDialog
            kind="goal"
            studentId={studentId}
            area={values.domain}
            known={{
              level: values.target === null ? "" : String(values.target),
              date: date(values.timeframe),
            }}
            onUse={use}
            onClose={() => setOpen(null)}
          />
        ) : open === "save" ? (
          <SaveToBankDialog
            draftKey={`bank.from.${plan._id}`}
            studentId={studentId}
            initial={bankItemOf(values)}
            onClose={() => setOpen(null)}
          />
        ) : null}
      </Suspense>
    </Group>
  );
}

function bankItemOf(values: GoalValues): Omit<BankItemInput, "language"> {
  const { domain, description, kind, direction, unit, accuracy } = values;
  return {
    ...{ kind: "goal", area: domain, title: "", text: description },
    measure: { kind, direction, unit, criterion: accuracy },
  };
}

/** Variables of a bank's text that nobody filled in. */
export function Unfilled({ texts }: { texts: readonly string[] }) {
  const { t } = useTranslation("bank");
  const names = [...new Set(texts.flatMap((text) => fillTemplate(text, {}).open))];
  if (names.length === 0) return null;
  return (
    <Text size="sm" fw={600} role="status">
      {t("unfilled", { names: names.map((name) => `{${name}}`).join(", ") })}
    </Text>
  );
}
