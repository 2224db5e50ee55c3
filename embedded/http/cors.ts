/** Which web pages may use the API port: all of them, as in Convex; what counts is the token they bring. */
import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Adds the CORS headers to an answer, and answers a preflight request itself.
 * @returns true when the request is answered
 */
export function allowOrigins(request: IncomingMessage, response: ServerResponse): boolean {
  const { origin } = request.headers;
  response.setHeader("vary", "origin");
  if (origin !== undefined) {
    response.setHeader("access-control-allow-origin", origin);
    response.setHeader("access-control-allow-credentials", "true");
    response.setHeader(
      "access-control-expose-headers",
      "content-length, content-range, accept-ranges, etag, digest",
    );
  }
  const wanted = request.headers["access-control-request-method"];
  if (request.method !== "OPTIONS" || wanted === undefined) return false;
  response.setHeader("access-control-allow-methods", wanted);
  const headers = request.headers["access-control-request-headers"];
  if (headers !== undefined) response.setHeader("access-control-allow-headers", headers);
  response.setHeader("access-control-max-age", "86400");
  response.writeHead(204).end();
  return true;
}
