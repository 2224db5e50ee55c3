import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { AccessPage } from "../../features/audit/AccessPage";

export const Route = createFileRoute("/_signedIn/students/$studentId/access")({
  component: function Access() {
    const { studentId } = Route.useParams();
    return <AccessPage studentId={studentId as Id<"students">} />;
  },
});
