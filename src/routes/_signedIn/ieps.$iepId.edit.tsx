import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { EditIepPage } from "../../features/ieps/EditIepPage";

export const Route = createFileRoute("/_signedIn/ieps/$iepId/edit")({
  component: function EditIep() {
    const { iepId } = Route.useParams();
    return <EditIepPage iepId={iepId as Id<"ieps">} />;
  },
});
