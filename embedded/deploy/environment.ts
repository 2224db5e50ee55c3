/** Environment variables of the deployment: what may be set. */

export interface EnvironmentChange {
  name: string;
  /** Null removes the variable. */
  value: string | null;
}

/** https://docs.convex.dev/production/environment-variables: at most 100 (raised to 512 since), names of at most 40 characters, values of at most 8 KiB. */
const MAX_VARIABLES = 512;
const MAX_NAME = 256;
const MAX_VALUE = 8 * 1024;

/** Set by the server for every function. */
const BUILT_IN = new Set(["CONVEX_CLOUD_URL", "CONVEX_SITE_URL"]);

/** Null when the changes may be made, else why not. */
export function checkEnvironment(
  current: Record<string, string>,
  changes: EnvironmentChange[],
): { code: string; message: string } | null {
  const next = new Set(Object.keys(current));
  for (const { name, value } of changes) {
    if (BUILT_IN.has(name))
      return {
        code: "EnvVarNameForbidden",
        message: `Environment variable with name "${name}" is built-in and cannot be overridden`,
      };
    if (value === null) {
      next.delete(name);
      continue;
    }
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || name.length > MAX_NAME) {
      return {
        code: "InvalidEnvVarName",
        message: `Environment variable name "${name}" is not valid: it starts with a letter or underscore, has only letters, digits and underscores, and at most ${MAX_NAME} characters.`,
      };
    }
    if (Buffer.byteLength(value) > MAX_VALUE) {
      return {
        code: "EnvVarValueTooLarge",
        message: `The value of environment variable "${name}" is larger than ${MAX_VALUE} bytes.`,
      };
    }
    next.add(name);
  }
  if (next.size > MAX_VARIABLES)
    return {
      code: "TooManyEnvVars",
      message: `A deployment has at most ${MAX_VARIABLES} environment variables.`,
    };
  return null;
}
