import { Anchor, Button, Group, List, Text } from "@mantine/core";
import { IconCalendarPlus, IconFilePlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useFormatting } from "../../lib/formatting";
import { Loading } from "../../ui/Loading";
import { Panel } from "../../ui/Panel";
import { GoalList } from "./GoalList";
import { IepStatus } from "./IepStatus";

/** A student's plans: the one in force with its goals first, then all others. */
export function PlansPanel({
  studentId,
  canCreate,
}: {
  studentId: Id<"students">;
  canCreate: boolean;
}) {
  const { t } = useTranslation(["ieps", "carry"]);
  const { date } = useFormatting();
  const plans = useQuery(api.ieps.listIEPs, { studentId });
  const current = plans?.find(({ status }) => status === "active");
  return (
    <Panel
      title={t("ieps:plans")}
      actions={
        canCreate ? (
          <Group gap="xs">
            {plans?.some(({ status }) => status === "active" || status === "expired") === true ? (
              <Button
                component={Link}
                to={`/students/${studentId}/ieps/next`}
                leftSection={<IconCalendarPlus size={18} aria-hidden />}
              >
                {t("carry:open")}
              </Button>
            ) : null}
            <Button
              component={Link}
              to={`/students/${studentId}/ieps/new`}
              variant="default"
              leftSection={<IconFilePlus size={18} aria-hidden />}
            >
              {t("ieps:newDraft")}
            </Button>
          </Group>
        ) : undefined
      }
    >
      {plans === undefined ? (
        <Loading shape="list" />
      ) : plans.length === 0 ? (
        <Text c="dimmed">{t(canCreate ? "ieps:nonePlan" : "ieps:none")}</Text>
      ) : (
        <List listStyleType="none" spacing="xs" mb={current === undefined ? 0 : "md"}>
          {plans.map((plan) => (
            <List.Item key={plan._id}>
              <Group gap="sm">
                <Anchor component={Link} to={`/ieps/${plan._id}`}>
                  {t("ieps:planDates", {
                    from: date(plan.effectiveDate),
                    until: date(plan.expirationDate),
                  })}
                </Anchor>
                <IepStatus status={plan.status} />
                <Text span size="sm" c="dimmed">
                  {t("ieps:goalCount", { count: plan.goalCount })}
                </Text>
              </Group>
            </List.Item>
          ))}
        </List>
      )}
      {current === undefined ? null : <CurrentGoals iepId={current._id} />}
    </Panel>
  );
}

function CurrentGoals({ iepId }: { iepId: Id<"ieps"> }) {
  const { t } = useTranslation("ieps");
  const plan = useQuery(api.ieps.getIEPWithGoals, { iepId });
  return (
    <>
      <Text component="h3" fw={600} m={0} mb="xs">
        {t("goalsInForce")}
      </Text>
      {plan === undefined ? <Loading shape="list" /> : <GoalList goals={plan.goals} />}
    </>
  );
}
