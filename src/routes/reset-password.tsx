import { createFileRoute } from "@tanstack/react-router";
import { ResetPasswordPage } from "../features/session/ResetPasswordPage";

export const Route = createFileRoute("/reset-password")({
  validateSearch: (search: Record<string, unknown>): { token?: string } =>
    typeof search.token === "string" ? { token: search.token } : {},
  component: function ResetPassword() {
    const { token } = Route.useSearch();
    return <ResetPasswordPage token={token ?? ""} />;
  },
});
