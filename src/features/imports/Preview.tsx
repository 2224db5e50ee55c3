import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { chartedValue } from "../../../convex/domain/progress/charted";
import {
  type ImportPoint,
  type Observation,
  phasesOf,
} from "../../../convex/domain/imports/observations";
import { useFormatting } from "../../lib/formatting";
import type { ImportGoal } from "./MatchSeries";

interface Part {
  goal: ImportGoal;
  observations: Observation[];
  points: ImportPoint[];
}

/** What will be written: for each goal how much, from when to when, which phases. */
export function Preview({ parts }: { parts: readonly Part[] }) {
  const { t } = useTranslation("imports");
  const { date, number } = useFormatting();
  if (parts.length === 0) return <Text c="dimmed">{t("preview.empty")}</Text>;
  return (
    <Table.ScrollContainer minWidth={560} scrollAreaProps={{ tabIndex: 0 }}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {(["goal", "observations", "dates", "values", "phases"] as const).map((column) => (
              <Table.Th key={column} scope="col">
                {t(`preview.${column}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {parts.map(({ goal, observations, points }) => {
            const dates = points.map(({ recordedDate }) => recordedDate).sort();
            const values = points.map(({ measurement }) => chartedValue(measurement));
            const [first] = dates;
            const last = dates.at(-1);
            return (
              <Table.Tr key={goal._id}>
                <Table.Td dir="auto">{goal.description}</Table.Td>
                <Table.Td>{number(points.length)}</Table.Td>
                <Table.Td>
                  {first === undefined || last === undefined
                    ? "–"
                    : `${date(first)} – ${date(last)}`}
                </Table.Td>
                <Table.Td>
                  {values.length === 0
                    ? "–"
                    : `${number(Math.min(...values))} – ${number(Math.max(...values))}`}
                </Table.Td>
                <Table.Td>
                  {phasesOf(observations)
                    .map(({ name }) => name)
                    .join(", ")}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
