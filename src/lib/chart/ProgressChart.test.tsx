// @vitest-environment jsdom
import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { addDays } from "../../../convex/domain/calendar/calendarDate";
import { startI18n } from "../i18n";
import { type ChartEntry, ProgressChart } from "./ProgressChart";

beforeAll(async () => {
  // What jsdom lacks of a browser: it measures nothing, so the chart is told how wide it is.
  window.matchMedia = (media) =>
    ({ matches: false, media, addEventListener() {}, removeEventListener() {} }) as never;
  window.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  Element.prototype.getBoundingClientRect = () =>
    ({ x: 0, y: 0, top: 0, left: 0, right: 900, bottom: 320, width: 900, height: 320 }) as DOMRect;
  await startI18n("en");
});
afterEach(cleanup);

const START = "2026-01-05";
const entries: ChartEntry[] = Array.from({ length: 2000 }, (_, index) => ({
  ...{ id: String(index), date: addDays(START, Math.floor(index / 10)) },
  ...{ value: (index * 7919) % 101, raw: `${String(index)} raw`, details: "" },
}));
const goal = {
  baselineData: { date: START, value: 10 },
  targetCriteria: { timeframe: "2026-12-01", target: 80 },
  measurement: { kind: "count", direction: "increase", unit: "words" },
  phases: [],
} as const;

test("two thousand points are a bounded drawing, which stays as it is while they are read by keys", () => {
  const tick = vi.fn(String);
  const texts = { tick, value: String };
  const { container } = render(
    <MantineProvider>
      <ProgressChart goal={goal} entries={entries} label="chart" texts={texts} fileName="chart" />
    </MantineProvider>,
  );
  expect(container.querySelector(".recharts-surface")).not.toBe(null);
  expect(container.querySelectorAll("*").length).toBeLessThan(900);

  const frame = screen.getByRole("application");
  const painted = tick.mock.calls.length;
  const rings = container.querySelectorAll("circle").length;
  fireEvent.keyDown(frame, { key: "End" });
  expect(screen.getByRole("status").textContent).toContain("2000 of 2000");
  expect(container.querySelectorAll("circle").length).toBe(rings + 1);
  for (let times = 0; times < 25; times++) fireEvent.keyDown(frame, { key: "ArrowLeft" });
  expect(screen.getByRole("status").textContent).toContain("1975 of 2000");
  fireEvent.keyDown(frame, { key: "Home" });
  expect(screen.getByRole("status").textContent).toContain("0 raw");
  // The axis was written once, not at each key.
  expect(tick.mock.calls.length).toBe(painted);
});
