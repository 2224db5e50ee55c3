/** People who write at once, at random, over bad lines: what `convergence.test` runs in memory and on the functions. */
import { collab, sendableSteps } from "prosemirror-collab";
import type { Node } from "@tiptap/pm/model";
import { EditorState, type Transaction } from "@tiptap/pm/state";
import { Step } from "@tiptap/pm/transform";
import { emptyDocument, sectionSchema } from "../../convex/editor/schema";
import { applySteps, readSteps } from "../../convex/editor/steps";
import {
  type Host,
  type NewestSteps,
  type SectionServer,
  SectionSync,
  type StepsSince,
} from "./sectionSync";

/** A small generator: the same seed gives the same run (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The server as one person reaches it, without the line between. */
export interface Backend {
  version: () => Promise<number>;
  since: (version: number) => Promise<StepsSince>;
  submit: SectionServer["submitSteps"];
}

/** A line to the server that is as bad as the run's luck. */
class Line implements SectionServer {
  online = true;
  readonly #watchers = new Set<(newest: NewestSteps) => void>();
  constructor(
    readonly backend: Backend,
    private readonly random: () => number,
  ) {}

  async #pass(): Promise<void> {
    for (let wait = Math.floor(this.random() * 3); wait > 0; wait -= 1) await Promise.resolve();
    if (!this.online) throw new Error("offline");
  }
  async getSteps(version: number) {
    await this.#pass();
    const all = await this.backend.since(version);
    // As the server does: many come in parts.
    const part = 1 + Math.floor(this.random() * 5);
    return { steps: all.steps.slice(0, part), clientIds: all.clientIds.slice(0, part) };
  }
  async submitSteps(call: Parameters<SectionServer["submitSteps"]>[0]) {
    await this.#pass();
    const answer = await this.backend.submit(call);
    // It arrived, but nobody hears of it.
    if (this.random() < 0.15) throw new Error("The answer is lost");
    await this.#pass();
    return answer;
  }
  watchSteps(tell: (newest: NewestSteps) => void) {
    this.#watchers.add(tell);
    return () => this.#watchers.delete(tell);
  }
  async tell(): Promise<void> {
    const version = await this.backend.version();
    // Sometimes enough to go on with, sometimes not.
    const after = Math.max(1, version - Math.floor(this.random() * 8));
    const newest = { after, ...(await this.backend.since(after)) };
    for (const tell of this.#watchers) tell(newest);
  }
}

class Client implements Host {
  state: EditorState;
  sync: SectionSync;
  readonly line: Line;

  constructor(
    backend: Backend,
    readonly clientId: string,
    private readonly random: () => number,
  ) {
    this.line = new Line(backend, random);
    this.state = this.#stateAt(emptyDocument(), 1);
    this.sync = this.#begin();
  }

  #stateAt(doc: EditorState["doc"], version: number): EditorState {
    return EditorState.create({ doc, plugins: [collab({ version, clientID: this.clientId })] });
  }
  #begin(): SectionSync {
    // A failure is tried again by the run itself, not by a clock.
    return new SectionSync(this, this.line, this.clientId, { failed: () => false });
  }
  dispatch(transaction: Transaction): void {
    this.state = this.state.apply(transaction);
  }

  /** The window is closed and opened again: what is left is the version and the steps that have not arrived. */
  async reopen(): Promise<void> {
    this.sync.stop();
    const kept = sendableSteps(this.state);
    const written = await this.line.backend.since(1);
    const version = kept?.version ?? written.steps.length + 1;
    const steps = kept?.steps.map((step) => step.toJSON() as unknown) ?? [];
    const before = readSteps(written.steps.slice(0, version - 1));
    this.state = this.#stateAt(applySteps(emptyDocument(), before), version);
    const transaction = this.state.tr;
    for (const step of steps) transaction.step(Step.fromJSON(sectionSchema, step));
    this.dispatch(transaction);
    this.sync = this.#begin();
    this.sync.start();
  }

  edit(word: string): void {
    const { random } = this;
    const { doc, tr } = this.state;
    const places: number[] = [];
    doc.descendants((node, pos) => {
      if (node.isTextblock)
        for (let at = 0; at <= node.content.size; at += 1) places.push(pos + 1 + at);
    });
    const place = places[Math.floor(random() * places.length)] ?? 1;
    const luck = random();
    if (luck < 0.75) tr.insertText(word, place);
    else if (luck < 0.85 && tr.doc.resolve(place).parent.isTextblock) tr.split(place);
    else tr.addMark(0, doc.content.size, sectionSchema.marks.bold.create());
    this.dispatch(tr);
  }
}

interface Run {
  seed: number;
  rounds: number;
  /** One for each person. */
  backends: readonly Backend[];
}

/** @returns what each person has in the end, and every word that anybody typed */
export async function writeAtRandom({ seed, rounds, backends }: Run): Promise<{
  documents: Node[];
  words: string[];
}> {
  const random = randomOf(seed);
  const clients = backends.map((backend, i) => new Client(backend, `p${String(i)}/w`, random));
  const tellAll = (chosen: readonly Client[]) =>
    Promise.all(
      chosen.map(async (client) => {
        await client.line.tell();
        await client.sync.sync();
      }),
    );
  const words: string[] = [];
  for (const client of clients) client.sync.start();
  for (let round = 0; round < rounds; round += 1) {
    for (const client of clients) {
      if (random() < 0.7) {
        // Letters of one word each: a word that was lost or doubled is seen.
        const word = `<${String(words.length)}>`;
        const before = client.state.doc.textContent.length;
        client.edit(word);
        if (client.state.doc.textContent.length > before) words.push(word);
      }
      if (random() < 0.15) client.line.online = !client.line.online;
      if (random() < 0.08) await client.reopen();
    }
    await tellAll(clients.filter(() => random() < 0.5));
  }
  for (const client of clients) client.line.online = true;
  const isDone = ({ state }: Client) =>
    sendableSteps(state) === null && state.doc.eq(clients[0]?.state.doc ?? state.doc);
  // Whoever sent nothing any more, and knows of nothing newer, twice in a row.
  for (let round = 0, calm = 0; round < 200 && calm < 2; round += 1) {
    await tellAll(clients);
    calm = clients.every(isDone) ? calm + 1 : 0;
  }
  for (const client of clients) client.sync.stop();
  return { documents: clients.map(({ state }) => state.doc), words };
}

/** Words may have been typed within words: their characters are all there, once each. */
export const lettersOf = (text: string): string => Array.from(text).sort().join("");
