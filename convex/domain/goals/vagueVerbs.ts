/**
 * Verbs of which nobody can see or hear whether they happen: two observers of "will understand fractions" have nothing
 * to agree on. Only what the student *will do* counts, not what the text mentions: "will answer comprehension
 * questions" is fine.
 */
const ENGLISH = [
  ...["understand", "comprehend", "know", "learn", "improve", "appreciate", "realize", "enjoy"],
  ...["develop", "feel", "believe", "try", "think", "grasp", "value", "experience", "explore"],
  ...["be aware", "become aware", "be familiar", "become familiar", "gain", "enhance"],
];
/** Infinitive and the form of the future. */
const SPANISH: readonly (readonly [infinitive: string, future: string])[] = [
  ["entender", "entenderá"],
  ["comprender", "comprenderá"],
  ["saber", "sabrá"],
  ["conocer", "conocerá"],
  ["aprender", "aprenderá"],
  ["mejorar", "mejorará"],
  ["apreciar", "apreciará"],
  ["valorar", "valorará"],
  ["disfrutar", "disfrutará"],
  ["desarrollar", "desarrollará"],
  ["sentir", "sentirá"],
  ["pensar", "pensará"],
  ["intentar", "intentará"],
  ["darse cuenta", "se dará cuenta"],
  ["reforzar", "reforzará"],
  ["adquirir", "adquirirá"],
  ["familiarizarse", "se familiarizará"],
];

/** "will", "will be able to", with at most two words such as "consistently" between; or the sentence's first word. */
const AFTER_WILL = new RegExp(
  String.raw`(?:\b(?:will|shall|can|to)\s+(?:be able to\s+)?(?:(?:\p{L}+ly|always|also|better)\s+){0,2}|^\s*)(${ENGLISH.join("|")})\b`,
  "iu",
);
const END = String.raw`(?![\p{L}])`;
const FUTURE = new RegExp(
  String.raw`(?<![\p{L}])(${SPANISH.map(([, future]) => future).join("|")})${END}`,
  "iu",
);
const ABLE = new RegExp(
  String.raw`(?:(?<![\p{L}])(?:podr[aá]|ser[aá] capaz de|va a|deber[aá])\s+|^\s*)(${SPANISH.map(([infinitive]) => infinitive).join("|")})${END}`,
  "iu",
);

/** The first such verb that the goal asks for, as it is written, or null. */
export function vagueVerb(description: string): string | null {
  const text = description.normalize("NFC");
  for (const pattern of [AFTER_WILL, FUTURE, ABLE]) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return found.toLowerCase();
  }
  return null;
}
