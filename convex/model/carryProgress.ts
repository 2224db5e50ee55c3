/** What the data of a plan's goals say for the present levels of the next one. */
import type { TenantReader } from "../access/tenantDb";
import { type GoalProgress, progressBlocks } from "../domain/carry/progressSentence";
import type { RichTextNode } from "../domain/ieps/planContent";
import type { SectionKey } from "../domain/ieps/sections";
import type { ReportLanguage } from "../domain/reports/valueText";
import type { TakenApart } from "./planItems";
import { newestPoints } from "./progress";

/** A year of school days, twice. */
const COUNTED = 400;

/** Goals of school subjects belong to the academic levels, all others to the functional ones. */
export async function progressOfGoals(
  db: TenantReader,
  { goals }: TakenApart,
  languages: readonly ReportLanguage[],
): Promise<Map<SectionKey, RichTextNode[]>> {
  const academic: GoalProgress[] = [];
  const functional: GoalProgress[] = [];
  for (const { row, said } of goals) {
    const { baselineData, targetCriteria, measurement } = row;
    const points = (await newestPoints(db, row._id, COUNTED + 1)).filter(
      ({ recordedDate }) => recordedDate >= baselineData.date,
    );
    (row.domain === "academic" ? academic : functional).push({
      ...{ number: row.goalNumber, description: said?.description ?? row.description, measurement },
      baseline: { date: baselineData.date, value: baselineData.value },
      target: { date: targetCriteria.timeframe, value: targetCriteria.target },
      points: points.map(({ _id, recordedDate, measurementValue }) => ({
        ...{ id: _id, date: recordedDate, value: measurementValue },
      })),
      count: points.length > COUNTED ? null : points.length,
    });
  }
  return new Map<SectionKey, RichTextNode[]>([
    ["presentLevelsAcademic", progressBlocks(academic, languages)],
    ["presentLevelsFunctional", progressBlocks(functional, languages)],
  ]);
}
