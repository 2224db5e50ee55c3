import { Anchor, List, Stack, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useFormatting } from "../../lib/formatting";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";

/** Every goal about which a rule asks this person something, by student. */
export function DecisionsPage() {
  const { t } = useTranslation(["judgement", "progress"]);
  const { person } = useFormatting();
  const open = useQuery(api.decisions.listOpenDecisions, {});
  if (open === undefined) return <Loading />;
  return (
    <Page
      title={t("judgement:openDecisions.title")}
      subtitle={t("judgement:openDecisions.subtitle")}
    >
      {open.students.length === 0 ? (
        <EmptyState
          icon={<IconCircleCheck size={40} />}
          title={t("judgement:openDecisions.empty")}
          text={t("judgement:openDecisions.emptyText")}
        />
      ) : (
        open.students.map(({ studentId, firstName, lastName, goals }) => (
          <Panel key={studentId} title={person(firstName, lastName)}>
            <List listStyleType="none" spacing="md">
              {goals.map(({ goalId, goalNumber, domain, description, firings }) => (
                <List.Item key={goalId}>
                  <Stack gap={2}>
                    <Anchor component={Link} to={`/goals/${goalId}`} fw={600}>
                      {t("judgement:openDecisions.goal", {
                        number: goalNumber,
                        domain: t(`progress:domains.${domain}`),
                      })}
                    </Anchor>
                    <Text size="sm" dir="auto">
                      {description}
                    </Text>
                    {firings.map(({ rule, advice }) => (
                      <Text key={rule} size="sm">
                        <strong>{t(`judgement:rules.${rule}`)}</strong>:{" "}
                        {t(`judgement:fired.${rule}.${advice}`)}
                      </Text>
                    ))}
                  </Stack>
                </List.Item>
              ))}
            </List>
          </Panel>
        ))
      )}
      {open.truncated ? <Text size="sm">{t("judgement:openDecisions.truncated")}</Text> : null}
    </Page>
  );
}
