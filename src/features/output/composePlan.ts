/** The whole plan as a printed document, in the order in which a meeting goes through it (34 CFR 300.320). */
import type { PlanContent, PlanSection } from "../../../convex/domain/ieps/planContent";
import type { SectionKey } from "../../../convex/domain/ieps/sections";
import { type Block, cell, type Fact, plain, type PrintedDocument } from "./document";
import { date, type Frame, framed, headed, stated, word } from "./frame";
import { goalBlocks } from "./goalBlocks";
import { isEmptyText, richBlocks } from "./richText";
import { answersOf, transitionBlocks } from "./answers";
import {
  accommodationBlocks,
  environmentBlocks,
  modificationBlocks,
  serviceBlocks,
} from "./supports";

export function composePlan(content: PlanContent, frame: Frame): PrintedDocument {
  const { t } = frame;
  const { student, version } = content;
  return framed(frame, content, {
    title: t("output:planOf", { name: student.name }),
    header: t("output:header", { name: student.name, number: version }),
    blocks: [
      ...titleBlocks(content, frame),
      teamSection(content, frame),
      ...(["strengths", "parentConcerns", "evaluations"] as const).map(written),
      ...(["presentLevelsAcademic", "presentLevelsFunctional"] as const).map(written),
      ...(["effectOfDisability", "specialFactors"] as const).map(written),
      { kind: "section", title: t("output:goals.title"), blocks: goalBlocks(content, frame) },
      written("progressReporting"),
      { kind: "section", title: t("output:services.title"), blocks: serviceBlocks(content, frame) },
      written("personnelSupports"),
      accommodations(),
      {
        ...{ kind: "section", title: t("output:modifications.title") },
        blocks: modificationBlocks(content, frame),
      },
      {
        ...{ kind: "section", title: t("output:environment.title") },
        blocks: environmentBlocks(content, frame),
      },
      ...(["placementJustification", "assessmentParticipation"] as const).map(written),
      written("extendedSchoolYear"),
      ...transition(content, frame),
      ...(["transitionNarrative", "ageOfMajority", "additionalNotes"] as const).map(written),
      ...unknownSections(content, frame),
      ...signatureBlocks(content, frame),
    ],
  });

  function written(key: SectionKey): Block {
    const section = content.sections.find((one) => one.key === key) ?? null;
    return partOf(section, key, { frame, answers: answersOf(content, key, frame) });
  }
  function accommodations(): Block {
    return {
      ...{ kind: "section", title: t("output:accommodations.title") },
      blocks: accommodationBlocks(content, frame),
    };
  }
}

function titleBlocks(content: PlanContent, frame: Frame): Block[] {
  const { t, standing } = frame;
  const { student } = content;
  const period = {
    from: date(frame, content.effectiveDate),
    until: date(frame, content.expirationDate),
  };
  const fact = (key: string, value: string): Fact => ({
    term: t(`output:fields.${key}` as "output:fields.student"),
    blocks: [stated(frame, value)],
  });
  return [
    { kind: "heading", level: 1, text: t("output:planOf", { name: student.name }) },
    plain(
      [
        t(`output:kinds.${content.kind}`),
        t("output:version", { number: content.version }),
        content.organization,
      ].join(" · "),
      "lead",
    ),
    standing === "draft" || standing === "toSign"
      ? { kind: "text", runs: [{ text: t(`output:${standing}Note`), bold: true }] }
      : plain(t(standing === "inForce" ? "output:inForce" : "output:wasInForce", period)),
    {
      ...{ kind: "facts", summary: t("output:about"), columns: 2 },
      items: [
        fact("student", student.name),
        fact("number", student.number),
        fact("birthDate", date(frame, student.birthDate)),
        fact("grade", student.grade),
        fact("school", student.school),
        fact("organization", content.organization),
        fact("meetingDate", date(frame, content.meetingDate)),
        fact("effectiveDate", period.from),
        fact("nextReviewDate", date(frame, content.nextReviewDate)),
        fact("expirationDate", period.until),
        fact(
          "disabilities",
          student.disabilities.map((key) => word(t, "students:disabilities", key)).join("; "),
        ),
      ],
    },
  ];
}

