/**
 * Eight people write at once, at random, over a network that loses answers, delays, repeats and breaks off; some close
 * their window with words that have not arrived and open it again. In the end everybody has the same text, it is the
 * server's, and every word that anybody typed is in it once. `convex/convergence.test` does the same with fewer people on
 * the product's functions.
 *
 * What it finds, tried by hand in `sectionSync`: one's own steps not known again when they come back (every word of a
 * lost answer is doubled), a step of another that is left out when several come, and only the first of several steps
 * counted as arrived. What it does not find, because the text comes out right: an answer "needs-rebase" whose steps are
 * thrown away (they come again with the next pull), and steps that came twice (one call at a time: they never do).
 */
import { expect, test } from "vitest";
import { emptyDocument } from "../../convex/editor/schema";
import { applySteps, readSteps } from "../../convex/editor/steps";
import { type Backend, lettersOf, writeAtRandom } from "./convergence.helpers";

/** The server's rules, in memory: one order of steps, each applied before it is kept. */
class Server implements Backend {
  doc = emptyDocument();
  readonly #steps: string[] = [];
  readonly #clientIds: string[] = [];

  readonly version = () => Promise.resolve(this.#steps.length + 1);

  readonly since = (version: number) =>
    Promise.resolve({
      steps: this.#steps.slice(version - 1),
      clientIds: this.#clientIds.slice(version - 1),
    });

  readonly submit: Backend["submit"] = async ({ version, clientId, steps }) => {
    const newest = this.#steps.length + 1;
    if (version > newest) throw new Error("A gap");
    if (version < newest)
      return { status: "needs-rebase" as const, ...(await this.since(version)) };
    this.doc = applySteps(this.doc, readSteps(steps));
    this.#steps.push(...steps);
    this.#clientIds.push(...steps.map(() => clientId));
    return { status: "synced" as const };
  };
}

async function run(seed: number): Promise<void> {
  const server = new Server();
  const backends = Array.from({ length: 8 }, () => server);
  const { documents, words } = await writeAtRandom({ seed, rounds: 12, backends });
  for (const doc of documents)
    expect(doc.toJSON(), `seed ${String(seed)}`).toEqual(server.doc.toJSON());
  server.doc.check();
  expect(lettersOf(server.doc.textContent), `seed ${String(seed)}`).toBe(lettersOf(words.join("")));
}

test("eight writers end with one text, and nothing is lost or doubled, a hundred times", async () => {
  for (let seed = 1; seed <= 100; seed += 1) await run(seed);
}, 60_000);
