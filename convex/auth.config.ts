import { getAuthConfigProvider } from "@convex-dev/better-auth/auth-config";
import type { AuthConfig } from "convex/server";

/** Tokens are signed by better-auth, which runs in this deployment (`access/authentication.ts`). */
export default { providers: [getAuthConfigProvider()] } satisfies AuthConfig;
