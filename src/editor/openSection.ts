/** Opening a section on this device: the document, and what an earlier window has left that has not arrived. */
import { collab, getVersion, sendableSteps } from "prosemirror-collab";
import { EditorState, type Transaction } from "@tiptap/pm/state";
import { Step } from "@tiptap/pm/transform";
import { type emptyDocument, sectionSchema } from "../../convex/editor/schema";
import { newClientMutationId } from "../lib/uniqueId";
import { isAllowed, type Writer } from "./othersSuggestions";
import { adoptPending, forgetPending, holdName, nameOf, type PendingSteps } from "./pendingSteps";
import { type Host, type SectionServer, SectionSync } from "./sectionSync";

export interface ReadingServer extends SectionServer {
  getSnapshot: (inVersion?: number) => Promise<{ content: string; version: number }>;
}

export interface OpenedSection {
  clientId: string;
  version: number;
  /** As JSON, for whichever schema shows it. */
  content: object;
  /** To be made again upon it. */
  pending: unknown[];
  release: () => void;
}

/** The document as it was in a version, or as it is. */
export async function documentAt(server: ReadingServer, inVersion?: number) {
  const { content, version } = await server.getSnapshot(inVersion);
  return { content: JSON.parse(content) as object, version };
}

/** Sends what closed windows of this person have left in a section, without showing it. */
export async function deliverPending(
  server: ReadingServer,
  { sectionId, ...writer }: Writer & { sectionId: string },
): Promise<void> {
  for (const { pending, release } of await adoptPending(writer.userId, sectionId))
    await deliver(server, pending, writer).finally(release);
}

/**
 * The words that a closed window left are taken up where it stopped, under its name; those of further windows are sent
 * beside it.
 */
export async function openSection(
  server: ReadingServer,
  { sectionId, ...writer }: Writer & { sectionId: string },
): Promise<OpenedSection> {
  const { userId } = writer;
  const [mine, ...others] = await adoptPending(userId, sectionId);
  for (const { pending, release } of others) void deliver(server, pending, writer).finally(release);
  if (mine !== undefined) {
    const { clientId, version, steps } = mine.pending;
    const { content } = await documentAt(server, version);
    return {
      clientId,
      version,
      content,
      pending: steps,
      release: mine.release,
    };
  }
  const clientId = newClientMutationId();
  const release = await holdName(nameOf(userId, sectionId, clientId));
  const { content, version } = await documentAt(server);
  return {
    ...{ clientId, version, content, pending: [] },
    release: release ?? (() => undefined),
  };
}

/** Sends what a closed window left, without showing it. It stays kept until it has arrived. */
async function deliver(
  server: ReadingServer,
  pending: PendingSteps,
  writer: Writer,
): Promise<void> {
  const { content } = await documentAt(server, pending.version);
  const host = headless(sectionSchema.nodeFromJSON(content), pending);
  const arrived = await new Promise<boolean>((resolve) => {
    const sync = new SectionSync(host, server, pending.clientId, {
      settled: () => {
        sync.stop();
        resolve(true);
      },
      failed: () => {
        resolve(false);
        return true;
      },
      allowed: (before, after) => isAllowed(writer, before, after),
    });
    sync.start();
  });
  if (arrived) await forgetPending(pending.name);
}

function headless(doc: ReturnType<typeof emptyDocument>, pending: PendingSteps): Host {
  const plugins = [collab({ version: pending.version, clientID: pending.clientId })];
  let state = EditorState.create({ doc, plugins });
  const host: Host = {
    get state() {
      return state;
    },
    dispatch: (transaction: Transaction) => {
      state = state.apply(transaction);
    },
  };
  host.dispatch(replay(state, pending.steps));
  return host;
}

/** What was typed before, typed again upon the same version. */
export function replay(state: EditorState, steps: readonly unknown[]): Transaction {
  const transaction = state.tr;
  for (const step of steps) transaction.step(Step.fromJSON(state.schema, step));
  return transaction;
}

/** What has not arrived, for keeping. */
export function unsentOf(state: EditorState): { version: number; steps: unknown[] } {
  const sendable = sendableSteps(state);
  return {
    version: sendable?.version ?? getVersion(state),
    steps: sendable?.steps.map((step) => step.toJSON() as unknown) ?? [],
  };
}
