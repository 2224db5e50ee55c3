import { List, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type PlanPart as Part, partOf } from "../../../convex/domain/ieps/parts";
import type { PlanContent, PlanGoal, RichTextNode } from "../../../convex/domain/ieps/planContent";
import { SPECIAL_FACTORS } from "../../../convex/domain/ieps/structure";
import { useFormatting } from "../../lib/formatting";
import { measuredText } from "../../lib/measuredText";
import { DefinitionList } from "../../ui/DefinitionList";
import { RichText } from "./RichText";

/** What one part of a version says, in plain words; its numbers and dates in the reader's language. */
export function PlanPart({ content, part }: { content: PlanContent; part: Part }) {
  switch (part) {
    case "general":
      return <General content={content} />;
    case "goals":
      return <Goals goals={content.goals} />;
    case "services":
      return <Services content={content} />;
    case "supports":
      return <Supports content={content} />;
    case "placement":
      return <Placement content={content} />;
    case "considerations":
      return <Considerations content={content} />;
    case "transition":
      return <Transition content={content} />;
    default: {
      const document = partOf(content, part) as RichTextNode | null;
      return document === null ? null : <RichText document={document} />;
    }
  }
}

function General({ content }: { content: PlanContent }) {
  const { t } = useTranslation("versions");
  const { date } = useFormatting();
  const { student, team } = content;
  return (
    <DefinitionList
      items={[
        { term: t("fields.student"), description: student.name },
        { term: t("fields.school"), description: student.school },
        { term: t("fields.grade"), description: student.grade },
        ...(["meetingDate", "effectiveDate", "expirationDate", "nextReviewDate"] as const).map(
          (field) => ({ term: t(`fields.${field}`), description: date(content[field]) }),
        ),
        { term: t("fields.team"), description: team.map(({ name }) => name).join(", ") },
      ]}
    />
  );
}

function Goals({ goals }: { goals: readonly PlanGoal[] }) {
  const { t } = useTranslation("versions");
  const { date, number, percent } = useFormatting();
  const level = (rank: string) => t("fields.level", { level: rank });
  const value = (measured: number, unit: string) =>
    measuredText(measured, unit, { number, percent, level });
  return (
    <Stack gap="lg">
      {goals.map((goal) => (
        <div key={goal.lineage}>
          <Text component="h4" fw={600} m={0} mb={4} dir="auto">
            {goal.number}. {goal.description}
          </Text>
          <DefinitionList
            items={[
              {
                term: t("fields.baseline"),
                description: t("fields.baselineValue", {
                  value: value(goal.baseline.value, goal.unit),
                  date: date(goal.baseline.date),
                }),
              },
              {
                term: t("fields.target"),
                description: t("fields.targetValue", {
                  value: value(goal.target.value, goal.unit),
                  date: date(goal.target.by),
                }),
              },
              ...(
                [
                  ...["conditions", "criterionText", "evaluationMethod", "frequency"],
                  "responsibleProvider",
                ] as ("conditions" | "criterionText" | "evaluationMethod" | "frequency")[]
              )
                .filter((field) => goal[field] !== "")
                .map((field) => ({ term: t(`fields.${field}`), description: goal[field] })),
            ]}
          />
          {goal.objectives.length === 0 ? null : (
            <>
              <Text size="sm" c="dimmed">
                {t("fields.objectives")}
              </Text>
              <List>
                {goal.objectives.map(({ description, by, criterion }) => (
                  <List.Item key={`${description}${by}`} dir="auto">
                    {[description, criterion, date(by)].filter((text) => text !== "").join(" · ")}
                  </List.Item>
                ))}
              </List>
            </>
          )}
        </div>
      ))}
    </Stack>
  );
}

function Services({ content }: { content: PlanContent }) {
  const { t } = useTranslation("versions");
  const { date, number } = useFormatting();
  return (
    <DefinitionList
      items={content.services.map((service) => ({
        term: service.type,
        description: t("service", {
          ...{ minutes: number(service.minutes), times: number(service.frequency.times) },
          per: t(`per.${service.frequency.per}`),
          ...{ provider: service.provider, location: service.location },
          ...{ from: date(service.startDate), until: date(service.endDate) },
        }),
      }))}
    />
  );
}

function Supports({ content: { accommodations, modifications } }: { content: PlanContent }) {
  const lines = [
    ...accommodations.map(({ description, setting, category }) => [description, setting, category]),
    ...modifications.map(({ description, subject, criteria }) => [description, subject, criteria]),
  ];
  return <Lines lines={lines.map((parts) => parts.filter((part) => part !== "").join(" · "))} />;
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <List>
      {lines.map((line, index) => (
        <List.Item key={`${String(index)}${line}`} dir="auto">
          {line}
        </List.Item>
      ))}
    </List>
  );
}

function Placement({ content: { environment } }: { content: PlanContent }) {
  const { t } = useTranslation("versions");
  const { number } = useFormatting();
  const { placement, schoolWeekMinutes: all, regularClassMinutes: minutes } = environment;
  return (
    <DefinitionList
      items={[
        { term: t("fields.placement"), description: placement },
        ...(all === null || minutes === null
          ? []
          : [
              {
                term: t("fields.regularClass"),
                description: t("fields.minutesOfWeek", {
                  minutes: number(minutes),
                  all: number(all),
                }),
              },
            ]),
      ]}
    />
  );
}

function Considerations({ content }: { content: PlanContent }) {
  const { t } = useTranslation("versions");
  const { specialFactors, extendedSchoolYear } = content;
  const answers = [
    ...SPECIAL_FACTORS.map((factor) => ({ factor, ...specialFactors[factor] })),
    {
      ...{ factor: "extendedSchoolYear" as const, needed: extendedSchoolYear.needed },
      how: extendedSchoolYear.reason,
    },
  ].filter(({ needed, how }) => needed !== null || how !== "");
  return (
    <DefinitionList
      items={answers.map(({ factor, needed, how }) => ({
        term: t(`factors.${factor}`),
        description: [needed === null ? "" : t(needed ? "needed.yes" : "needed.no"), how]
          .filter((text) => text !== "")
          .join(": "),
      }))}
    />
  );
}

function Transition({ content: { transition } }: { content: PlanContent }) {
  if (transition === null) return null;
  const { postSecondaryGoals, transitionServices, agencyInvolvement, coursesOfStudy } = transition;
  return (
    <Lines
      lines={[
        ...[...postSecondaryGoals, ...transitionServices, ...agencyInvolvement],
        ...[...transition.assessments, ...coursesOfStudy],
      ]}
    />
  );
}

/** Whether a part says anything that is shown. */
export function saysAnything(content: PlanContent, part: Part): boolean {
  switch (part) {
    case "general":
    case "placement":
      return true;
    case "goals":
      return content.goals.length > 0;
    case "services":
      return content.services.length > 0;
    case "supports":
      return content.accommodations.length + content.modifications.length > 0;
    case "considerations":
      return (
        content.extendedSchoolYear.needed !== null ||
        SPECIAL_FACTORS.some((factor) => content.specialFactors[factor].needed !== null)
      );
    case "transition":
      return content.transition !== null;
    default: {
      const document = partOf(content, part) as RichTextNode | null;
      return document !== null && hasText(document);
    }
  }
}

const hasText = (node: RichTextNode): boolean =>
  (node.text ?? "").trim() !== "" || (node.content ?? []).some(hasText);
