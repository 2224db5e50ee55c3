/** Services, accommodations, modifications and placement: 34 CFR 300.320(a)(4)–(7). */
import type { PlanContent, PlanService } from "../../../convex/domain/ieps/planContent";
import { type Block, cell, plain } from "./document";
import { date, type Frame, headed, stated, type Worded } from "./frame";

export const serviceTime = ({ minutes, frequency }: PlanService, { t, formatting }: Worded) =>
  t(`output:services.times.${frequency.per}`, {
    minutes: formatting.number(minutes),
    // Not `count`: the number stands beside "×" and takes no plural.
    ...{ count: frequency.times },
  });

/** "regular class (Room 12), in a group" */
export function servicePlace({ setting, location, delivery }: PlanService, { t }: Worded): string {
  const place = t(`output:services.settings.${setting}`);
  return [
    location.trim() === "" ? place : `${place} (${location})`,
    t(`output:services.delivery.${delivery}`),
  ].join(", ");
}

const KINDS = [
  "specialEducation",
  "relatedService",
  "supplementaryAid",
  "personnelSupport",
] as const;

/** One table, in the order of the law's kinds. */
export function serviceBlocks({ services }: PlanContent, frame: Frame): Block[] {
  const { t } = frame;
  if (services.length === 0) return [plain(t("output:services.none"), "quiet")];
  const title = t("output:services.title");
  return [
    {
      ...{ kind: "table", summary: title, shares: [12, 10, 10, 12, 13], headRows: 1 },
      rows: headed(
        (["service", "time", "provider", "where", "dates"] as const).map((part) =>
          t(`output:services.${part}`),
        ),
        KINDS.flatMap((kind) => services.filter((service) => service.kind === kind)).map(
          (service) => [
            {
              head: "Row" as const,
              blocks: [
                plain(service.type),
                plain(t(`output:services.kinds.${service.kind}`), "quiet"),
              ],
            },
            cell(serviceTime(service, frame)),
            { blocks: [stated(frame, service.provider)] },
            cell(servicePlace(service, frame)),
            cell(`${date(frame, service.startDate)} – ${date(frame, service.endDate)}`),
          ],
        ),
      ),
    },
  ];
}

export function accommodationBlocks({ accommodations }: PlanContent, frame: Frame): Block[] {
  const { t } = frame;
  if (accommodations.length === 0) return [plain(t("output:accommodations.none"), "quiet")];
  return [
    {
      ...{ kind: "table", summary: t("output:accommodations.title"), shares: [6, 2, 3] },
      headRows: 1,
      rows: headed(
        (["description", "category", "setting"] as const).map((part) =>
          t(`output:accommodations.${part}`),
        ),
        accommodations.map(({ description, category, setting }) => [
          cell(description, "Row"),
          cell(category),
          cell(setting),
        ]),
      ),
    },
  ];
}

export function modificationBlocks({ modifications }: PlanContent, frame: Frame): Block[] {
  const { t } = frame;
  if (modifications.length === 0) return [plain(t("output:modifications.none"), "quiet")];
  return [
    {
      ...{ kind: "table", summary: t("output:modifications.title"), shares: [6, 2, 4] },
      headRows: 1,
      rows: headed(
        (["description", "subject", "criteria"] as const).map((part) =>
          t(`output:modifications.${part}`),
        ),
        modifications.map(({ description, subject, criteria }) => [
          cell(description, "Row"),
          cell(subject),
          cell(criteria),
        ]),
      ),
    },
  ];
}

/** The share is stated only where both of its numbers are: 34 CFR 300.320(a)(5). */
export function environmentBlocks({ environment }: PlanContent, frame: Frame): Block[] {
  const { t, formatting } = frame;
  const { placement, schoolWeekMinutes: week, regularClassMinutes: regular } = environment;
  const { place, servicesInProgram } = environment;
  const minutes = (value: number | null) =>
    value === null
      ? ""
      : t("output:environment.minutesAWeek", { minutes: formatting.number(value) });
  const share =
    week === null || regular === null || week <= 0
      ? ""
      : t("output:environment.percent", {
          percent: formatting.percent((regular / week) * 100, 1),
          regular: formatting.number(regular),
          week: formatting.number(week),
        });
  const facts = {
    placement,
    ...(place === null ? {} : { place: t(`output:environment.places.${place}`) }),
    ...{ schoolWeek: minutes(week), regularClass: minutes(regular), share },
    ...(servicesInProgram === null
      ? {}
      : { servicesInProgram: t(servicesInProgram ? "output:yes" : "output:no") }),
  };
  return [
    {
      ...{ kind: "facts", summary: t("output:environment.title"), columns: 1 },
      items: Object.entries(facts).map(([key, value]) => ({
        term: t(`output:environment.${key as "placement"}`),
        blocks: [stated(frame, value)],
      })),
    },
  ];
}
