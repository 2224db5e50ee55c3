import { createFileRoute } from "@tanstack/react-router";
import { TodayPage } from "../../features/progress/TodayPage";

export const Route = createFileRoute("/_signedIn/today")({ component: TodayPage });
