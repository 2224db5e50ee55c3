import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { CarriedPage } from "../../features/ieps/carry/CarriedPage";

export const Route = createFileRoute("/_signedIn/ieps/$iepId/carried")({
  component: function Carried() {
    const { iepId } = Route.useParams();
    return <CarriedPage iepId={iepId as Id<"ieps">} />;
  },
});
