// Runs in a process of its own, once for each side: the editors of some people, and what they wait for.
import { trellisDevice } from "./trellis.mjs";
import { yjsDevice } from "./yjs.mjs";

const [, , kind, given] = process.argv;
const options = JSON.parse(given);
const device = () => (kind === "trellis" ? trellisDevice(options) : yjsDevice(options));
const until = async (holds) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
};
const textOf = ({ editor }) => editor.state.doc.textContent;

/** One person presses a key, and everybody else's editor shows it; then the next one. Milliseconds, for each screen. */
async function press({ section, people, keys }) {
  const devices = await Promise.all(Array.from({ length: people }, device));
  const windows = await Promise.all(devices.map((one) => one.open(section)));
  const times = [];
  for (let key = 0; key < keys; key += 1) {
    const writer = windows[key % people];
    const others = windows.filter((window) => window !== writer);
    const mark = `${key.toString(36)}.`;
    const seen = others.map(
      (other) =>
        new Promise((resolve) => {
          const look = () => {
            if (!textOf(other).includes(mark)) return;
            other.editor.off("transaction", look);
            resolve(performance.now());
          };
          other.editor.on("transaction", look);
        }),
    );
    const begun = performance.now();
    writer.editor.commands.insertContentAt(1, mark);
    for (const at of await Promise.all(seen)) if (key >= people) times.push(at - begun);
    await until(() => writer.hasArrived());
    // People do not press keys at the moment at which they see another's.
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  const texts = new Set(windows.map(textOf));
  if (texts.size !== 1) throw new Error("The editors show different texts");
  for (const window of windows) window.close();
  for (const one of devices) one.close();
  return times;
}

/** Writes a section in so many changes. */
async function write({ section, paragraphs, changes }) {
  const one = await device();
  const window = await one.open(section);
  const words = paragraphs.join("\n");
  const length = Math.ceil(words.length / changes);
  for (let at = 0; at < words.length; at += length) {
    for (const [index, line] of words
      .slice(at, at + length)
      .split("\n")
      .entries()) {
      const end = window.editor.state.doc.content.size;
      const { tr } = window.editor.state;
      if (index > 0) tr.insert(end, window.editor.schema.nodes.paragraph.create());
      if (line !== "") tr.insertText(line, tr.doc.content.size - 1);
      window.editor.view.dispatch(tr);
    }
    if ((at / length) % 50 === 49) await until(() => window.hasArrived());
  }
  await until(() => window.hasArrived());
  const { length: written } = textOf(window);
  window.close();
  one.close();
  return written;
}

/** Opens sections, all of them at once, in so many rounds; somebody wrote in each since it was opened last. */
async function load({ sections, rounds }) {
  const [one, other] = [await device(), await device()];
  const times = [];
  let characters = 0;
  for (let round = 0; round < rounds; round += 1) {
    for (const section of sections) {
      const window = await other.open(section);
      window.editor.commands.insertContentAt(1, ".");
      await until(() => window.hasArrived());
      window.close();
    }
    const begun = performance.now();
    const windows = await Promise.all(sections.map((section) => one.open(section)));
    times.push(performance.now() - begun);
    characters = windows.reduce((sum, window) => sum + textOf(window).length, 0);
    for (const window of windows) window.close();
  }
  one.close();
  other.close();
  return { times: times.slice(1), characters };
}

const work = { press, write, load };
process.on("message", ({ id, name, options: given }) => {
  work[name](given).then(
    (result) => process.send({ id, result }),
    (error) => process.send({ id, error: String(error?.stack ?? error) }),
  );
});
process.send({ ready: true });
