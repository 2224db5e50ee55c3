import { createFileRoute } from "@tanstack/react-router";
import { PeoplePage } from "../../features/organization/PeoplePage";

export const Route = createFileRoute("/_signedIn/people")({ component: PeoplePage });
