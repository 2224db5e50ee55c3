/** Single sign-on by OpenID Connect: what an organization enters about its provider. */
import { checkText, LIMITS, type Problem, problem } from "../validation/problem";

export interface IdentityProviderValues {
  issuer: string;
  clientId: string;
  emailDomains: string[];
  enabled: boolean;
  required: boolean;
}

const MOST_DOMAINS = 20;
const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])$/u;
/** Anybody has an address there: no organization speaks for them. */
const PUBLIC_DOMAINS: ReadonlySet<string> = new Set([
  ...["gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com"],
  ...["yahoo.com", "icloud.com", "me.com", "mac.com", "aol.com", "proton.me", "protonmail.com"],
  ...["gmx.com", "gmx.net", "mail.com", "zoho.com", "yandex.com", "fastmail.com", "comcast.net"],
]);

/** Of an e-mail address, lower case; empty if it has none. */
export const emailDomain = (email: string): string =>
  email
    .slice(email.lastIndexOf("@") + 1)
    .trim()
    .toLowerCase();

export const isEmailDomain = (domain: string): boolean => DOMAIN.test(domain);

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/u;
const ADDRESS = /^(\[.*\]|[\d.]+)$/u;
/** Names that mean something on this machine or in its own network alone (RFC 6761, RFC 6762, ICANN's `internal`). */
const PRIVATE = /(^|\.)(localhost|local|internal)$/u;

/** Whether the system itself is one for this machine only, as `npm start` makes it. */
export const isLoopback = (address: string): boolean =>
  URL.canParse(address) && LOOPBACK.test(new URL(address).hostname);

/**
 * Whether the server may speak to this address: encrypted, and by a name that is public, so that nobody reaches what
 * stands beside the server. On a machine of one's own, the machine itself as well.
 */
export function isProviderAddress(address: string, allowLoopback: boolean): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  // A name means the same with the dot of the root behind it.
  const host = hostname.replace(/\.+$/u, "");
  if (username !== "" || password !== "") return false;
  if (LOOPBACK.test(host)) return allowLoopback && /^https?:$/u.test(protocol);
  if (PRIVATE.test(host)) return false;
  return protocol === "https:" && host.includes(".") && !ADDRESS.test(host);
}

export function checkIdentityProvider(
  { issuer, clientId, emailDomains, enabled, required }: IdentityProviderValues,
  allowLoopback: boolean,
): Problem[] {
  return [
    ...checkText("issuer", issuer, { required: true, max: LIMITS.title }),
    ...(issuer === "" || isProviderAddress(issuer, allowLoopback)
      ? []
      : [problem("issuer", "notAnAddress")]),
    ...checkText("clientId", clientId, { required: true, max: LIMITS.title }),
    ...checkDomains(emailDomains),
    ...(required && !enabled ? [problem("required", "needsEnabled")] : []),
  ];
}

function checkDomains(domains: readonly string[]): Problem[] {
  if (domains.length === 0) return [problem("emailDomains", "empty")];
  if (domains.length > MOST_DOMAINS)
    return [problem("emailDomains", "tooMany", { max: MOST_DOMAINS })];
  if (new Set(domains).size < domains.length) return [problem("emailDomains", "duplicate")];
  if (!domains.every(isEmailDomain)) return [problem("emailDomains", "notADomain")];
  return domains.some((domain) => PUBLIC_DOMAINS.has(domain))
    ? [problem("emailDomains", "publicDomain")]
    : [];
}
