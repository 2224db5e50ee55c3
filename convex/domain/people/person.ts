/** Names, addresses and passwords of people. */
import {
  checkText,
  LIMITS,
  normalizeName,
  type Problem,
  problem,
  searchKey,
} from "../validation/problem";

/** A first name is needed; a last name may be empty, since there are people with one name. */
export function checkPersonName({
  firstName,
  lastName,
}: {
  firstName: string;
  lastName: string;
}): Problem[] {
  return [
    ...checkText("firstName", firstName, { required: true, max: LIMITS.name }),
    ...checkText("lastName", lastName, { max: LIMITS.name }),
  ];
}

/** "First Last", or the one name of somebody with one name. */
export function displayName(firstName: string, lastName: string): string {
  return normalizeName(`${firstName} ${lastName}`);
}

/** One form for the same address: no spaces around it, lower case. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}

const EMAIL = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/u;

/** Needed, and plausible; whether it receives mail shows only when mail is sent. */
export function checkEmail(field: string, email: string): Problem[] {
  const problems = checkText(field, email, { required: true, max: 254 });
  if (problems.length > 0) return problems;
  return EMAIL.test(email.trim()) ? [] : [problem(field, "notAnEmail")];
}

/** Digits with the usual signs and an extension; 7 to 20 digits. */
export function checkPhone(field: string, phone: string): Problem[] {
  const problems = checkText(field, phone, { required: true, max: 40 });
  if (problems.length > 0) return problems;
  const digits = phone.replace(/\D/gu, "").length;
  const plausible = /^\+?[\d\s().,/-]+((x|ext\.?|#)\s*\d+)?$/iu.test(phone.trim());
  return plausible && digits >= 7 && digits <= 20 ? [] : [problem(field, "notAPhone")];
}

/**
 * NIST SP 800-63B: length is what counts; no rules about kinds of characters. Twelve until a second factor exists
 * for everybody, with common passwords and one's own name and address refused.
 */
export const PASSWORD_LENGTH = { min: 12, max: 128 } as const;

/**
 * What can be judged anywhere; the server also knows common passwords (`access/commonPasswords`).
 * @param person whose password it is, as far as known
 */
export function checkPassword(
  password: string,
  person: { email?: string; firstName?: string; lastName?: string } = {},
): Problem[] {
  const { min, max } = PASSWORD_LENGTH;
  const length = Array.from(password).length;
  if (password === "") return [problem("password", "required")];
  if (length < min) return [problem("password", "tooShort", { min })];
  if (length > max) return [problem("password", "tooLong", { max })];
  const key = searchKey(password).replace(/\s/gu, "");
  if (new Set(key).size <= 3) return [problem("password", "commonPassword")];
  const own = [
    normalizeEmail(person.email ?? ""),
    searchKey(`${person.firstName ?? ""}${person.lastName ?? ""}`),
  ];
  if (own.some((text) => text.length >= 6 && (key === text || key.startsWith(text))))
    return [problem("password", "containsPersonal")];
  return [];
}
