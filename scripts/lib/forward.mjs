// Sign-in belongs to the web app's own origin: its cookies are first-party, and scripts cannot read them. So
// requests below /api/auth/ go to the deployment's HTTP actions, and so do files of records, which come and go below
// /api/documents. deploy/Caddyfile does the same.
import { request as httpRequest } from "node:http";
import { pipeline } from "node:stream";

/** @param {string} path */
export function isForwarded(path) {
  return path.startsWith("/api/auth/") || path === "/api/documents";
}

/** Headers that mean the connection, not the message, and claims of the client about it. */
const DROPPED = [
  "x-forwarded-host",
  "x-forwarded-proto",
  "connection",
  "keep-alive",
  "proxy-authorization",
  "te",
  "trailer",
  "upgrade",
];

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 * @param {string} siteUrl the deployment's HTTP actions
 */
export function forward(request, response, siteUrl) {
  const target = new URL(request.url ?? "/", siteUrl);
  const headers = { ...request.headers };
  for (const name of DROPPED) delete headers[name];
  const upstream = httpRequest(target, {
    method: request.method,
    headers: {
      ...headers,
      host: target.host,
      // No x-forwarded-host: Convex Cloud's edge would route by it, and find nothing. SITE_URL says where the app is.
      // Nobody stands before this server: what the client says about itself does not count.
      "x-forwarded-for": request.socket.remoteAddress ?? "",
    },
  });
  upstream.once("response", (answer) => {
    const answered = { ...answer.headers };
    for (const name of DROPPED) delete answered[name];
    response.writeHead(answer.statusCode ?? 502, answered);
    pipeline(answer, response, () => undefined);
  });
  upstream.once("error", () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502, { "content-type": "text/plain" }).end("The server is not there.");
  });
  pipeline(request, upstream, () => undefined);
  response.once("close", () => upstream.destroy());
}
