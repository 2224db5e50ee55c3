import { createFileRoute } from "@tanstack/react-router";
import { lazy } from "react";
import { RouteFailed } from "../features/session/RouteFailed";
import { SignedInLayout } from "../features/session/SignedInLayout";

const WaitingEntries = lazy(() => import("../features/progress/WaitingEntries"));
const OfflineDay = lazy(() => import("../features/progress/OfflineDay"));

export const Route = createFileRoute("/_signedIn")({
  component: () => <SignedInLayout notices={<WaitingEntries />} offline={<OfflineDay />} />,
  errorComponent: RouteFailed,
});
