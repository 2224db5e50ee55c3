/**
 * Oral reading fluency, words correct per minute: Hasbrouck and Tindal (2017), fall, winter, spring. The weekly
 * improvement is computed here, (spring - fall) / 32, in grade 1 (spring - winter) / 16; three of the printed ones
 * disagree with that formula (grade 6 at the 50th percentile, grades 1 and 5 at the 10th).
 */
const PERCENTILES = [50, 25, 10] as const;
type Percentile = (typeof PERCENTILES)[number];

/** By grade, from 1 on: fall, winter, spring. */
const FLUENCY: Record<Percentile, readonly (readonly [number | null, number, number])[]> = {
  50: [
    [null, 29, 60],
    [50, 84, 100],
    [83, 97, 112],
    [94, 120, 133],
    [121, 133, 146],
    [132, 145, 146],
  ],
  25: [
    [null, 16, 34],
    [36, 59, 72],
    [59, 79, 91],
    [75, 95, 105],
    [87, 109, 119],
    [112, 116, 122],
  ],
  10: [
    [null, 9, 18],
    [23, 35, 43],
    [40, 62, 63],
    [60, 71, 83],
    [64, 84, 102],
    [89, 91, 91],
  ],
};

export interface FluencyNorm {
  percentile: Percentile;
  fall: number | null;
  winter: number;
  spring: number;
  /** Words more per week over the school year. */
  weekly: number;
}

/** @param grade such as "3"; null for a grade that the table does not have */
export function fluencyNorms(grade: string): FluencyNorm[] | null {
  const index = Number(grade) - 1;
  const norms = PERCENTILES.flatMap((percentile) => {
    const row = FLUENCY[percentile][index];
    if (row === undefined) return [];
    const [fall, winter, spring] = row;
    const weekly = fall === null ? (spring - winter) / 16 : (spring - fall) / 32;
    return [{ percentile, fall, winter, spring, weekly }];
  });
  return norms.length === 0 ? null : norms;
}

/** Where a rate of improvement leads: baseline + rate x weeks. IRIS Center: 55 + 0.90 x 32 = 83.8. */
export function goalFromRate(baseline: number, rate: number, weeks: number): number {
  return baseline + rate * weeks;
}
