import { createRootRoute, Outlet } from "@tanstack/react-router";
import { NotFound } from "../features/session/NotFound";
import { RouteFailed } from "../features/session/RouteFailed";

export const Route = createRootRoute({
  component: Outlet,
  notFoundComponent: () => (
    <main>
      <NotFound />
    </main>
  ),
  errorComponent: RouteFailed,
});
