/** How imports are called, for `everyFunction.test.ts`. */
import { ACTORS, today } from "../testing/world.helpers";
import type { Call } from "./calls.helpers";

const measurement = { kind: "trials", correct: 7, total: 10 };
/** The tenant's papers are those of one person; others find nothing there. */
const onlyImporter = Object.fromEntries(
  ACTORS.filter((actor) => actor !== "caseManager").map((actor) => [actor, "NOT_FOUND"]),
);

export const IMPORT_CALLS: Record<string, Call> = {
  "imports:importObservations": {
    about: "member",
    args: ({ goalId }) => ({
      ...{ fileName: "data.csv", fileHash: "00", clientMutationId: "import" },
      goals: [
        {
          goalId,
          points: [{ row: 2, recordedDate: today(), measurement, importKey: "1" }],
          phases: [],
        },
      ],
    }),
    also: Object.fromEntries(
      (["sisterAdmin", "otherTeacher", "formerTeamTeacher", "movedTeacher"] as const)
        .concat(["foreignAdmin", "foreignTeacher"] as never[])
        .map((actor) => [actor, "NOT_FOUND"]),
    ),
  },
  "imports:listImports": {
    about: "member",
    args: () => ({ paginationOpts: { numItems: 10, cursor: null } }),
  },
  "imports:undoImport": {
    about: "member",
    args: ({ importRunId }) => ({ importRunId }),
    also: onlyImporter,
  },
};
