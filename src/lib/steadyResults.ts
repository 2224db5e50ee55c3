import { useState } from "react";

interface Paged<Row> {
  results: Row[];
  status: "LoadingFirstPage" | "CanLoadMore" | "LoadingMore" | "Exhausted";
}

/**
 * The rows of a paged query, and those of the former filter until the first of the new one are there: a list that is
 * searched does not vanish at each word, and a row that somebody is about to press stays the same row.
 */
export function useSteadyResults<Row>({ results, status }: Paged<Row>): {
  rows: Row[];
  /** Nothing has been there yet. */
  first: boolean;
  /** The rows are those of the former filter, or none. */
  busy: boolean;
} {
  const busy = status === "LoadingFirstPage";
  const [last, setLast] = useState<Row[] | null>(busy ? null : results);
  if (!busy && last !== results) setLast(results);
  return { rows: busy ? (last ?? []) : results, first: busy && last === null, busy };
}
