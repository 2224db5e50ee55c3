import { createFileRoute } from "@tanstack/react-router";
import { SessionPage } from "../../features/progress/SessionPage";

export const Route = createFileRoute("/_signedIn/session")({ component: SessionPage });
