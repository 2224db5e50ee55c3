/** How many students a tenant and each of its schools has, without reading them. */
import { TableAggregate } from "@convex-dev/aggregate";
import { components } from "../_generated/api";
import type { DataModel, Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";

const counts = new TableAggregate<{
  Namespace: Id<"organizations">;
  Key: Id<"organizations">;
  DataModel: DataModel;
  TableName: "students";
}>(components.studentCounts, {
  namespace: (student) => student.organizationId,
  sortKey: (student) => student.schoolId,
});

type Runs<Ctx> = Pick<Ctx, Extract<keyof Ctx, "runQuery" | "runMutation">>;

export async function countNewStudent(
  ctx: Runs<MutationCtx>,
  student: Doc<"students">,
): Promise<void> {
  await counts.insert(ctx as MutationCtx, student);
}

export async function countRemovedStudent(
  ctx: Runs<MutationCtx>,
  student: Doc<"students">,
): Promise<void> {
  await counts.delete(ctx as MutationCtx, student);
}

export async function countMovedStudent(
  ctx: Runs<MutationCtx>,
  before: Doc<"students">,
  after: Doc<"students">,
): Promise<void> {
  await counts.replace(ctx as MutationCtx, before, after);
}

/** Of the tenant, or of one school. */
export async function countStudents(
  ctx: Runs<QueryCtx>,
  organizationId: Id<"organizations">,
  schoolId?: Id<"organizations">,
): Promise<number> {
  return counts.count(ctx as QueryCtx, {
    namespace: organizationId,
    ...(schoolId === undefined
      ? {}
      : {
          bounds: {
            lower: { key: schoolId, inclusive: true },
            upper: { key: schoolId, inclusive: true },
          },
        }),
  });
}
