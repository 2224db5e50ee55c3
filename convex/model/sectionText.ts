/**
 * What a section says. The component `prosemirrorSync` keeps the steps in which it was written and, now and then, the
 * whole document; to it both are strings, and they are sealed ones. The server alone makes the whole documents, by
 * applying the steps: nothing that a client claims a document to be is ever kept or shown to anybody else.
 */
import type { Node } from "@tiptap/pm/model";
import { Transform } from "@tiptap/pm/transform";
import { components } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import type { TenantReader } from "../access/tenantDb";
import { TextCipher } from "../access/textCipher";
import type { RichTextNode } from "../domain/ieps/planContent";
import { cleanDocument } from "../editor/cleanDocument";
import { emptyDocument, sectionSchema } from "../editor/schema";
import { applySteps, readSteps } from "../editor/steps";

const { lib } = components.prosemirrorSync;

/** Versions count steps; a section begins at this one, with an empty document. */
export const FIRST_VERSION = 1;
/** Steps after which the whole document is kept again: opening a section applies no more than these and one call's. */
const SNAPSHOT_EVERY = 100;
/** A short document is kept again sooner: once the steps are half as long as it, reading them takes longer. */
const SNAPSHOT_AT_LEAST_AFTER = 10;
/** Rows of steps that the component gives at once. */
const MOST_ROWS = 100;
/** Characters of a sealed document: a row of a database holds a megabyte. */
const LONGEST_SNAPSHOT = 950_000;

export interface TextReading {
  db: TenantReader;
  runQuery: QueryCtx["runQuery"];
}
export interface TextWriting extends TextReading {
  runMutation: MutationCtx["runMutation"];
}
type Section = Doc<"iepSections">;

/** By the row as one call has read it: its key is opened once. */
const ciphers = new WeakMap<Section, Promise<TextCipher>>();

function cipherOf(db: TenantReader, section: Section): Promise<TextCipher> {
  let cipher = ciphers.get(section);
  if (cipher === undefined) {
    cipher = db
      .unseal("iepSections", section)
      .then(({ textKey }) => new TextCipher(textKey, section._id));
    ciphers.set(section, cipher);
  }
  return cipher;
}

export async function latestVersionOf(
  { runQuery }: TextReading,
  { _id }: Section,
): Promise<number> {
  return (await runQuery(lib.latestVersion, { id: _id })) ?? FIRST_VERSION;
}

/** The newest whole document that is kept, or the newest up to a version. */
async function snapshotOf(
  { db, runQuery }: TextReading,
  section: Section,
  upTo?: number,
): Promise<{ content: string; version: number }> {
  const kept = await runQuery(lib.getSnapshot, {
    id: section._id,
    ...(upTo === undefined ? {} : { version: upTo }),
  });
  if (kept.content === null)
    return { content: JSON.stringify(emptyDocument().toJSON()), version: FIRST_VERSION };
  const cipher = await cipherOf(db, section);
  return {
    content: cipher.open(`snapshot/${String(kept.version)}`, kept.content),
    version: kept.version,
  };
}

export interface WrittenSteps {
  steps: string[];
  /** Who made each: the person's id and their window's, `person/window`. */
  clientIds: string[];
  version: number;
}

/** Steps after a version, at most those of a hundred calls. */
export async function stepsAfter(
  { db, runQuery }: TextReading,
  section: Section,
  after: number,
): Promise<WrittenSteps> {
  const { steps, clientIds, version } = await runQuery(lib.getSteps, {
    ...{ id: section._id, version: after },
  });
  const cipher = await cipherOf(db, section);
  return {
    steps: steps.map((step, index) => cipher.open(stepPlace(after + index + 1), step)),
    clientIds: clientIds.map(String),
    version,
  };
}

/** A step by the version that it leads to. */
const stepPlace = (version: number): string => `step/${String(version)}`;

export interface Head {
  doc: Node;
  version: number;
  /** The whole document that it was derived from, and the characters of it and of the steps since. */
  snapshot: { version: number; length: number; lengthSince: number };
}

