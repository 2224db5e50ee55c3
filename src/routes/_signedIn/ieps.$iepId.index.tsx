import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { IepPage } from "../../features/ieps/IepPage";
import { PlanOutput } from "../../features/output/PlanOutput";
import { LifeCyclePanel } from "../../features/versions/LifeCyclePanel";

export const Route = createFileRoute("/_signedIn/ieps/$iepId/")({
  component: function Iep() {
    const { iepId } = Route.useParams();
    const id = iepId as Id<"ieps">;
    return (
      <IepPage
        iepId={id}
        output={<PlanOutput iepId={id} />}
        lifeCycle={<LifeCyclePanel iepId={id} />}
      />
    );
  },
});
