import { createFileRoute } from "@tanstack/react-router";
import { Home } from "../../features/session/Home";

export const Route = createFileRoute("/_signedIn/")({ component: Home });
