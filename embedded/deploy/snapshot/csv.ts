/** CSV as an import takes it: a header, then rows whose cells are numbers or text. */
import type { Json } from "../../engine/types.ts";
import { checkFieldName } from "../../values/limits.ts";
import { ImportRefused } from "./refusal.ts";

/**
 * Rows as objects by the header's names. Quoted cells may hold commas, line breaks and doubled quotes.
 * @throws ImportRefused when the header or a row is malformed
 */
export async function* csvRows(text: AsyncIterable<string>): AsyncGenerator<Record<string, Json>> {
  let header: string[] | null = null;
  let row = 0;
  for await (const cells of records(text)) {
    if (header === null) {
      header = cells.map((cell) => cell.text.trim());
      for (const name of header) {
        const problem = checkFieldName(name);
        if (problem !== null)
          throw new ImportRefused(
            `CSV header ${JSON.stringify(name)} isn't a valid field name: ${problem}`,
          );
      }
      continue;
    }
    row += 1;
    if (cells.length !== header.length)
      throw new ImportRefused(`CSV row ${row} doesn't have all of the fields in the header`);
    yield Object.fromEntries(header.map((name, i) => [name, cellValue(cells[i]?.text ?? "")]));
  }
  if (header === null) throw new ImportRefused("CSV file doesn't have headers");
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function cellValue(text: string): Json {
  if (!NUMBER.test(text)) return text;
  const value = Number(text);
  return Number.isFinite(value) && !Object.is(value, -0) ? value : text;
}

interface Cell {
  text: string;
  quoted: boolean;
}

async function* records(text: AsyncIterable<string>): AsyncGenerator<Cell[]> {
  let cells: Cell[] = [];
  let cell: Cell = { text: "", quoted: false };
  let state: "plain" | "quoted" | "quote" = "plain";
  let started = false;
  const endCell = () => {
    cells.push(cell);
    cell = { text: "", quoted: false };
    state = "plain";
  };
  for await (const chunk of text) {
    for (const character of chunk) {
      if (state === "quoted") {
        if (character === '"') state = "quote";
        else cell.text += character;
        continue;
      }
      if (state === "quote" && character === '"') {
        cell.text += '"';
        state = "quoted";
      } else if (character === '"' && cell.text === "" && !cell.quoted) {
        cell.quoted = true;
        started = true;
        state = "quoted";
      } else if (character === ",") {
        endCell();
        started = true;
      } else if (character === "\n") {
        // An empty line is no row.
        if (started) {
          endCell();
          yield cells;
        }
        cells = [];
        started = false;
      } else if (character !== "\r") {
        cell.text += character;
        started = true;
      }
    }
  }
  if ((state as string) === "quoted")
    throw new ImportRefused("The CSV file ends within a quoted cell.");
  if (started) {
    endCell();
    yield cells;
  }
}
