import { expect, test } from "vitest";
import { readCsvFile } from "./csvFile";

const read = (text: string) => readCsvFile(new File([text], "x.csv"));

test("a row keeps its line in the file, whatever is empty before it", async () => {
  const file = await read("student,value\r\nMaya,1\r\n\r\n , \r\nMaya,x\r\n\r\n");
  if ("failure" in file) throw new Error(file.failure);
  // The header is line 1.
  expect(file.rows.findIndex(({ value }) => value === "x") + 2).toBe(5);
  expect(file.rows).toHaveLength(4);
});

test("a file with nothing below its header has no rows", async () => {
  expect(await read("student,value\n\n , \n")).toEqual({ failure: "noRows" });
});