/** The document as it is, or as it was in a version. */
export async function documentOf(
  ctx: TextReading,
  section: Section,
  inVersion?: number,
): Promise<Head> {
  const snapshot = await snapshotOf(ctx, section, inVersion);
  let doc = sectionSchema.nodeFromJSON(JSON.parse(snapshot.content));
  let { version } = snapshot;
  let lengthSince = 0;
  while (inVersion === undefined || version < inVersion) {
    const next = await stepsAfter(ctx, section, version);
    const wanted = next.steps.slice(0, inVersion === undefined ? undefined : inVersion - version);
    doc = applySteps(doc, readSteps(wanted));
    version += wanted.length;
    lengthSince += lengthOf(wanted);
    // A row holds at least one step: fewer steps than rows, and there are no more.
    if (next.steps.length < MOST_ROWS) break;
  }
  const { length } = snapshot.content;
  return { doc, version, snapshot: { version: snapshot.version, length, lengthSince } };
}

/** What the section says: without what is only suggested, and without comments. */
export async function deriveSectionDocument(
  ctx: TextReading,
  section: Section,
): Promise<RichTextNode> {
  const { doc } = await documentOf(ctx, section);
  return cleanDocument(doc).toJSON() as RichTextNode;
}

/**
 * Keeps steps that were applied to the newest version, and at times the whole document.
 * @param steps as the client sent them
 * @param after the document that they lead to
 * @returns false if the document has become too long to be kept; then the caller has to throw
 */
export async function appendSteps(
  ctx: TextWriting,
  section: Section,
  head: Head,
  { steps, after, clientId }: { steps: readonly string[]; after: Node; clientId: string },
): Promise<boolean> {
  const cipher = await cipherOf(ctx.db, section);
  await ctx.runMutation(lib.submitSteps, {
    ...{ id: section._id, version: head.version, clientId },
    steps: steps.map((step, index) => cipher.seal(stepPlace(head.version + index + 1), step)),
  });
  const version = head.version + steps.length;
  return !isDue(head, version, steps) || keepWhole(ctx, section, version, after);
}

/** Whether the whole document is kept again: opening it costs what its length does, however it was written. */
function isDue({ snapshot }: Head, version: number, steps: readonly string[]): boolean {
  const since = version - snapshot.version;
  const length = snapshot.lengthSince + lengthOf(steps);
  const isLong = 2 * length >= snapshot.length;
  return since >= SNAPSHOT_EVERY || (since >= SNAPSHOT_AT_LEAST_AFTER && isLong);
}

const lengthOf = (steps: readonly string[]): number =>
  steps.reduce((sum, step) => sum + step.length, 0);

async function keepWhole(
  { db, runMutation }: TextWriting,
  section: Section,
  version: number,
  doc: Node,
): Promise<boolean> {
  const cipher = await cipherOf(db, section);
  const content = cipher.seal(`snapshot/${String(version)}`, JSON.stringify(doc.toJSON()));
  if (content.length > LONGEST_SNAPSHOT) return false;
  await runMutation(lib.submitSnapshot, { id: section._id, version, content });
  return true;
}

/** The one step, if any, that makes one document of another; what is alike at both ends stays untouched. */
export function stepsBetween(from: Node, to: Node): { steps: string[]; after: Node } {
  const start = from.content.findDiffStart(to.content);
  const end = from.content.findDiffEnd(to.content);
  if (start === null || end === null) return { steps: [], after: from };
  // Of repeated letters both ends may claim the same ones.
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  const change = new Transform(from).replace(
    start,
    end.a + overlap,
    to.slice(start, end.b + overlap),
  );
  // Where brackets of blocks do not fit together, the whole is replaced.
  const whole = new Transform(from).replace(0, from.content.size, to.slice(0, to.content.size));
  const best = change.doc.eq(to) ? change : whole;
  return { steps: best.steps.map((step) => JSON.stringify(step.toJSON())), after: best.doc };
}

/**
 * What a section that nobody has written in says from the beginning: the text of a former plan that was taken along.
 * @returns false if somebody has written in it already: then it stays as it is
 */
export async function beginWith(
  ctx: TextWriting,
  section: Section,
  document: RichTextNode,
): Promise<boolean> {
  if ((await ctx.runQuery(lib.latestVersion, { id: section._id })) !== null) return false;
  const doc = sectionSchema.nodeFromJSON(document);
  doc.check();
  return keepWhole(ctx, section, FIRST_VERSION, doc);
}

/** Steps and documents go with the record; without the section's key they could not be read anyway. */
export async function destroyText(ctx: MutationCtx, id: Id<"iepSections">): Promise<void> {
  await ctx.runMutation(lib.deleteDocument, { id });
}
