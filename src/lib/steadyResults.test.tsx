// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { useSteadyResults } from "./steadyResults";

afterEach(cleanup);

type Status = "LoadingFirstPage" | "Exhausted";

function List({ results, status }: { results: string[]; status: Status }) {
  const { rows, first, busy } = useSteadyResults({ results, status });
  return (
    <ul aria-busy={busy}>
      {first ? <li>nothing yet</li> : rows.map((row) => <li key={row}>{row}</li>)}
    </ul>
  );
}
const shown = () => screen.getAllByRole("listitem").map(({ textContent }) => textContent);

test("the rows of the former search stay, as the same elements, until those of the new one are there", () => {
  const { rerender } = render(<List results={[]} status="LoadingFirstPage" />);
  expect(shown()).toEqual(["nothing yet"]);
  rerender(<List results={["Ada", "Maya"]} status="Exhausted" />);
  const maya = screen.getByText("Maya");
  rerender(<List results={[]} status="LoadingFirstPage" />);
  expect(shown()).toEqual(["Ada", "Maya"]);
  expect(screen.getByRole("list").getAttribute("aria-busy")).toBe("true");
  rerender(<List results={["Maya"]} status="Exhausted" />);
  expect(shown()).toEqual(["Maya"]);
  expect(screen.getByText("Maya")).toBe(maya);
});

test("a search that finds nobody shows nobody", () => {
  const { rerender } = render(<List results={["Ada"]} status="Exhausted" />);
  rerender(<List results={[]} status="LoadingFirstPage" />);
  rerender(<List results={[]} status="Exhausted" />);
  expect(screen.queryAllByRole("listitem")).toEqual([]);
});
