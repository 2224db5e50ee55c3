import { createFileRoute } from "@tanstack/react-router";
import type { Id } from "../../../convex/_generated/dataModel";
import { WritingPage } from "../../features/ieps/writing/WritingPage";

export const Route = createFileRoute("/_signedIn/ieps/$iepId/write")({
  validateSearch: ({ section }: Record<string, unknown>): { section?: string } =>
    typeof section === "string" ? { section } : {},
  component: function Write() {
    const { iepId } = Route.useParams();
    const { section } = Route.useSearch();
    const navigate = Route.useNavigate();
    return (
      <WritingPage
        iepId={iepId as Id<"ieps">}
        section={section}
        onChoose={(key) => {
          void navigate({ search: { section: key }, replace: true });
        }}
      />
    );
  },
});
