import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { FILTERS, type Filter } from "../../features/dashboards/filters";
import { GoalListPage } from "../../features/dashboards/GoalListPage";

interface Search {
  filter: Filter;
  school?: string;
}

export const Route = createFileRoute("/_signedIn/dashboard/goals")({
  validateSearch: ({ filter, school }: Record<string, unknown>): Search => ({
    filter: FILTERS.find((known) => known === filter) ?? "offTrack",
    ...(typeof school === "string" ? { school } : {}),
  }),
  component: function Goals() {
    const { filter, school } = Route.useSearch();
    return (
      <GoalListPage
        key={`${filter} ${school ?? ""}`}
        filter={filter}
        schoolId={school as Id<"organizations"> | undefined}
      />
    );
  },
});
