import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { type IepStatus, nextIepStatuses } from "../../../convex/domain/ieps/lifecycle";
import { useErrorText } from "../../lib/errors";
import { useMutation } from "../../lib/mutation";
import { confirmAction } from "../../ui/confirmAction";
import { notifyDone, notifyFailed } from "../../ui/notify";
import type { IepWithGoals } from "./IepPage";

/** The steps that the plan can make from here. Expiry and superseding come by themselves. */
const STEPS = ["draft", "in_review", "ready_to_sign", "active", "discarded"] as const;
type Step = (typeof STEPS)[number];
const isStep = (status: IepStatus): status is Step => (STEPS as readonly string[]).includes(status);

export function MoveActions({ iep }: { iep: IepWithGoals }) {
  const { t } = useTranslation("ieps");
  const errorText = useErrorText();
  const moveIep = useMutation(api.ieps.moveIEP);
  const steps = nextIepStatuses(iep.status).filter(isStep);
  const move = async (to: Step) => {
    const final = to === "active" || to === "discarded";
    const sure =
      !final ||
      (await confirmAction({
        title: t(`move.${to}`),
        text: t(`moveText.${to}`),
        confirmLabel: t(`move.${to}`),
        danger: to === "discarded",
      }));
    if (!sure) return;
    try {
      await moveIep({ iepId: iep._id, to, expectedRevision: iep.revision });
      notifyDone(t(`moved.${to}`));
    } catch (error) {
      notifyFailed(errorText(error));
    }
  };
  if (steps.length === 0) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button rightSection={<IconChevronDown size={16} aria-hidden />}>{t("nextStep")}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {steps.map((step) => (
          <Menu.Item key={step} onClick={() => void move(step)}>
            {t(`move.${step}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
