import { Navigate } from "@tanstack/react-router";
import { useNavigationItems } from "./navigationItems";

/** The first place that the person's abilities open. */
export function Home() {
  const [first] = useNavigationItems();
  return <Navigate to={first?.to ?? "/account"} replace />;
}
