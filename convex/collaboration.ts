/**
 * Writing a section together: the five functions that the clients of `@convex-dev/prosemirror-sync` call, and who is
 * there. The component's own public functions would check nothing; these ask who may, apply every step before it is
 * kept, and seal it (docs/decisions/013).
 */
import { type Infer, v } from "convex/values";
import { conflict, forbidden, invalid, notFound, requireValid } from "./access/errors";
import { iepMutation, iepQuery } from "./access/functions";
import { leavesOthersSuggestions, sectionMutation, sectionQuery } from "./access/sectionFunctions";
import type { Acting } from "./access/session";
import { checkNumber, problem } from "./domain/validation/problem";
import {
  applySteps,
  LONGEST_STEPS,
  MOST_STEPS,
  readSteps,
  LARGEST_DOCUMENT,
  requireSound,
  StepsRefused,
} from "./editor/steps";
import { enter, leave, listPresent as present, vPresent, windowOf } from "./model/presence";
import { noteWriting } from "./model/sectionEdits";
import {
  appendSteps,
  documentOf,
  FIRST_VERSION,
  type Head,
  latestVersionOf,
  stepsAfter,
} from "./model/sectionText";
import { vCaret } from "./tables/sections";

const vClientId = v.union(v.string(), v.number());

/**
 * The document as it is, or as it was in a version, derived from its steps: one call opens a section.
 * @returns its JSON text, and the version that it is in
 */
export const getSnapshot = sectionQuery({
  access: "section.read",
  args: { version: v.optional(v.number()) },
  returns: v.object({ content: v.string(), version: v.number() }),
  handler: async (ctx, { version: wanted }) => {
    const { doc, version } = await documentOf(ctx, ctx.section, wanted);
    return { content: JSON.stringify(doc.toJSON()), version };
  },
});

/** How many steps the section has seen. */
export const latestVersion = sectionQuery({
  access: "section.read",
  args: {},
  returns: v.number(),
  handler: (ctx) => latestVersionOf(ctx, ctx.section),
});

const vSteps = v.object({ steps: v.array(v.string()), clientIds: v.array(vClientId) });

/** More than are mostly made between two updates of a window. */
const NEWEST_STEPS = 10;

/**
 * The newest steps, those after the version `after`: who knows that version needs no second call to have them. Watched
 * by every window in which the section is open.
 */
export const newestSteps = sectionQuery({
  access: "section.read",
  args: {},
  returns: v.object({ ...vSteps.fields, after: v.number() }),
  handler: async (ctx) => {
    const latest = await latestVersionOf(ctx, ctx.section);
    const after = Math.max(FIRST_VERSION, latest - NEWEST_STEPS);
    const { steps, clientIds } = named(ctx.acting, await stepsAfter(ctx, ctx.section, after));
    return { after, steps, clientIds };
  },
});

/** Those after `version`; many come in parts, up to the version that is answered. @throws INVALID */
export const getSteps = sectionQuery({
  access: "section.read",
  args: { version: v.number() },
  returns: v.object({ ...vSteps.fields, version: v.number() }),
  handler: async (ctx, { version }) => {
    requireVersion(version, await latestVersionOf(ctx, ctx.section));
    return named(ctx.acting, await stepsAfter(ctx, ctx.section, version));
  },
});

/**
 * Steps of somebody who knows the document up to `version`. If others were faster, theirs come back and nothing is kept;
 * among them are one's own if they were sent twice. A section in whose plan nothing is written any more takes none.
 * @throws INVALID if a step does not fit, or is more than one call can hold; FORBIDDEN if it would decide about what
 *   somebody else suggests; CONFLICT
 */
export const submitSteps = sectionMutation({
  access: "section.write",
  args: { version: v.number(), clientId: vClientId, steps: v.array(v.string()) },
  returns: v.union(
    v.object({ status: v.literal("needs-rebase"), ...vSteps.fields }),
    v.object({ status: v.literal("synced") }),
  ),
  handler: async (ctx, { version, clientId, steps }) => {
    const { section, acting, now } = ctx;
    if (ctx.iep.status !== "draft") throw conflict("notADraft");
    requireSizes(steps, clientId);
    const head = await documentOf(ctx, section);
    requireVersion(version, head.version);
    if (version < head.version) {
      const missed = named(acting, await stepsAfter(ctx, section, version));
      return { status: "needs-rebase" as const, steps: missed.steps, clientIds: missed.clientIds };
    }
    if (steps.length === 0) return { status: "synced" as const };
    const after = applied(head, steps);
    if (!leavesOthersSuggestions(ctx, head.doc, after)) throw forbidden();
    const kept = await appendSteps(ctx, section, head, {
      ...{ steps, after, clientId: windowOf(acting.user._id, clientId) },
    });
    if (!kept) throw invalid([problem("steps", "tooLong", { max: LONGEST_STEPS })]);
    const to = version + steps.length;
    await noteWriting(ctx.db, section, { authorId: acting.user._id, now, from: version, to });
    return { status: "synced" as const };
  },
});

