import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { EditStudentPage } from "../../features/students/EditStudentPage";

export const Route = createFileRoute("/_signedIn/students/$studentId/edit")({
  component: function EditStudent() {
    const { studentId } = Route.useParams();
    return <EditStudentPage studentId={studentId as Id<"students">} />;
  },
});
