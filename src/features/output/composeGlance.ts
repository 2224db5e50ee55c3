/** The plan at a glance as a printed document: one or two pages for whoever teaches or serves the student. */
import type { Duties, Glance } from "../../../convex/domain/ieps/glance";
import { type Block, cell, plain, type PrintedDocument } from "./document";
import { date, headed, stated, statedList, word, type Worded } from "./frame";
import { measured } from "./goalBlocks";
import { servicePlace, serviceTime } from "./supports";

export interface GlanceFrame extends Worded {
  language: PrintedDocument["language"];
  /** Only accommodations and what was assigned. */
  isReduced: boolean;
  duties: Duties;
  health: string | null;
  /** Of the family, nobody asks for duties. */
  showsDuties: boolean;
}

export function composeGlance(glance: Glance, frame: GlanceFrame): PrintedDocument {
  const { t, language } = frame;
  const { student, version } = glance;
  const period = {
    from: date(frame, glance.effectiveDate),
    until: date(frame, glance.expirationDate),
  };
  return {
    language,
    title: t("output:glance.titleOf", { name: student.name }),
    header: t("output:glance.header", { name: student.name, number: version }),
    footer: glance.organization,
    pageOf: t("output:pageOf", { page: "{page}", pages: "{pages}" }),
    date: glance.effectiveDate,
    blocks: [
      { kind: "heading", level: 1, text: t("output:glance.titleOf", { name: student.name }) },
      plain(
        [
          `${t("output:fields.grade")} ${student.grade}`,
          student.school,
          t("output:version", { number: version }),
        ].join(" · "),
        "lead",
      ),
      plain(`${t("output:inForce", period)} ${t("output:glance.confidential")}`, "quiet"),
      ...(frame.showsDuties ? [duties(glance, frame)] : []),
      accommodations(glance, frame),
      ...(frame.isReduced ? [] : [modifications(glance, frame)]),
      goals(glance, frame),
      ...(frame.isReduced ? [] : [services(glance, frame), needs(glance, frame)]),
      contacts(glance, frame),
    ],
  };
}

const section = (title: string, ...blocks: Block[]): Block => ({ kind: "section", title, blocks });

function duties(glance: Glance, frame: GlanceFrame): Block {
  const { t, duties: mine } = frame;
  const goalText = (number: number) =>
    glance.goals.find((goal) => goal.number === number)?.description ?? "";
  return section(
    t("output:glance.duties"),
    ...statedList(frame, [
      t("output:glance.dutyAll", { name: glance.student.name }),
      ...mine.services.flatMap((index) => {
        const service = glance.services[index];
        if (service === undefined) return [];
        return [
          t("output:glance.dutyService", {
            service: service.type,
            time: serviceTime(service, frame),
            where: servicePlace(service, frame),
          }),
        ];
      }),
      ...mine.goals.map((number) =>
        t("output:glance.dutyGoal", { number, text: goalText(number) }),
      ),
      ...mine.data
        .filter((number) => !mine.goals.includes(number))
        .map((number) => t("output:glance.dutyData", { number, text: goalText(number) })),
    ]),
  );
}

function accommodations({ accommodations: rows }: Glance, { t }: GlanceFrame): Block {
  const title = t("output:accommodations.title");
  if (rows.length === 0) return section(title, plain(t("output:accommodations.none"), "quiet"));
  return section(title, {
    ...{ kind: "table", summary: title, shares: [7, 4], headRows: 1 },
    rows: headed(
      [t("output:accommodations.description"), t("output:accommodations.setting")],
      rows.map(({ description, setting }) => [cell(description, "Row"), cell(setting)]),
    ),
  });
}

function modifications({ modifications: rows }: Glance, { t }: GlanceFrame): Block {
  const title = t("output:modifications.title");
  if (rows.length === 0) return section(title, plain(t("output:modifications.none"), "quiet"));
  return section(title, {
    ...{ kind: "table", summary: title, shares: [7, 4], headRows: 1 },
    rows: headed(
      [t("output:modifications.description"), t("output:modifications.subject")],
      rows.map(({ description, subject }) => [cell(description, "Row"), cell(subject)]),
    ),
  });
}

function goals({ goals: rows }: Glance, frame: GlanceFrame): Block {
  const { t } = frame;
  const title = t(frame.isReduced ? "output:glance.goalsAssigned" : "output:glance.goals");
  if (rows.length === 0)
    return section(
      title,
      plain(t(frame.isReduced ? "output:glance.noGoalsAssigned" : "output:goals.none"), "quiet"),
    );
  return section(title, {
    ...{ kind: "table", summary: title, shares: [7, 4, 3], headRows: 1 },
    rows: headed(
      (["goal", "target", "provider"] as const).map((part) => t(`output:glance.${part}`)),
      rows.map((goal) => [
        cell(`${String(goal.number)}. ${goal.description}`, "Row"),
        cell(
          t("output:goals.targetValue", {
            value: measured(goal.target.value, goal.unit, frame),
            date: date(frame, goal.target.by),
          }),
        ),
        cell(goal.responsibleProvider),
      ]),
    ),
  });
}

function services({ services: rows }: Glance, frame: GlanceFrame): Block {
  const { t } = frame;
  const title = t("output:glance.services");
  if (rows.length === 0) return section(title, plain(t("output:services.none"), "quiet"));
  return section(title, {
    ...{ kind: "table", summary: title, shares: [4, 4, 3, 4], headRows: 1 },
    rows: headed(
      (["service", "time", "provider", "where"] as const).map((part) =>
        t(`output:services.${part}`),
      ),
      rows.map((service) => [
        cell(service.type, "Row"),
        cell(serviceTime(service, frame)),
        { blocks: [stated(frame, service.provider)] },
        cell(servicePlace(service, frame)),
      ]),
    ),
  });
}

function needs({ needs: rows }: Glance, frame: GlanceFrame): Block {
  const { t, health } = frame;
  const items = [
    ...rows.map(({ factor, how }) => ({
      term: t(`output:specialFactors.factors.${factor}`),
      blocks: [stated(frame, how)],
    })),
    ...(health === null || health === ""
      ? []
      : [{ term: t("output:glance.health"), blocks: [plain(health)] }]),
  ];
  const title = t("output:glance.needs");
  return section(
    title,
    items.length === 0
      ? plain(t("output:glance.noNeeds"), "quiet")
      : { kind: "facts", summary: title, columns: 1, items },
  );
}

function contacts({ contacts: rows }: Glance, frame: GlanceFrame): Block {
  const { t } = frame;
  const title = t("output:glance.contacts");
  return section(
    title,
    rows.length === 0
      ? stated(frame, "")
      : {
          ...{ kind: "facts", summary: title, columns: 2 },
          items: rows.map((person) => ({
            term: person.name,
            blocks: [plain(word(t, "students:team.functions", person.function))],
          })),
        },
  );
}
