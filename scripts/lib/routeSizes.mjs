// What a browser loads before it can show a route: from Vite's manifest.

/**
 * @typedef {Record<string, { file: string, isEntry?: boolean, imports?: string[] }>} Manifest
 */

const ROUTE = /^src\/routes\/(.+)\.tsx\?tsr-split=component$/;

/**
 * @param {Manifest} manifest
 * @param {(file: string) => number} sizeOf
 * @returns {{ route: string, bytes: number }[]} largest first
 */
export function routeSizes(manifest, sizeOf) {
  const routes = Object.keys(manifest).flatMap((key) => ROUTE.exec(key)?.[1] ?? []);
  const entries = Object.keys(manifest).filter((key) => manifest[key]?.isEntry);
  return routes
    .filter((route) => !isLayout(route, routes))
    .map((route) => {
      const chain = routes.filter((other) => other === route || isAbove(other, route));
      const keys = chain.map((name) => `src/routes/${name}.tsx?tsr-split=component`);
      const files = new Set([...entries, ...keys].flatMap((key) => filesOf(manifest, key)));
      return { route, bytes: [...files].reduce((sum, file) => sum + sizeOf(file), 0) };
    })
    .sort((a, b) => b.bytes - a.bytes || a.route.localeCompare(b.route));
}

/**
 * Segments of a route file's name: dots and slashes both nest.
 * @param {string} route
 */
const segments = (route) => route.split(/[/.]/);

/**
 * @param {string} upper
 * @param {string} lower
 */
function isAbove(upper, lower) {
  if (upper === "__root") return lower !== "__root";
  const [above, below] = [segments(upper), segments(lower)];
  return above.length < below.length && above.every((segment, i) => segment === below[i]);
}

/**
 * A frame around other routes: nobody opens it by itself.
 * @param {string} route
 * @param {string[]} routes
 */
function isLayout(route, routes) {
  return routes.some((other) => isAbove(route, other));
}

/**
 * @param {Manifest} manifest
 * @param {string} key
 * @param {Set<string>} seen
 * @returns {string[]} scripts of the chunk and of everything that it imports at once
 */
function filesOf(manifest, key, seen = new Set()) {
  const chunk = manifest[key];
  if (chunk === undefined || seen.has(key)) return [];
  seen.add(key);
  return [chunk.file, ...(chunk.imports ?? []).flatMap((inner) => filesOf(manifest, inner, seen))];
}
