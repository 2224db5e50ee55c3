import { Button, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { FunctionReturnType } from "convex/server";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { confirmAction } from "../../ui/confirmAction";
import { notifyDone, notifyFailed } from "../../ui/notify";

type Goal = FunctionReturnType<typeof api.goals.getGoal>;

/** Editing in a draft; closing and reopening while the plan is in force. */
export function GoalActions({ goal }: { goal: Goal }) {
  const { t } = useTranslation("goals");
  const { today } = useFormatting();
  const errorText = useErrorText();
  const closeGoal = useMutation(api.goals.closeGoal);
  const reopenGoal = useMutation(api.goals.reopenGoal);
  const canEdit = goal.abilities["goal.edit"];
  const canClose = goal.abilities["goal.close"];
  const tell = (act: Promise<unknown>) =>
    act.then(
      () => notifyDone(t("saved")),
      (error: unknown) => notifyFailed(errorText(error)),
    );
  const close = async (reason: "mastered" | "discontinued") => {
    const sure = await confirmAction({
      title: t(`close.${reason}`),
      text: t("close.text"),
      confirmLabel: t(`close.${reason}`),
    });
    if (sure) await tell(closeGoal({ goalId: goal._id, reason, date: today() }));
  };
  if (!canEdit && !canClose) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="md" aria-label={t("more")}>
          <IconDots size={18} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {canEdit ? (
          <Menu.Item component={Link} to={`/goals/${goal._id}/edit`}>
            {t("edit")}
          </Menu.Item>
        ) : null}
        {canClose && goal.isActive ? (
          <>
            <Menu.Item onClick={() => void close("mastered")}>{t("close.mastered")}</Menu.Item>
            <Menu.Item onClick={() => void close("discontinued")}>
              {t("close.discontinued")}
            </Menu.Item>
          </>
        ) : null}
        {canClose && !goal.isActive ? (
          <Menu.Item onClick={() => void tell(reopenGoal({ goalId: goal._id }))}>
            {t("reopen")}
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
