import { createFileRoute } from "@tanstack/react-router";
import { InvitationPage } from "../features/session/InvitationPage";

export const Route = createFileRoute("/invitation/$token")({
  component: function Invitation() {
    const { token } = Route.useParams();
    return <InvitationPage token={token} />;
  },
});
