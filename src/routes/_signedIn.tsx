import { createFileRoute } from "@tanstack/react-router";
import { RouteFailed } from "../features/session/RouteFailed";
import { SignedInLayout } from "../features/session/SignedInLayout";

export const Route = createFileRoute("/_signedIn")({
  component: SignedInLayout,
  errorComponent: RouteFailed,
});
