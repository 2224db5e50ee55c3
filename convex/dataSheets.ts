/** Entering a data sheet that was filled in on paper: all of it or nothing. */
import { v } from "convex/values";
import { requireValid } from "./access/errors";
import { goalMutation } from "./access/functions";
import { checkMark, checkPoint } from "./domain/progress/measurement";
import { checkNumber, type Problem } from "./domain/validation/problem";
import { markOnce } from "./model/marks";
import { logOnce } from "./model/progress";
import { vMark, vMeasurement } from "./tables/progress";

/** More days than a sheet has columns. */
const MOST = 60;

/**
 * The days of a filled sheet, each with an observation or the reason why there is none. Each has an id of its own:
 * sending the sheet again adds nothing.
 * @throws INVALID with the place of each problem (`entries.3.measurement.correct`), CONFLICT as single entries
 */
export const enterSheet = goalMutation({
  access: "progress.log",
  args: {
    settingType: v.string(),
    entries: v.array(
      v.object({
        recordedDate: v.string(),
        measurement: v.optional(vMeasurement),
        mark: v.optional(vMark),
        clientMutationId: v.string(),
      }),
    ),
  },
  returns: v.object({ entered: v.number() }),
  handler: async (ctx, { settingType, entries }) => {
    requireValid(checkNumber("entries", entries.length, { min: 1, max: MOST, whole: true }));
    const about = { goal: ctx.goal, today: ctx.today };
    requireValid(
      entries.flatMap(({ recordedDate, measurement, mark }, index) => {
        const problems: Problem[] =
          measurement === undefined
            ? checkMark({ recordedDate, mark: mark ?? "" }, about)
            : checkPoint({ recordedDate, measurement, settingType }, about);
        return problems.map((one) => ({ ...one, field: `entries.${String(index)}.${one.field}` }));
      }),
    );
    for (const { recordedDate, measurement, mark, clientMutationId } of entries) {
      if (measurement !== undefined)
        await logOnce(ctx, { recordedDate, measurement, settingType }, clientMutationId);
      else if (mark !== undefined) await markOnce(ctx, { recordedDate, mark }, clientMutationId);
    }
    return { entered: entries.length };
  },
});
