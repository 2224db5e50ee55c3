import { convexClient } from "@convex-dev/better-auth/client/plugins";
import { twoFactorClient } from "better-auth/client/plugins";
import { createAuthClient } from "better-auth/react";

/** The web server forwards `/api/auth/`: cookies belong to this origin, and scripts cannot read them. */
export const authClient = createAuthClient({
  baseURL: window.location.origin,
  plugins: [convexClient(), twoFactorClient()],
});
