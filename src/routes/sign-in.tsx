import { createFileRoute } from "@tanstack/react-router";
import { SignInPage, type SignInProblem } from "../features/session/SignInPage";

/** A link must not lead elsewhere after signing in; browsers read "//", "/\\" and "/⇥/" as another host. */
function isOwnPath(to: string): boolean {
  const base = "https://own.invalid";
  return to.startsWith("/") && URL.canParse(to, base) && new URL(to, base).origin === base;
}

interface Search {
  to?: string | undefined;
  problem?: SignInProblem | undefined;
}

export const Route = createFileRoute("/sign-in")({
  validateSearch: (search: Record<string, unknown>): Search => {
    const { to, problem } = search;
    // Without the keys the router would keep what the address says.
    return {
      to: typeof to === "string" && isOwnPath(to) ? to : undefined,
      problem: problem === "refused" || problem === "failed" ? problem : undefined,
    };
  },
  component: function SignIn() {
    const { to, problem } = Route.useSearch();
    return <SignInPage to={to ?? "/"} problem={problem} />;
  },
});
