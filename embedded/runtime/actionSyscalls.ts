/** What actions and HTTP actions ask of the server. Each call stands for itself: an action is no transaction. */
import type { Caller, FunctionCall, Json, Outcome } from "../engine/types.ts";
import { readFile } from "node:fs/promises";
import { writeContent } from "../storage/contents.ts";
import { filePath, fileUrl, uploadUrl } from "../storage/fileKey.ts";
import type { NewFile } from "../storage/operations.ts";
import { locateFile, readFileRecord, textOf, type FileRecord } from "../storage/records.ts";
import { metadataOf } from "../storage/syscalls.ts";
import type { ActionLoop } from "./actions.ts";
import type { App, FoundFunction } from "./app.ts";
import { errorForCaller } from "./failure.ts";
import type { Frame } from "./frame.ts";
import { requireKind } from "./invoke.ts";
import type { WorkerSettings } from "./messages.ts";

type Arguments = Record<string, Json>;

export interface ActionSyscallDeps {
  app: App;
  loop: ActionLoop;
  settings: WorkerSettings;
}

export class ActionSyscalls {
  constructor(private readonly deps: ActionSyscallDeps) {}

  async asyncSyscall(frame: Frame, name: string, argument: Arguments): Promise<string> {
    switch (name) {
      case "1.0/actions/query":
      case "1.0/actions/mutation":
      case "1.0/actions/action":
        return this.#call(frame, name, argument);
      case "1.0/actions/schedule":
        return this.#schedule(frame, argument);
      case "1.0/actions/cancel_job":
        await this.deps.loop.operate("actions.cancel", {
          component: frame.component,
          id: textOf(argument.id),
        });
        return "{}";
      case "1.0/actions/vectorSearch":
        throw new Error("Vector search is not supported by this server.");
      case "1.0/createServiceToken":
      case "1.0/getServiceUrl":
        throw new Error(
          `There is no service "${textOf(argument.service)}" here: managed services are part of the cloud.`,
        );
      default:
        return this.#storage(frame, name, argument);
    }
  }

  jsSyscall(frame: Frame, name: string, argument: Record<string, unknown>): unknown {
    switch (name) {
      case "storage/storeBlob":
        return this.#storeBlob(frame, argument);
      case "storage/getBlob":
        return this.#getBlob(frame, argument);
      default:
        throw new Error(`Unknown operation ${name}`);
    }
  }

  async #call(frame: Frame, name: string, argument: Arguments): Promise<string> {
    const found = this.#resolve(frame, argument);
    const call: FunctionCall = {
      component: found.component,
      path: found.path,
      args: JSON.stringify(argument.args ?? {}),
      caller: callerFor(frame, found),
      reach: "any",
      request: frame.request,
    };
    const outcome = await this.#run(frame, name, found, call);
    frame.logLines.push(...outcome.logLines);
    if (!outcome.ok) throw errorForCaller(outcome);
    return outcome.value;
  }

  #run(frame: Frame, name: string, found: FoundFunction, call: FunctionCall): Promise<Outcome> {
    const { loop } = this.deps;
    switch (name) {
      case "1.0/actions/query":
        requireKind(found, "query");
        return loop.query(call);
      case "1.0/actions/mutation":
        requireKind(found, "mutation");
        return loop.mutate(call);
      default:
        requireKind(found, "action");
        return loop.act(call, frame);
    }
  }

  async #schedule(frame: Frame, argument: Arguments): Promise<string> {
    const found = this.#resolve(frame, argument);
    if (found.entry.udfType !== "Mutation" && found.entry.udfType !== "Action") {
      throw new Error(
        `${found.path} is a ${found.entry.udfType}; only mutations and actions can be scheduled.`,
      );
    }
    const job = {
      component: found.component,
      path: found.path,
      args: JSON.stringify(argument.args ?? {}),
      dueMs: Number(argument.ts) * 1000,
      owner: frame.component,
      parentJob: frame.scheduledId,
    };
    return JSON.stringify(await this.deps.loop.operate("actions.schedule", job));
  }

  async #storage(frame: Frame, name: string, argument: Arguments): Promise<string> {
    const { loop, settings } = this.deps;
    const { component } = frame;
    switch (name) {
      case "1.0/storageGetUrl": {
        const key = this.#lookUp(frame, "getUrl", argument.storageId)?.key ?? null;
        return JSON.stringify(key === null ? null : fileUrl(settings.cloudUrl, key));
      }
      case "1.0/storageGetMetadata": {
        const record = this.#lookUp(frame, "getMetadata", argument.storageId);
        return JSON.stringify(metadataOf(argument, record));
      }
      case "1.0/storageGenerateUploadUrl": {
        const token = await loop.operate("storage.issueUpload", { component });
        return JSON.stringify(uploadUrl(settings.cloudUrl, String(token)));
      }
      case "1.0/storageDelete": {
        const storageId = textOf(argument.storageId);
        await loop.operate("storage.delete", {
          component,
          storageId,
          folder: settings.filesFolder,
        });
        return "{}";
      }
      default:
        throw new Error(`Unknown async operation ${name}`);
    }
  }

  async #storeBlob(frame: Frame, argument: Record<string, unknown>): Promise<string> {
    const { loop, settings } = this.deps;
    const { blob } = argument;
    if (!(blob instanceof Blob)) {
      throw new Error(
        "store() expects a Blob. If you are trying to store a Request, `await request.blob()` will give you the correct input.",
      );
    }
    const options = argument.options as { sha256?: string } | undefined;
    const stored = await writeContent(settings.filesFolder, blob.stream(), {
      sha256: options?.sha256 ?? null,
    });
    // When this fails, the content stays behind without a document; the next start sweeps it away.
    const id = await loop.operate("storage.insert", {
      ...stored,
      component: frame.component,
      contentType: blob.type === "" ? null : blob.type,
    } satisfies NewFile);
    return String(id);
  }

  async #getBlob(frame: Frame, argument: Record<string, unknown>): Promise<Blob | null> {
    const record = this.#lookUp(frame, "get", argument.storageId as Json);
    if (record === null || record.key === null) return null;
    const bytes = await readFile(filePath(this.deps.settings.filesFolder, record.key));
    return new Blob([bytes], { type: record.contentType ?? "" });
  }

  #lookUp(frame: Frame, operation: string, id: Json | undefined): FileRecord | null {
    return this.deps.loop.snapshots.readNow((reading) =>
      readFileRecord(reading, locateFile(reading, frame.component, operation, id)),
    );
  }

  #resolve(frame: Frame, argument: Arguments): FoundFunction {
    return this.deps.app.resolve(frame.component, argument);
  }
}

/** Who calls: the same user within a component, nobody across the border of one, as in Convex. */
function callerFor(frame: Frame, found: FoundFunction): Caller {
  return found.component === frame.component ? frame.caller : { kind: "anonymous" };
}
