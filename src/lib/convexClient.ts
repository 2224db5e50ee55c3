import { ConvexReactClient } from "convex/react";

/**
 * The client of the deployment that the web server names in `/config.json`: one build serves any deployment.
 * @throws Error when the web server does not answer
 */
export async function connect(): Promise<ConvexReactClient> {
  const response = await fetch("/config.json");
  if (!response.ok) throw new Error(`config.json: ${String(response.status)}`);
  const { convexUrl } = (await response.json()) as { convexUrl: string };
  return new ConvexReactClient(convexUrl, { unsavedChangesWarning: true });
}
