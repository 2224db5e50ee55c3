import { createFileRoute } from "@tanstack/react-router";
import { OpenRequestsPage } from "../../features/rights/OpenRequestsPage";

export const Route = createFileRoute("/_signedIn/requests")({ component: OpenRequestsPage });
