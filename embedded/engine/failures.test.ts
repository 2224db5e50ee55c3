import { expect, test } from "vitest";
import { clientFailure, clientLogLines, missingFunction } from "./failures.ts";

const thrown = {
  code: "thrown",
  message: "Uncaught Error: no\n    at handler (../convex/a.ts:1:2)",
} as const;

test("development tells the developer everything", () => {
  expect(clientFailure(thrown, "abc", "development")).toEqual({
    message: `[Request ID: abc] Server Error\n${thrown.message}`,
  });
  expect(clientLogLines({ ok: true, value: "1", logLines: ["hi"] }, "development")).toEqual(["hi"]);
});

test("production tells only the request id", () => {
  expect(clientFailure(thrown, "abc", "production")).toEqual({
    message: "[Request ID: abc] Server Error",
  });
  expect(clientLogLines({ ok: true, value: "1", logLines: ["hi"] }, "production")).toEqual([]);
});

test("the data of a ConvexError travels in both modes", () => {
  const failure = { ...thrown, data: '{"code":"full"}' };
  expect(clientFailure(failure, "abc", "production")).toEqual({
    message: "[Request ID: abc] Server Error",
    data: '{"code":"full"}',
  });
  expect(clientFailure(failure, "abc", "development").data).toBe('{"code":"full"}');
});

test("a missing function is named as Convex names it", () => {
  expect(missingFunction("", "x:y")).toEqual({
    code: "notFound",
    message:
      "Could not find public function for 'x:y'. Did you forget to run `npx convex dev` or `npx convex deploy`?",
  });
  expect(missingFunction("", "x:default").message).toContain("for 'x'.");
  expect(missingFunction("child", "x:y").message).toContain("for 'x:y' in component 'child'.");
});
