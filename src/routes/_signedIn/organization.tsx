import { createFileRoute } from "@tanstack/react-router";
import { OrganizationPage } from "../../features/organization/OrganizationPage";

export const Route = createFileRoute("/_signedIn/organization")({ component: OrganizationPage });
