import { createFileRoute } from "@tanstack/react-router";
import { DecisionsPage } from "../../features/progress/DecisionsPage";

export const Route = createFileRoute("/_signedIn/decisions")({ component: DecisionsPage });
