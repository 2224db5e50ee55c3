// Serves the built web app as a production web server would (deploy/Caddyfile): hashed files for ever,
// everything else asked for again, compressed, with the security headers, and every unknown page is the app's. Not
// `vite preview`: that compresses nothing, caches nothing and would load Vite at every start.
import { createServer } from "node:http";
import { forward, isForwarded } from "./forward.mjs";
import { listen, portProblem } from "./ports.mjs";
import { securityHeaders } from "./securityHeaders.mjs";
import { encoded } from "./staticFiles.mjs";

/**
 * @typedef {object} App
 * @property {Map<string, import("./staticFiles.mjs").StaticFile>} files
 * @property {string} convexUrl
 * @property {string} siteUrl
 */

/** Takes the port at once, so that a busy one is known before anything else is done; serves after `open`. */
export class WebServer {
  /** @type {App | null} */
  #app = null;
  /** @type {import("node:http").Server[]} */
  #servers = [];
  #port = 0;

  /**
   * @param {number} port 0 for any
   * @throws {import("./problem.mjs").Problem} when it cannot be had
   */
  async listen(port) {
    try {
      this.#port = await this.#listenOn(port, "127.0.0.1");
      // Browsers take either for "localhost": another program on the other one would be seen instead.
      await this.#listenOn(this.#port, "::1").catch(ignoreMissingAddress);
    } catch (error) {
      await this.close();
      throw portProblem(error, port, "--port");
    }
  }

  get url() {
    return `http://localhost:${this.#port}`;
  }

  /** @param {App} app */
  open(app) {
    this.#app = app;
  }

  async close() {
    const closing = this.#servers.map(
      (server) =>
        new Promise((resolve) => {
          server.close(resolve);
          server.closeAllConnections();
        }),
    );
    this.#servers = [];
    await Promise.all(closing);
  }

  /**
   * @param {number} port
   * @param {string} host
   */
  async #listenOn(port, host) {
    const server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
    const taken = await listen(server, port, host);
    this.#servers.push(server);
    return taken;
  }

  /**
   * @param {import("node:http").IncomingMessage} request
   * @param {import("node:http").ServerResponse} response
   */
  async #answer(request, response) {
    if (this.#app === null) {
      response.writeHead(503, { "content-type": "text/plain", "retry-after": "1" });
      response.end("Trellis is starting.");
      return;
    }
    const { files, convexUrl, siteUrl } = this.#app;
    const path = pathOf(request.url ?? "/");
    if (path !== null && isForwarded(path)) return forward(request, response, siteUrl);
    for (const [name, value] of Object.entries(securityHeaders(convexUrl)))
      response.setHeader(name, value);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { allow: "GET, HEAD" }).end();
      return;
    }
    if (path === "/config.json") return sendConfig(response, convexUrl);
    const file = path === null ? undefined : (files.get(path) ?? pageFor(files, path));
    if (file === undefined) {
      response.writeHead(404, { "content-type": "text/plain" }).end("There is no such file.");
      return;
    }
    await sendFile(request, response, file);
  }
}

/** @param {NodeJS.ErrnoException} error */
function ignoreMissingAddress(error) {
  if (error.code !== "EADDRNOTAVAIL" && error.code !== "EAFNOSUPPORT") throw error;
}

/**
 * @param {string} url
 * @returns {string | null} the decoded path, or null when it is none
 */
function pathOf(url) {
  try {
    return decodeURIComponent(new URL(url, "http://localhost").pathname);
  } catch {
    return null;
  }
}

/**
 * Every address without a file's ending is a page of the app, which finds out itself which one.
 * @param {App["files"]} files
 * @param {string} path
 */
function pageFor(files, path) {
  const last = path.slice(path.lastIndexOf("/") + 1);
  return last.includes(".") || path.startsWith("/api/") ? undefined : files.get("/index.html");
}

/**
 * The one thing that a build does not know: where its deployment is.
 * @param {import("node:http").ServerResponse} response
 * @param {string} convexUrl
 */
function sendConfig(response, convexUrl) {
  response.writeHead(200, { "content-type": "application/json", "cache-control": "no-cache" });
  response.end(JSON.stringify({ convexUrl }));
}

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 * @param {import("./staticFiles.mjs").StaticFile} file
 */
async function sendFile(request, response, file) {
  response.setHeader(
    "cache-control",
    file.immutable ? "public, max-age=31536000, immutable" : "no-cache",
  );
  response.setHeader("etag", file.etag);
  response.setHeader("vary", "accept-encoding");
  if (request.headers["if-none-match"] === file.etag) {
    response.writeHead(304).end();
    return;
  }
  const { body, encoding } = await encoded(file, String(request.headers["accept-encoding"] ?? ""));
  if (encoding !== null) response.setHeader("content-encoding", encoding);
  response.writeHead(200, { "content-type": file.type, "content-length": body.length });
  response.end(request.method === "HEAD" ? undefined : body);
}
