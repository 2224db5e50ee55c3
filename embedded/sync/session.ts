/**
 * One web socket: what its client asked for, what it has been told, and who it is. The client's
 * picture moves in Transitions from one version (query set, identity, timestamp) to the next, each of
 * them whole: every query's result as of that timestamp, for that identity.
 *
 * A successful mutation's answer waits until a Transition that shows its effect can follow it in the
 * same write; the client would not let the answer count earlier anyway.
 */
import { randomUUID } from "node:crypto";
import { canonicalPath } from "../engine/functionPath.ts";
import { missingFunction, type ServerMode } from "../engine/failures.ts";
import type { Caller, Engine, FunctionCall, MutationOutcome, Outcome } from "../engine/types.ts";
import type { Follower, LiveSubscription, Moment, Publisher, Standing } from "../live/publisher.ts";
import type { Render } from "../live/registry.ts";
import * as frames from "./frames.ts";
import { anonymous, Identity, prove, type Authenticator, type Proof } from "./identity.ts";
import {
  MalformedMessage,
  parseClientMessage,
  type AddQuery,
  type Authenticate,
  type CallRequest,
  type Connect,
  type ModifyQuerySet,
} from "./messages.ts";

/** The session's end of the socket. */
export interface Connection {
  /** Sends text frames in one write. */
  send(texts: readonly string[]): void;
  /** Closes after what has been sent. `reason` is at most 123 bytes. */
  close(code: number, reason: string): void;
}

export interface SessionLimits {
  /** Queries on one socket. */
  queries: number;
  /** Unanswered requests and unread messages on one socket. */
  pending: number;
}

/** What all sessions of a server share. */
export interface SessionContext {
  engine: Pick<Engine, "mutate" | "act">;
  publisher: Publisher;
  render: Render;
  authenticator: Authenticator;
  mode: ServerMode;
  /** Milliseconds since the epoch. */
  now: () => number;
  limits: SessionLimits;
  /** Hears of errors that are the server's own fault. */
  report: (error: unknown) => void;
}

interface Query {
  add: AddQuery;
  /** Null for a query that this caller may not even ask. */
  live: LiveSubscription | null;
  /** The answer to such a query. */
  refusal: string | null;
  /** What the client holds. */
  sent: string | null;
}

/** WebSocket close codes: policy violation, internal error, try again later. */
const closeCode = { violation: 1008, internal: 1011, overload: 1013 } as const;

/** The state machine of one socket. Give it every text frame in order, and tell it when the socket has closed. */
export class Session implements Follower {
  #open = true;
  #sessionId: string | null = null;
  #sent: frames.StateVersion = { querySet: 0, identity: 0, ts: 0n };
  #wanted = { querySet: 0, identity: 0 };
  /** The snapshot of the last Transition; `#sent.ts` may be newer, see `#floor`. */
  #snapshot = 0n;
  /**
   * What the client has observed earlier, perhaps before this server was restored from a backup. Its
   * timestamps must not fall below, but the server's clock must not follow a stranger's claim either:
   * so only this socket's Transitions are raised.
   */
  #floor = 0n;
  #clockSkew: number | null = null;
  readonly #queries = new Map<number, Query>();
  readonly #removed = new Set<number>();
  readonly #identity: Identity;
  /** Answers that go out at the next opportunity, whatever the state of the queries. */
  #answers: string[] = [];
  /** Answers that need a Transition of at least `ts` behind them. */
  #owed: { ts: bigint; text: string }[] = [];
  /** Messages that came while a token was being verified. */
  #inbox: string[] = [];
  #verifying = false;
  /** Requests that came after the token had expired; they wait for a fresh one. Null: not expired. */
  #parked: CallRequest[] | null = null;
  #pending = 0;

  constructor(
    private readonly context: SessionContext,
    private readonly connection: Connection,
    private readonly origin: { ip: string | null; userAgent: string | null },
  ) {
    this.#identity = new Identity(context.now, () => this.#expire());
  }

