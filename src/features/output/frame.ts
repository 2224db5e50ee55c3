/** What a printed plan says besides its content: its words, its dates, and what is known of the version. */
import type { PlanContent } from "../../../convex/domain/ieps/planContent";
import type { Formatting } from "../../lib/formatting";
import type { PrintedWords } from "../../lib/i18n";
import { type Block, type Cell, cell, plain, type PrintedDocument } from "./document";

/** `draft`: nothing of it is decided; `toSign`: fixed, and in force once it is signed. */
export type Standing = "draft" | "toSign" | "inForce" | "past";

export interface Signed {
  name: string;
  capacity: "parent" | "adultStudent" | "caseManager" | "teamMember" | "administrator";
  decision: "accept" | "partly" | "decline";
  exceptions?: string;
  /** Calendar date. */
  signedOn: string;
}

/** How words and numbers are written. */
export interface Worded {
  t: PrintedWords;
  formatting: Pick<Formatting, "date" | "number" | "percent">;
}

export interface Frame extends Worded {
  language: PrintedDocument["language"];
  standing: Standing;
  /** SHA-256 of the content's canonical text. */
  hash: string;
  signatures: readonly Signed[];
}

/** A value that may be missing is never an empty place: what is not stated is said to be so. */
export const stated = ({ t }: Pick<Frame, "t">, text: string): Block =>
  text.trim() === "" ? plain(t("output:notStated"), "quiet") : plain(text);

/** "Not stated" where a list has nothing. */
export const statedList = (frame: Pick<Frame, "t">, texts: readonly string[]): Block[] => {
  const given = texts.filter((text) => text.trim() !== "");
  if (given.length === 0) return [stated(frame, "")];
  return [{ kind: "list", ordered: false, start: 1, items: given.map((text) => [plain(text)]) }];
};

export const date = ({ t, formatting }: Worded, day: string | null): string =>
  day === null || day === "" ? t("output:unknown") : formatting.date(day);

/** A key of the product's lists in words; what is no key was written so. */
export function word(t: PrintedWords, prefix: string, key: string): string {
  const lookUp = t as unknown as (key: string, options: { defaultValue: string }) => string;
  return /^[a-zA-Z]+$/u.test(key) ? lookUp(`${prefix}.${key}`, { defaultValue: key }) : key;
}

export const headed = (heads: readonly string[], rows: Cell[][]): Cell[][] => [
  heads.map((head) => cell(head, "Column")),
  ...rows,
];

/** What the head, the foot and the pages of a printed plan have in common. */
export function framed(
  frame: Frame,
  content: PlanContent,
  { title, header, blocks }: { title: string; header: string; blocks: Block[] },
): PrintedDocument {
  const { t, hash, language } = frame;
  return {
    ...{ language, title, header, blocks },
    footer: [
      content.organization,
      ...(frame.standing === "draft" ? [t("output:draft")] : []),
      t("output:hashShort", { hash: hash.slice(0, 12) }),
    ].join(" · "),
    pageOf: t("output:pageOf", { page: "{page}", pages: "{pages}" }),
    ...(frame.standing === "draft" ? { watermark: t("output:draftWatermark") } : {}),
    date: content.meetingDate === "" ? content.effectiveDate : content.meetingDate,
  };
}
