/** Answers of the auth server about the second factor as keys of texts. */
export type SecondFactorFailure = "wrongCurrent" | "wrongCode" | "codeUsed" | "tooMany" | "failed";

const KNOWN: Partial<Record<string, SecondFactorFailure>> = {
  INVALID_PASSWORD: "wrongCurrent",
  INVALID_CODE: "wrongCode",
  CODE_USED: "codeUsed",
  RATE_LIMITED: "tooMany",
};

export const secondFactorFailure = ({ code }: { code?: string | undefined }): SecondFactorFailure =>
  KNOWN[code ?? ""] ?? "failed";
