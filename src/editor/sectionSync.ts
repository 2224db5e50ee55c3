/**
 * Keeps a document on this device and the server's in step. What is typed here is in the document at once; its steps are
 * sent when they can be, one call at a time, and if others were faster theirs are taken in first and ours are rebased.
 * Nothing here waits for the network, and nothing is sent twice: a step that the server has under this window's name is
 * ours and counts as arrived (prosemirror-collab).
 */
import { getVersion, receiveTransaction, sendableSteps } from "prosemirror-collab";
import type { Node } from "@tiptap/pm/model";
import type { EditorState, Transaction } from "@tiptap/pm/state";
import { Step } from "@tiptap/pm/transform";
import { sectionSchema } from "../../convex/editor/schema";
import { withoutDeciding } from "./othersSuggestions";

/** Of one call; the server takes no more. */
const MOST_STEPS = 1000;
const MOST_CHARACTERS = 300_000;

export interface StepsSince {
  steps: string[];
  clientIds: (string | number)[];
}
/** The last few, and the version that they follow. */
export interface NewestSteps extends StepsSince {
  after: number;
}
/** The server, as far as one section goes. */
export interface SectionServer {
  getSteps: (version: number) => Promise<StepsSince>;
  submitSteps: (call: {
    version: number;
    clientId: string;
    steps: string[];
  }) => Promise<{ status: "synced" } | ({ status: "needs-rebase" } & StepsSince)>;
  /** Tells the newest steps, now and whenever there are others. @returns stops it */
  watchSteps: (tell: (newest: NewestSteps) => void) => () => void;
}
/** Where the document lives: an editor, or nothing but its state. */
export interface Host {
  readonly state: EditorState;
  dispatch: (transaction: Transaction) => void;
  /** Takes up what the person has just done and the state has not heard of. */
  takeUp?: () => void;
}
export interface SyncEvents {
  /** Steps by others and those of ours that arrived, in the order of the versions that they lead to. */
  received?: (steps: readonly Step[], clientIds: readonly string[], version: number) => void;
  /** Everything that was typed has arrived. */
  settled?: () => void;
  /** @returns true if it is of no use to try again */
  failed?: (error: unknown) => boolean;
  /** Whether this person may make the one document of the other; without it, whatever was typed is sent. */
  allowed?: (before: Node, after: Node) => boolean;
  /** Something that was typed is left out, since by now it would not be allowed. */
  leftOut?: () => void;
}

export class SectionSync {
  #newest: NewestSteps = { after: 0, steps: [], clientIds: [] };
  #busy = false;
  #again = false;
  #stopped = false;
  #failures = 0;
  #unwatch: (() => void) | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: Host,
    private readonly server: SectionServer,
    private readonly clientId: string,
    private readonly events: SyncEvents = {},
  ) {}

  start(): void {
    this.#unwatch = this.server.watchSteps((newest) => {
      if (lastVersion(newest) > lastVersion(this.#newest)) this.#newest = newest;
      void this.sync();
    });
    void this.sync();
  }

  stop(): void {
    this.#stopped = true;
    this.#unwatch?.();
    clearTimeout(this.#retry);
  }

  /** Whether something came while the last round ran. */
  #goesOn(): boolean {
    return this.#again && !this.#stopped;
  }

  /** To be called after the document changed. */
  async sync(): Promise<void> {
    if (this.#busy) {
      this.#again = true;
      return;
    }
    this.#busy = true;
    try {
      do {
        this.#again = false;
        await this.#pull();
        await this.#push();
      } while (this.#goesOn());
      this.#failures = 0;
      if (!this.#stopped && sendableSteps(this.host.state) === null) this.events.settled?.();
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#busy = false;
    }
  }

  #fail(error: unknown): void {
    if (this.#stopped) return;
    if (this.events.failed?.(error) === true) {
      this.stop();
      return;
    }
    this.#failures += 1;
    const pause = Math.min(15_000, 500 * 2 ** this.#failures);
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.sync(), pause);
  }

  async #pull(): Promise<void> {
    for (;;) {
      const version = getVersion(this.host.state);
      const newest = this.#newest;
      if (this.#stopped || lastVersion(newest) <= version) return;
      if (newest.after <= version) {
        this.#receive(newest.after, newest.steps, newest.clientIds);
        return;
      }
      const { steps, clientIds } = await this.server.getSteps(version);
      if (steps.length === 0) return;
      this.#receive(version, steps, clientIds);
    }
  }

  async #push(): Promise<void> {
    for (;;) {
      this.#leaveOut();
      const sendable = this.#stopped ? null : sendableSteps(this.host.state);
      if (sendable === null) return;
      const { version } = sendable;
      const steps = firstOf(sendable.steps.map((step) => JSON.stringify(step.toJSON())));
      const answer = await this.server.submitSteps({ version, clientId: this.clientId, steps });
      if (answer.status === "synced")
        this.#receive(
          version,
          steps,
          steps.map(() => this.clientId),
        );
      else this.#receive(version, answer.steps, answer.clientIds);
    }
  }

  /** What the server would refuse, with all that is sent beside it. */
  #leaveOut(): void {
    const { allowed, leftOut } = this.events;
    if (this.#stopped || allowed === undefined) return;
    const without = withoutDeciding(this.host.state, allowed);
    if (without === null) return;
    this.host.dispatch(without);
    leftOut?.();
  }

  /** Meanwhile some of them may have come already. */
  #receive(version: number, texts: readonly string[], ids: readonly (string | number)[]): void {
    if (this.#stopped) return;
    this.host.takeUp?.();
    const known = getVersion(this.host.state) - version;
    const steps = texts
      .slice(known)
      .map((text) => Step.fromJSON(sectionSchemaOf(this.host), JSON.parse(text)));
    if (steps.length === 0) return;
    const clientIds = ids.slice(known).map(String);
    this.host.dispatch(
      receiveTransaction(this.host.state, steps, clientIds, { mapSelectionBackward: true }),
    );
    this.events.received?.(steps, clientIds, version + known);
  }
}

const lastVersion = ({ after, steps }: NewestSteps): number => after + steps.length;

/** The editor's own schema has the same grammar, but is not the same object. */
const sectionSchemaOf = ({ state }: Host): typeof sectionSchema =>
  state.schema as typeof sectionSchema;

function firstOf(steps: readonly string[]): string[] {
  const first: string[] = [];
  let characters = 0;
  for (const step of steps) {
    characters += step.length;
    if (first.length === MOST_STEPS || (first.length > 0 && characters > MOST_CHARACTERS)) break;
    first.push(step);
  }
  return first;
}
