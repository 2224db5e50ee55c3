import { createFileRoute } from "@tanstack/react-router";
import { FamilyPage } from "../../features/progress/FamilyPage";

export const Route = createFileRoute("/_signedIn/family")({ component: FamilyPage });
