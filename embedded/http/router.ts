/** A small router over node:http: exact and parameterised paths, bodies with a limit, errors as `{code, message}`. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";

/** An answer other than success, as the official clients understand it. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export interface RouteRequest {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  params: Record<string, string>;
}

export type RouteHandler = (route: RouteRequest) => Promise<void> | void;

interface Route {
  method: string;
  segments: string[];
  handler: RouteHandler;
}

/** Hook that may add headers to every answer, and answers preflight requests itself (returning true). */
export type CorsPolicy = (request: IncomingMessage, response: ServerResponse) => boolean;

export class Router {
  readonly #routes: Route[] = [];

  constructor(
    private readonly cors: CorsPolicy | null = null,
    private readonly report: (error: unknown) => void = (error) => {
      console.error(error);
    },
  ) {}

  /** `:name` in the pattern matches one segment, `*` at its end the rest. */
  get(pattern: string, handler: RouteHandler): void {
    this.#add("GET", pattern, handler);
  }

  head(pattern: string, handler: RouteHandler): void {
    this.#add("HEAD", pattern, handler);
  }

  post(pattern: string, handler: RouteHandler): void {
    this.#add("POST", pattern, handler);
  }

  /** Answers the request, with 404 when no route fits. Never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (this.cors?.(request, response) === true) return;
      const url = new URL(request.url ?? "/", "http://server");
      const segments = url.pathname.split("/");
      const fitting = this.#routes.flatMap((route) => {
        const params = match(route.segments, segments);
        return params === null ? [] : [{ route, params }];
      });
      const found = fitting.find(({ route }) => route.method === request.method);
      if (found === undefined) {
        if (fitting.length > 0)
          throw new HttpError(
            405,
            "MethodNotAllowed",
            `${request.method ?? ""} is not allowed here.`,
          );
        throw new HttpError(404, "NotFound", `There is nothing at ${url.pathname}.`);
      }
      await found.route.handler({ request, response, url, params: found.params });
    } catch (error) {
      this.#refuse(request, response, error);
    }
  }

  #add(method: string, pattern: string, handler: RouteHandler): void {
    this.#routes.push({ method, segments: pattern.split("/"), handler });
  }

  #refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (hasBody(request) && !request.readableEnded) {
      // What is left of a refused body is not waited for: the connection ends with the answer.
      response.setHeader("connection", "close");
      response.once("finish", () => request.destroy());
    }
    if (error instanceof HttpError) {
      sendJson(response, error.status, { code: error.code, message: error.message });
      return;
    }
    this.report(error);
    sendJson(response, 500, {
      code: "InternalServerError",
      message: "The server could not answer this request.",
    });
  }
}

function match(pattern: string[], segments: string[]): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (const [i, part] of pattern.entries()) {
    const segment = segments[i];
    if (part === "*") return { ...params, rest: segments.slice(i).join("/") };
    if (segment === undefined) return null;
    if (part.startsWith(":")) {
      try {
        params[part.slice(1)] = decodeURIComponent(segment);
      } catch {
        return null;
      }
    } else if (part !== segment) return null;
  }
  return pattern.length === segments.length ? params : null;
}

function hasBody(request: IncomingMessage): boolean {
  const { "content-length": length, "transfer-encoding": coding } = request.headers;
  return coding !== undefined || (length !== undefined && length !== "0");
}

function decoded(request: IncomingMessage): Readable {
  const encoding = request.headers["content-encoding"];
  switch (encoding) {
    case undefined:
    case "identity":
      return request;
    case "br":
      return request.pipe(createBrotliDecompress());
    case "gzip":
      return request.pipe(createGunzip());
    case "deflate":
      return request.pipe(createInflate());
    default:
      throw new HttpError(
        415,
        "UnsupportedContentEncoding",
        `The content encoding ${encoding} is not supported.`,
      );
  }
}

/**
 * The whole body, decompressed.
 * @throws HttpError 413 when it is larger than `limit` bytes, 400 when it cannot be decompressed
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Left open when it is too large: whoever destroys it destroys the connection, and the answer with it.
    const body = decoded(request).iterator({ destroyOnReturn: false });
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit)
        throw new HttpError(413, "PayloadTooLarge", `The request is larger than ${limit} bytes.`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof HttpError) throw error;
    throw new HttpError(400, "BadBody", "The request's body could not be read.");
  }
  return Buffer.concat(chunks);
}

/** @throws HttpError 400 when the body is not a JSON object */
export async function readJsonObject(
  request: IncomingMessage,
  limit: number,
): Promise<Record<string, unknown>> {
  const body = await readBody(request, limit);
  let value: unknown;
  try {
    value = body.length === 0 ? {} : JSON.parse(body.toString("utf8"));
  } catch {
    throw new HttpError(400, "BadJson", "The request's body is not JSON.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new HttpError(400, "BadJson", "The request's body is not a JSON object.");
  }
  return value as Record<string, unknown>;
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}
