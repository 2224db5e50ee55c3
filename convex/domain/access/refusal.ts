/** Refusals of mutations come as values: an error would undo the note that it happened. */

type Detail = string | number | boolean | null | Detail[] | { [name: string]: Detail };

export interface Refusal {
  code: string;
  [detail: string]: Detail;
}

/** The data of the error that an answer stands for; null for every other answer. */
export function refusalOf(answer: unknown): Refusal | null {
  const { trellisRefusal: code, ...details } = (answer ?? {}) as Record<string, Detail> & {
    trellisRefusal?: string;
  };
  return code === undefined ? null : { code, ...details };
}
