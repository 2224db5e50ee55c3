import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { IepPage } from "../../features/ieps/IepPage";

export const Route = createFileRoute("/_signedIn/ieps/$iepId/")({
  component: function Iep() {
    const { iepId } = Route.useParams();
    return <IepPage iepId={iepId as Id<"ieps">} />;
  },
});
