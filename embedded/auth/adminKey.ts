/** The admin key of a deployment: `<instance name>|<secret>`, as the official CLI passes it around. */
import { createHash, timingSafeEqual } from "node:crypto";

/**
 * Whether `candidate` is the admin key. Takes the same time wherever it differs, whatever its length.
 * A deployment without a secret has no admin.
 */
export function isAdminKey(candidate: string, instanceName: string, secretKey: string): boolean {
  if (secretKey === "") return false;
  return timingSafeEqual(digest(candidate), digest(`${instanceName}|${secretKey}`));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
