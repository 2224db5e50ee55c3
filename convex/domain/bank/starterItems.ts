/** Everything to begin with in the shape of a bank's items. Loaded by the client when somebody opens a bank. */
import type { BankItemInput, BankKind, BankLanguage } from "./item";
import { STARTER_ACCOMMODATIONS } from "./starterAccommodations";
import { STARTER_GOALS } from "./starterGoals";
import { STARTER_PHRASES } from "./starterPhrases";

export function starterItems(kind: BankKind, language: BankLanguage): BankItemInput[] {
  if (kind === "goal")
    return STARTER_GOALS.map((goal) => ({
      ...{ kind, language, area: goal.domain, title: "", text: goal[language].text },
      measure: {
        ...{ kind: goal.kind, direction: goal.direction, unit: goal.unit },
        criterion: goal[language].criterion,
      },
    }));
  const rows = kind === "accommodation" ? STARTER_ACCOMMODATIONS : STARTER_PHRASES;
  return rows.map(([area, en, es]) => ({
    ...{ kind, language, area, title: "", text: language === "en" ? en : es },
  }));
}
