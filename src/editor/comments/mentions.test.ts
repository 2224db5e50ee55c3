import { expect, test } from "vitest";
import { askedFor, matching, mentionsIn, partsOf } from "./mentions";

const people = [
  { userId: "ann", name: "Ann Lee" },
  { userId: "anne", name: "Ann Leeman" },
  { userId: "jose", name: "José Núñez" },
];

test("whole names after an @ are mentions, each once, the longer of two that begin alike", () => {
  expect(mentionsIn("@Ann Leeman and @José Núñez, @Ann Leeman?", people)).toEqual(["anne", "jose"]);
  expect(mentionsIn("@Ann Lee, please", people)).toEqual(["ann"]);
  expect(mentionsIn("ask@Ann Lee @ann lee @Ann Leem Ann Lee", people)).toEqual([]);
  expect(partsOf("So @Ann Lee!", people)).toEqual([
    { text: "So " },
    { text: "@Ann Lee", userId: "ann" },
    { text: "!" },
  ]);
});

test("what is typed after an @ asks for names, by any of their parts, without accents", () => {
  expect(askedFor("Who? @jo", 8)).toEqual({ at: 5, query: "jo" });
  expect(askedFor("@", 1)).toEqual({ at: 0, query: "" });
  expect(askedFor("mail@jo", 7)).toBeNull();
  expect(askedFor("Who? @jo", 5)).toBeNull();
  expect(matching(people, "nun").map(({ userId }) => userId)).toEqual(["jose"]);
  expect(matching(people, "ann l").map(({ userId }) => userId)).toEqual(["ann", "anne"]);
  expect(matching(people, "xy")).toEqual([]);
});
