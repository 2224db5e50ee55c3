import { createFileRoute } from "@tanstack/react-router";
import { PositionsPage } from "../../features/rights/PositionsPage";

export const Route = createFileRoute("/_signedIn/positions")({ component: PositionsPage });
