/** Finds the HTTP action for a request: the app's own routes first, then those of mounted components. */
import type { ComponentPath } from "../engine/types.ts";
import type { App, RegisteredFunction } from "./app.ts";

export interface HttpRoute {
  component: ComponentPath;
  action: RegisteredFunction;
  /** As declared, for logs: "/profile/*". */
  path: string;
}

/**
 * The route for a path and method (HEAD is served by GET routes); null when there is none.
 * @throws when a module of routes cannot be loaded
 */
export async function findRoute(
  app: App,
  pathname: string,
  method: string,
): Promise<HttpRoute | null> {
  return findIn(app, "", pathname, method);
}

async function findIn(
  app: App,
  component: ComponentPath,
  pathname: string,
  method: string,
): Promise<HttpRoute | null> {
  const router = await app.httpRouter(component);
  const found = router?.lookup(pathname, method) ?? null;
  if (found !== null) return { component, action: found[0], path: found[2] };
  for (const child of app.manifest?.components ?? []) {
    if (child.httpPrefix === undefined || parentOf(child.path) !== component) continue;
    const prefix = child.httpPrefix.replace(/\/+$/, "");
    if (!pathname.startsWith(`${prefix}/`)) continue;
    const route = await findIn(app, child.path, pathname.slice(prefix.length), method);
    if (route !== null) return { ...route, path: `${prefix}${route.path}` };
  }
  return null;
}

/** The app has no parent. */
function parentOf(component: ComponentPath): ComponentPath | null {
  if (component === "") return null;
  const slash = component.lastIndexOf("/");
  return slash === -1 ? "" : component.slice(0, slash);
}