/** The clients offer whole documents. The server makes its own, and keeps none that it is told. */
export const submitSnapshot = sectionMutation({
  access: "section.write",
  args: { version: v.number(), content: v.string() },
  returns: v.null(),
  handler: () => null,
});

/** @throws INVALID for a version that there has not been */
function requireVersion(version: number, latest: number): void {
  requireValid(checkNumber("version", version, { min: FIRST_VERSION, max: latest, whole: true }));
}

function requireSizes(steps: readonly string[], clientId: Infer<typeof vClientId>): void {
  const length = steps.reduce((sum, step) => sum + step.length, 0);
  requireValid([
    ...(steps.length > MOST_STEPS ? [problem("steps", "tooMany", { max: MOST_STEPS })] : []),
    ...(length > LONGEST_STEPS ? [problem("steps", "tooLong", { max: LONGEST_STEPS })] : []),
    ...(String(clientId).length > 100 ? [problem("clientId", "tooLong", { max: 100 })] : []),
  ]);
}

/** The document after the steps. @throws INVALID */
function applied({ doc }: Head, steps: readonly string[]): Head["doc"] {
  try {
    const read = readSteps(steps);
    return requireSound(doc, applySteps(doc, read), read);
  } catch (error) {
    if (!(error instanceof StepsRefused)) throw error;
    throw invalid([
      error.reason === "tooLong"
        ? problem("steps", "tooLong", { max: LONGEST_STEPS })
        : problem("steps", "doesNotFit"),
    ]);
  }
}

/** A person's own windows by the names that they gave themselves; everybody else's with the person's id before it. */
function named<Steps extends { clientIds: string[] }>({ user }: Acting, steps: Steps): Steps {
  const own = windowOf(user._id, "");
  const clientIds = steps.clientIds.map((id) => {
    if (!id.startsWith(own)) return id;
    return id.slice(own.length);
  });
  return { ...steps, clientIds };
}

const VERSIONS = { min: FIRST_VERSION, max: Number.MAX_SAFE_INTEGER, whole: true };

/** Tells that somebody's window is open, in which section, and where their caret is. */
export const updateDocumentPresence = iepMutation({
  access: "section.read",
  args: {
    clientId: v.string(),
    sectionId: v.optional(v.id("iepSections")),
    caret: v.optional(vCaret),
  },
  returns: v.null(),
  handler: async ({ db, acting, iep, now }, { clientId, sectionId, caret }) => {
    const places = { min: 0, max: 2 * LARGEST_DOCUMENT, whole: true };
    requireValid([
      ...(clientId.length > 100 ? [problem("clientId", "tooLong", { max: 100 })] : []),
      // Other windows draw it: what is no place in any document stays out of them.
      ...Object.entries(caret ?? {}).flatMap(([part, value]) =>
        checkNumber(`caret.${part}`, value, part === "version" ? VERSIONS : places),
      ),
    ]);
    const section = sectionId === undefined ? null : await db.require("iepSections", sectionId);
    if (section !== null && section.iepId !== iep._id) throw notFound();
    await enter(db, iep, { userId: acting.user._id, clientId, now }, { sectionId, caret });
    return null;
  },
});

/** The window was closed. */
export const leaveDocument = iepMutation({
  access: "section.read",
  args: { clientId: v.string() },
  returns: v.null(),
  handler: async ({ db, acting, iep }, { clientId }) => {
    await leave(db, iep._id, acting.user._id, clientId);
    return null;
  },
});

/** Everybody who is in the plan's text now, one entry for each window. */
export const getDocumentEditors = iepQuery({
  access: "section.read",
  args: {},
  returns: v.array(vPresent),
  handler: ({ db, iep }) => present(db, iep._id),
});