  /** Whether the client waits for an answer to a mutation or action. */
  get isWaitedFor(): boolean {
    return this.#open && (this.#pending > 0 || this.#owed.length > 0 || this.#answers.length > 0);
  }

  /** Handles one text frame. Never throws: a bad one ends this session only. */
  receive(text: string): void {
    if (!this.#open) return;
    if (this.#verifying) {
      this.#inbox.push(text);
      if (this.#inbox.length > this.context.limits.pending) this.#overload("messages");
      return;
    }
    try {
      this.#handle(text);
    } catch (error) {
      if (error instanceof MalformedMessage) this.fail(error.message);
      else this.#break(error);
    }
  }

  /** Ends a client that does not keep to the protocol; it will not reconnect. */
  fail(reason: string): void {
    if (!this.#open) return;
    this.connection.send([...this.#answers, frames.fatalErrorFrame(reason)]);
    this.#end(closeCode.violation, reason);
  }

  /** The socket is gone: nothing is sent any more, and the queries are dropped. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#identity.stop();
    for (const query of this.#queries.values()) this.#drop(query);
    this.#queries.clear();
    this.context.publisher.leave(this);
  }

  /** See Follower: moves the client to the newest timestamp at which all its queries are known. */
  settle(moment: Moment): Standing {
    if (!this.#open) return "settled";
    try {
      // Nothing computed for an identity leaves after its end.
      if (this.#parked === null && this.#identity.isExpired) this.#expire();
      const batch = this.#answers;
      this.#answers = [];
      const standing = this.#move(moment, batch);
      if (batch.length > 0) this.connection.send(batch);
      return standing;
    } catch (error) {
      this.#break(error);
      return "settled";
    }
  }

  #handle(text: string): void {
    const message = parseClientMessage(text);
    if ((message.type === "Connect") !== (this.#sessionId === null)) {
      throw new MalformedMessage("A connection begins with one Connect message");
    }
    switch (message.type) {
      case "Connect": {
        this.#connect(message);
        return;
      }
      case "ModifyQuerySet": {
        this.#modify(message);
        return;
      }
      case "Authenticate": {
        this.#authenticate(message);
        return;
      }
      case "Mutation":
      case "Action": {
        this.#request(message);
        return;
      }
      case "Event":
        return;
    }
  }

  #connect(message: Connect): void {
    this.#sessionId = message.sessionId;
    this.#floor = message.maxObservedTimestamp;
    const { clientTs } = message;
    this.#clockSkew = clientTs === null ? null : Math.round(clientTs - this.context.now());
  }

  #modify(message: ModifyQuerySet): void {
    if (
      message.baseVersion !== this.#wanted.querySet ||
      message.newVersion <= message.baseVersion
    ) {
      // The client begins anew when it reconnects, which heals whatever made it lose count.
      this.#end(closeCode.violation, "BaseVersionMismatch");
      return;
    }
    this.#wanted.querySet = message.newVersion;
    for (const change of message.modifications) {
      const former = this.#queries.get(change.queryId);
      if (former !== undefined) {
        this.#drop(former);
        this.#queries.delete(change.queryId);
      }
      if (change.type === "Remove") {
        this.#removed.add(change.queryId);
        continue;
      }
      this.#removed.delete(change.queryId);
      this.#queries.set(change.queryId, { add: change, ...this.#ask(change), sent: null });
    }
    if (this.#queries.size > this.context.limits.queries) {
      this.#overload("queries");
      return;
    }
    this.context.publisher.wake(this);
  }

  #authenticate(message: Authenticate): void {
    if (message.baseVersion !== this.#wanted.identity) {
      this.#end(closeCode.violation, "IdentityVersionMismatch");
      return;
    }
    const proof = prove(message, this.context.authenticator);
    if (!(proof instanceof Promise)) {
      this.#applyProof(message, proof);
      return;
    }
    this.#verifying = true;
    void proof.then((verdict) => {
      this.#verifying = false;
      if (!this.#open) return;
      this.#applyProof(message, verdict);
      const inbox = this.#inbox;
      this.#inbox = [];
      // A second Authenticate among them makes `receive` put the rest back, in order.
      for (const text of inbox) this.receive(text);
    });
  }

  #applyProof(message: Authenticate, proof: Proof): void {
    if (!proof.ok) {
      this.#sendNow(frames.authErrorFrame(proof.reason, message.baseVersion, true));
      return;
    }
    this.#wanted.identity += 1;
    this.#assume(proof.caller, proof.expiresAt);
    const parked = this.#parked ?? [];
    this.#parked = null;
    for (const request of parked) this.#request(request);
  }

  /** Becomes somebody else: from here on only results computed for the new caller may be sent. */
  #assume(caller: Caller, expiresAt: number | null): void {
    this.#identity.assume(caller, expiresAt);
    for (const query of this.#queries.values()) {
      const former = { ...query };
      // Ask first: when the same user comes with a fresher token, the entry must live on.
      Object.assign(query, this.#ask(query.add));
      this.#drop(former);
    }
    this.context.publisher.wake(this);
  }

  #expire(): void {
    if (!this.#open || this.#parked !== null) return;
    this.#parked = [];
    this.#assume(anonymous, null);
    // The client counts this identity as `wanted.identity` and expects the one before it as base.
    const base = Math.max(0, this.#wanted.identity - 1);
    this.#sendNow(frames.authErrorFrame("Convex token identity expired", base, false));
  }

  #ask(add: AddQuery): Pick<Query, "live" | "refusal"> {
    const call = this.#call(add);
    if (!this.#mayReach(call)) {
      const failure = missingFunction(call.component, call.path);
      const refused: Outcome = { ok: false, failure, logLines: [] };
      return { live: null, refusal: this.context.render(call, refused, null) };
    }
    return { live: this.context.publisher.subscribe(this, call, add.journal), refusal: null };
  }

  #drop(query: Query): void {
    if (query.live !== null) this.context.publisher.unsubscribe(query.live);
  }

  #request(message: CallRequest): void {
    if (this.#parked === null && this.#identity.isExpired) this.#expire();
    this.#pending += 1;
    if (this.#pending > this.context.limits.pending) {
      this.#overload("requests");
      return;
    }
    if (this.#parked !== null) {
      // Executed as nobody it would fail for good; the client comes back with a fresh token.
      this.#pending -= 1;
      this.#parked.push(message);
      if (this.#parked.length > this.context.limits.pending) this.#overload("requests");
      return;
    }
    const call = this.#call(message);
    if (!this.#mayReach(call)) {
      const failure = missingFunction(call.component, call.path);
      this.#answer(message, call, { ok: false, failure, logLines: [] });
      return;
    }
    if (message.type === "Action") this.#act(message, call);
    else this.#mutate(message, call);
  }

  #mutate(message: CallRequest, call: FunctionCall): void {
    // Submitted without waiting for the one before: the engine keeps the order of submission.
    const key = { session: this.#sessionId ?? "", request: message.requestId };
    this.context.engine.mutate(call, key).then(
      (outcome: MutationOutcome) => {
        if (!outcome.ok) {
          this.#answer(message, call, outcome);
          return;
        }
        this.#pending -= 1;
        const text = frames.mutationFrame(
          message.requestId,
          outcome,
          outcome.ts,
          this.context.mode,
        );
        this.#owed.push({ ts: outcome.ts, text });
        if (this.#open) this.context.publisher.wake(this);
      },
      // Whether it committed is unknown. The client reconnects and sends it again, with the same key.
      (error: unknown) => this.#break(error),
    );
  }

  #act(message: CallRequest, call: FunctionCall): void {
    this.context.engine.act(call).then(
      (outcome) => this.#answer(message, call, outcome),
      (error: unknown) => {
        const text = error instanceof Error ? error.message : "The action could not be run";
        const failure = { code: "internal", message: text } as const;
        this.#answer(message, call, { ok: false, failure, logLines: [] });
      },
    );
  }

  #answer(message: CallRequest, call: FunctionCall, outcome: Outcome): void {
    this.#pending -= 1;
    if (!this.#open) return;
    const type = message.type === "Mutation" ? "MutationResponse" : "ActionResponse";
    const { requestId } = message;
    this.#answers.push(frames.responseFrame(type, requestId, call, outcome, this.context.mode));
    this.context.publisher.wake(this);
  }

  #call(asked: Pick<AddQuery, "udfPath" | "args" | "componentPath">): FunctionCall {
    const { caller } = this.#identity;
    return {
      component: asked.componentPath,
      path: canonicalPath(asked.udfPath),
      args: asked.args,
      caller,
      reach: caller.kind === "admin" ? "any" : "public",
      request: { requestId: newRequestId(), ...this.origin },
    };
  }

  /** Only admins may look into components; to everybody else there is nothing there. */
  #mayReach(call: FunctionCall): boolean {
    return call.component === "" || call.caller.kind === "admin";
  }

  #move(moment: Moment, batch: string[]): Standing {
    const ts = [moment.current, moment.round].find((ts) => this.#isWholeAt(ts));
    if (ts === undefined) return "stale";
    const covered = this.#owed.filter((answer) => answer.ts <= ts);
    const modifications = this.#modifications();
    const { querySet, identity } = this.#wanted;
    const isNew = querySet !== this.#sent.querySet || identity !== this.#sent.identity;
    if (isNew || modifications.length > 0 || covered.length > 0) {
      for (const answer of covered) batch.push(answer.text);
      const end = { querySet, identity, ts: ts > this.#floor ? ts : this.#floor };
      const clock = { skew: this.#clockSkew, now: this.context.now() };
      batch.push(frames.transitionFrame(this.#sent, end, modifications, clock));
      this.#sent = end;
      this.#snapshot = ts;
    }
    if (covered.length === this.#owed.length) {
      this.#owed = [];
      return "settled";
    }
    this.#owed = this.#owed.filter((answer) => answer.ts > ts);
    return ts === moment.current ? "behind" : "stale";
  }

  #isWholeAt(ts: bigint): boolean {
    if (ts < this.#snapshot) return false;
    for (const { live } of this.#queries.values()) {
      if (live !== null && !live.entry.isValidAt(ts)) return false;
    }
    return true;
  }

  /** What the client must change in what it holds; afterwards it counts as told. */
  #modifications(): string[] {
    const changes: string[] = [];
    for (const queryId of this.#removed) changes.push(frames.removal(queryId));
    this.#removed.clear();
    for (const [queryId, query] of this.#queries) {
      const result = query.live === null ? query.refusal : query.live.entry.rendered;
      if (result === null || result === query.sent) continue;
      query.sent = result;
      changes.push(frames.modification(queryId, result));
    }
    return changes;
  }

  #sendNow(text: string): void {
    const answers = this.#answers;
    this.#answers = [];
    this.connection.send([...answers, text]);
  }

  #break(error: unknown): void {
    this.context.report(error);
    // The client knows this word, too: it was not its fault, and it may come back soon.
    this.#end(closeCode.internal, "InternalServerError");
  }

  #overload(what: string): void {
    // The client knows this prefix and waits longer before it comes back.
    this.#end(closeCode.overload, `TooManyConcurrentRequests: ${what}`);
  }

  #end(code: number, reason: string): void {
    if (!this.#open) return;
    this.close();
    this.connection.close(code, reason);
  }
}

function newRequestId(): string {
  const id = randomUUID();
  return id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18);
}
