import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { GlancePage } from "../../features/output/GlancePage";

export const Route = createFileRoute("/_signedIn/students/$studentId/glance")({
  component: function StudentGlance() {
    const { studentId } = Route.useParams();
    return <GlancePage studentId={studentId as Id<"students">} />;
  },
});
