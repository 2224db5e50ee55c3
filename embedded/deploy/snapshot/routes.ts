/** The endpoints of `convex export` and `convex import`. Admin key required. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import {
  HttpError,
  readJsonObject,
  sendJson,
  type RouteHandler,
  type Router,
} from "../../http/router.ts";
import type { Exports } from "./exports.ts";
import type { ImportRequest, Imports } from "./imports.ts";
import { nameOf } from "./layout.ts";

export interface SnapshotRoutesDeps {
  /** @throws HttpError when the request has no valid admin key */
  requireAdmin(request: Parameters<RouteHandler>[0]["request"]): void;
  exports: Exports;
  imports: Imports;
}

const MAX_JSON = 4 * 1024 * 1024;

export function registerSnapshotRoutes(router: Router, deps: SnapshotRoutesDeps): void {
  const { exports, imports } = deps;
  const guarded =
    (handler: RouteHandler): RouteHandler =>
    (route) => {
      deps.requireAdmin(route.request);
      return handler(route);
    };
  const post = (path: string, handler: RouteHandler) => {
    router.post(path, guarded(handler));
  };

  post("/api/export/request/zip", async ({ url, response }) => {
    await exports.request(url.searchParams.get("includeStorage") === "true");
    sendJson(response, 200, {});
  });
  router.get(
    "/api/export/zip/:ts",
    guarded(async ({ params, response }) => {
      const ts = params.ts ?? "";
      const file = exports.fileOf(ts);
      const found = file === null ? null : await stat(file).catch(() => null);
      if (file === null || found === null)
        throw new HttpError(404, "ExportNotFound", "There is no such export (any more).");
      response.writeHead(200, {
        "content-type": "application/zip",
        "content-length": found.size,
        "content-disposition": `attachment; filename=${nameOf(ts)}`,
      });
      await pipeline(createReadStream(file), response);
    }),
  );
  post("/api/import/start_upload", async ({ response }) => {
    sendJson(response, 200, { uploadToken: await imports.startUpload() });
  });
  post("/api/import/upload_part", async ({ url, request, response }) => {
    const { searchParams } = url;
    const token = searchParams.get("uploadToken") ?? "";
    const part = searchParams.get("partNumber") ?? "";
    sendJson(response, 200, await imports.uploadPart(token, part, request));
  });
  post("/api/import/finish_upload", async ({ request, response }) => {
    const body = await readJsonObject(request, MAX_JSON);
    if (typeof body.uploadToken !== "string" || !Array.isArray(body.partTokens))
      throw new HttpError(400, "BadJson", "`uploadToken` and `partTokens` are needed.");
    const wanted = importRequest(body.import);
    const importId = await imports.finishUpload(body.uploadToken, body.partTokens, wanted);
    sendJson(response, 200, { importId });
  });
  post("/api/perform_import", async ({ request, response }) => {
    const { importId } = await readJsonObject(request, MAX_JSON);
    await imports.perform(typeof importId === "string" ? importId : "");
    sendJson(response, 200, {});
  });
}

const MODES = ["requireEmpty", "append", "replace", "replaceAll"] as const;
const FORMATS = ["csv", "jsonLines", "jsonArray", "zip"] as const;

function importRequest(value: unknown): ImportRequest {
  const fields = (typeof value === "object" && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  const mode = MODES.find((known) => known === fields.mode);
  const format = FORMATS.find((known) => known === fields.format);
  if (mode === undefined || format === undefined)
    throw new HttpError(400, "BadImport", "The import's mode or format is not known.");
  return {
    mode,
    format,
    component: typeof fields.componentPath === "string" ? fields.componentPath : "",
    table: typeof fields.tableName === "string" ? fields.tableName : null,
  };
}
