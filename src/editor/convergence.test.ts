/**
 * Eight people write at once, at random, over a network that loses answers, delays, repeats and breaks off; some close
 * their window with words that have not arrived and open it again. In the end everybody has the same text, it is the
 * server's, and every word that anybody typed is in it once.
 */
import { collab, sendableSteps } from "prosemirror-collab";
import { EditorState, type Transaction } from "@tiptap/pm/state";
import { Step } from "@tiptap/pm/transform";
import { expect, test } from "vitest";
import { emptyDocument, sectionSchema } from "../../convex/editor/schema";
import { applySteps, readSteps } from "../../convex/editor/steps";
import { type Host, SectionSync, type SectionServer } from "./sectionSync";

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

/** The server's rules, in memory: one order of steps, each applied before it is kept. */
class Server {
  doc = emptyDocument();
  readonly steps: string[] = [];
  readonly clientIds: string[] = [];
  readonly watchers = new Set<(version: number) => void>();

  get version(): number {
    return this.steps.length + 1;
  }

  since(version: number) {
    return { steps: this.steps.slice(version - 1), clientIds: this.clientIds.slice(version - 1) };
  }

  submit(version: number, clientId: string, steps: string[]) {
    if (version > this.version) throw new Error("A gap");
    if (version < this.version) return { status: "needs-rebase" as const, ...this.since(version) };
    this.doc = applySteps(this.doc, readSteps(steps));
    this.steps.push(...steps);
    this.clientIds.push(...steps.map(() => clientId));
    return { status: "synced" as const };
  }
}

/** A line to the server that is as bad as the run's luck. */
class Line implements SectionServer {
  online = true;
  constructor(
    private readonly server: Server,
    private readonly random: () => number,
  ) {}

  async #pass(): Promise<void> {
    for (let wait = Math.floor(this.random() * 3); wait > 0; wait -= 1) await Promise.resolve();
    if (!this.online) throw new Error("offline");
  }
  async getSteps(version: number) {
    await this.#pass();
    const all = this.server.since(version);
    // As the server does: many come in parts.
    const part = 1 + Math.floor(this.random() * 5);
    return { steps: all.steps.slice(0, part), clientIds: all.clientIds.slice(0, part) };
  }
  async submitSteps({ version, clientId, steps }: Parameters<SectionServer["submitSteps"]>[0]) {
    await this.#pass();
    const answer = this.server.submit(version, clientId, steps);
    // It arrived, but nobody hears of it.
    if (this.random() < 0.15) throw new Error("The answer is lost");
    await this.#pass();
    return answer;
  }
  watchVersion(tell: (version: number) => void) {
    this.server.watchers.add(tell);
    return () => this.server.watchers.delete(tell);
  }
}

class Client implements Host {
  state: EditorState;
  sync: SectionSync;
  readonly line: Line;

  constructor(
    private readonly server: Server,
    readonly clientId: string,
    private readonly random: () => number,
  ) {
    this.line = new Line(server, random);
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
  reopen(): void {
    this.sync.stop();
    const kept = sendableSteps(this.state);
    const version = kept?.version ?? this.server.version;
    const steps = kept?.steps.map((step) => step.toJSON() as unknown) ?? [];
    const before = readSteps(this.server.steps.slice(0, version - 1));
    this.state = this.#stateAt(applySteps(emptyDocument(), before), version);
    const transaction = this.state.tr;
    for (const step of steps) transaction.step(Step.fromJSON(sectionSchema, step));
    this.dispatch(transaction);
    this.sync = this.#begin();
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

async function run(seed: number): Promise<void> {
  const random = randomOf(seed);
  const server = new Server();
  const clients = Array.from({ length: 8 }, (_, i) => new Client(server, `p${i}/w`, random));
  const tellAll = async (chosen: readonly Client[]) => {
    await Promise.all(
      chosen.map(async (client) => {
        for (const tell of server.watchers) tell(server.version);
        await client.sync.sync();
      }),
    );
  };
  const words: string[] = [];
  for (const client of clients) client.sync.start();
  for (let round = 0; round < 12; round += 1) {
    for (const client of clients) {
      if (random() < 0.7) {
        // Letters of one word each: a word that was lost or doubled is seen.
        const word = `<${String(words.length)}>`;
        const before = client.state.doc.textContent.length;
        client.edit(word);
        if (client.state.doc.textContent.length > before) words.push(word);
      }
      if (random() < 0.15) client.line.online = !client.line.online;
      if (random() < 0.08) {
        client.reopen();
        client.sync.start();
      }
    }
    await tellAll(clients.filter(() => random() < 0.5));
  }
  for (const client of clients) client.line.online = true;
  for (let round = 0; round < 200; round += 1) {
    await tellAll(clients);
    if (clients.every(({ state }) => sendableSteps(state) === null && state.doc.eq(server.doc)))
      break;
  }
  for (const client of clients) {
    client.sync.stop();
    expect(client.state.doc.toJSON(), `seed ${String(seed)}`).toEqual(server.doc.toJSON());
  }
  server.doc.check();
  // Words may have been typed within words: their characters are all there, once each.
  const counted = (text: string) => Array.from(text).sort().join("");
  expect(counted(server.doc.textContent), `seed ${String(seed)}`).toBe(counted(words.join("")));
}

test("eight writers end with one text, and nothing is lost or doubled, a hundred times", async () => {
  for (let seed = 1; seed <= 100; seed += 1) await run(seed);
}, 60_000);
