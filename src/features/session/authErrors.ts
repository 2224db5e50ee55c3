/** Answers of the auth server as keys of texts. */
import { useTranslation } from "react-i18next";

interface AuthError {
  code?: string | undefined;
  status?: number | undefined;
}

export type AuthErrorKey =
  | "wrongPassword"
  | "wrongCurrentPassword"
  | "linkExpired"
  | "notInvited"
  | "weakPassword"
  | "accountExists"
  | "wrongCode"
  | "wrongBackupCode"
  | "codeUsed"
  | "secondFactorIsOn"
  | "startAgain"
  | "singleSignOnRequired"
  | "singleSignOnRefused"
  | "singleSignOnFailed"
  | "tooMany"
  | "unreachable";

const KNOWN: Partial<Record<string, AuthErrorKey>> = {
  INVALID_EMAIL_OR_PASSWORD: "wrongPassword",
  INVALID_PASSWORD: "wrongCurrentPassword",
  INVALID_TOKEN: "linkExpired",
  NOT_INVITED: "notInvited",
  WEAK_PASSWORD: "weakPassword",
  INVALID_CODE: "wrongCode",
  INVALID_BACKUP_CODE: "wrongBackupCode",
  CODE_USED: "codeUsed",
  SECOND_FACTOR_IS_ON: "secondFactorIsOn",
  SINGLE_SIGN_ON_REQUIRED: "singleSignOnRequired",
  INVALID_TWO_FACTOR_COOKIE: "startAgain",
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: "startAgain",
  USER_ALREADY_EXISTS: "accountExists",
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: "accountExists",
};

/** How long somebody has to wait who tried too often; null if the answer does not say. */
function waitingMinutes(error: AuthError): number | null {
  const { seconds } = error as { seconds?: unknown };
  return typeof seconds === "number" ? Math.max(1, Math.ceil(seconds / 60)) : null;
}

export function authErrorKey({ code, status }: AuthError): AuthErrorKey {
  if (status === 429) return "tooMany";
  return KNOWN[code ?? ""] ?? "unreachable";
}

/** A sentence that says what happened and what to do. */
export function useAuthErrorText(): (error: AuthError) => string {
  const { t } = useTranslation("session");
  return (error) => {
    const key = authErrorKey(error);
    const minutes = waitingMinutes(error);
    return key === "tooMany" && minutes !== null
      ? t("authErrors.tooManyMinutes", { count: minutes })
      : t(`authErrors.${key}`);
  };
}
