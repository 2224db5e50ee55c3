import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { SheetPage } from "../../features/progress/SheetPage";

export const Route = createFileRoute("/_signedIn/goals/$goalId/sheet")({
  component: function Sheet() {
    const { goalId } = Route.useParams();
    return <SheetPage goalId={goalId as Id<"goals">} />;
  },
});
