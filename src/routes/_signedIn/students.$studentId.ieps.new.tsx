import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { NewIepPage } from "../../features/ieps/NewIepPage";

export const Route = createFileRoute("/_signedIn/students/$studentId/ieps/new")({
  component: function NewIep() {
    const { studentId } = Route.useParams();
    return <NewIepPage studentId={studentId as Id<"students">} />;
  },
});
