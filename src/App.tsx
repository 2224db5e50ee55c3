import { type AuthClient, ConvexBetterAuthProvider } from "@convex-dev/better-auth/react";
import { MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { createRouter, RouterProvider } from "@tanstack/react-router";
import type { ConvexReactClient } from "convex/react";
import { useTranslation } from "react-i18next";
import { NotFound } from "./features/session/NotFound";
import { RouteFailed } from "./features/session/RouteFailed";
import { authClient } from "./lib/authClient";
import { routeTree } from "./routeTree.gen";
import { cssVariables, theme } from "./ui/theme";

const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  scrollRestoration: true,
  defaultPendingMs: 300,
  // Within the page's frame: what failed is one page, not the way to the others.
  defaultErrorComponent: RouteFailed,
  defaultNotFoundComponent: NotFound,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

export function App({ client }: { client: ConvexReactClient }) {
  const { t } = useTranslation("common");
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      {/* The types of the two packages drifted apart (get-convex/better-auth #393); at run time they fit. */}
      <ConvexBetterAuthProvider client={client} authClient={authClient as unknown as AuthClient}>
        <ModalsProvider modalProps={{ closeButtonProps: { "aria-label": t("close") } }}>
          <Notifications position="bottom-center" aria-label={t("messages")} role="region" />
          <RouterProvider router={router} />
        </ModalsProvider>
      </ConvexBetterAuthProvider>
    </MantineProvider>
  );
}