function teamSection({ team }: PlanContent, frame: Frame): Block {
  const { t } = frame;
  const title = t("output:team.title");
  const rows = team.map((person) => [
    cell(person.name, "Row"),
    cell(word(t, "students:team.functions", person.function)),
  ]);
  return {
    ...{ kind: "section", title },
    blocks: [
      rows.length === 0
        ? stated(frame, "")
        : {
            ...{ kind: "table", summary: title, shares: [1, 1], headRows: 1 },
            rows: headed([t("output:team.name"), t("output:team.function")], rows),
          },
    ],
  };
}

/** A part that nobody wrote is in the print, too, so that its absence is seen. */
function partOf(
  section: PlanSection | null,
  key: SectionKey,
  { frame, answers }: { frame: Frame; answers: Block[] },
): Block {
  const { t } = frame;
  const isEmpty = section === null || isEmptyText(section.document);
  const note =
    section?.state === "notNeeded"
      ? t("output:notNeeded")
      : isEmpty && answers.length === 0
        ? t("output:nothingWritten")
        : section?.state === "inProgress" && frame.standing === "draft"
          ? t("output:stillWriting")
          : null;
  return {
    ...{ kind: "section", title: t(`output:sections.${key}`) },
    blocks: [
      ...(note === null ? [] : [plain(note, "quiet")]),
      ...answers,
      ...(isEmpty ? [] : richBlocks(section.document, 2)),
    ],
  };
}

/** Of a later list of sections than this one: printed at the end rather than lost. */
function unknownSections({ sections }: PlanContent, { t }: Frame): Block[] {
  const lookUp = t as unknown as (key: string, options: { defaultValue: string }) => string;
  return sections
    .filter(({ key }) => lookUp(`output:sections.${key}`, { defaultValue: "" }) === "")
    .map(({ key, document }) => ({
      ...{ kind: "section", title: key },
      blocks: richBlocks(document, 2),
    }));
}

function transition(content: PlanContent, frame: Frame): Block[] {
  if (content.transition === null) return [];
  return [
    {
      ...{ kind: "section", title: frame.t("output:transition.title") },
      blocks: transitionBlocks(content.transition, frame),
    },
  ];
}

/** Room for ink, and who signed on the screen. */
function signatureBlocks(content: PlanContent, frame: Frame): Block[] {
  const { t, signatures, hash } = frame;
  const title = t("output:signatures.title");
  const label = (name: string, position: string) =>
    position === "" ? name : `${name}, ${position}`;
  const named = (name: string, position: string) =>
    label(name, word(t, "students:team.functions", position));
  const signed = signatures.map(({ name, capacity, decision, exceptions = "", signedOn }) => [
    cell(label(name, t(`output:signatures.capacities.${capacity}`)), "Row"),
    {
      blocks: [
        plain(t(`output:signatures.decisions.${decision}`)),
        ...(exceptions === "" ? [] : [plain(exceptions)]),
      ],
    },
    cell(date(frame, signedOn)),
  ]);
  const missing = content.team.filter(
    ({ name }) => !signatures.some((signature) => signature.name === name),
  );
  const byHand = [
    ...[0, 1]
      .slice(signatures.filter(({ capacity }) => capacity === "parent").length)
      .map(() => t("output:signatures.parent")),
    ...(signatures.some(({ capacity }) => capacity === "adultStudent")
      ? []
      : [label(content.student.name, t("output:signatures.student"))]),
    ...missing.map((person) => named(person.name, person.function)),
  ].map((who) => [cell(who, "Row"), cell(""), cell("")]);
  return [
    {
      ...{ kind: "section", title },
      blocks: [
        plain(t("output:signatures.note"), "quiet"),
        {
          ...{ kind: "table", summary: title, shares: [5, 6, 3], headRows: 1, rowLines: 2 },
          rows: headed(
            (["name", "signature", "date"] as const).map((part) => t(`output:signatures.${part}`)),
            [...signed, ...byHand],
          ),
        },
        { kind: "heading", level: 3, text: t("output:fingerprint.title") },
        plain(t("output:fingerprint.text", { hash }), "quiet"),
      ],
    },
  ];
}
