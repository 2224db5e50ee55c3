/** A plan as a printed document, in the language that the reader wants its labels in. */
import type { FunctionReturnType } from "convex/server";
import { useContext, useEffect, useState } from "react";
import type { api } from "../../../convex/_generated/api";
import type { PlanContent } from "../../../convex/domain/ieps/planContent";
import { createFormatting, type Formatting, TimeZoneContext } from "../../lib/formatting";
import { type Language, type PrintedWords, printedWords } from "../../lib/i18n";
import { composePlan } from "./composePlan";
import type { PrintedDocument } from "./document";

/** The words and numbers of a paper's labels. */
export interface Labels {
  t: PrintedWords;
  language: Language;
  formatting: Formatting;
}

type PrintedPlan = FunctionReturnType<typeof api.printedPlans.getPrintedPlan>;

/** Null while its words load. */
export function usePrintedWords(language: Language): PrintedWords | null {
  const [words, setWords] = useState<{ language: Language; t: PrintedWords } | null>(null);
  useEffect(() => {
    let isWanted = true;
    void printedWords(language).then((t) => {
      if (isWanted) setWords({ language, t });
    });
    return () => {
      isWanted = false;
    };
  }, [language]);
  return words?.language === language ? words.t : null;
}

/** The words and numbers of papers in this language. */
export function usePaperFormatting(language: Language) {
  const timeZone = useContext(TimeZoneContext) ?? "UTC";
  return createFormatting(language, timeZone);
}

export function planDocument(
  { content, hash, standing, signatures }: PrintedPlan,
  { t, language }: Pick<Labels, "t" | "language">,
): PrintedDocument {
  const formatting = createFormatting(language, "UTC");
  const frame = { t, language, formatting, standing, hash, signatures };
  return composePlan(JSON.parse(content) as PlanContent, frame);
}
