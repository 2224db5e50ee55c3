import { getSchema } from "@tiptap/core";
import type { Schema } from "@tiptap/pm/model";
import { expect, test } from "vitest";
import { sectionSchema } from "../../convex/editor/schema";
import { sectionExtensions } from "./extensions";

/** What decides which documents there are, and how they look as JSON. */
function grammarOf({ nodes, marks }: Schema) {
  return {
    nodes: Object.fromEntries(
      Object.values(nodes)
        .map((type) => {
          const { content, group, marks: allowed, attrs, inline } = type.spec;
          return [
            type.name,
            {
              ...{ content: content ?? "", group: group ?? "", allowed, inline: inline ?? false },
              defaults: defaultsOf(attrs),
            },
          ] as const;
        })
        .sort(([a], [b]) => a.localeCompare(b)),
    ),
    marks: Object.values(marks).map((type) => ({
      ...{ name: type.name, inclusive: type.spec.inclusive ?? true, excludes: type.spec.excludes },
      defaults: defaultsOf(type.spec.attrs),
    })),
  };
}

const defaultsOf = (attrs: Record<string, { default?: unknown }> | null | undefined) =>
  Object.fromEntries(
    Object.entries(attrs ?? {}).map(([name, spec]) => [
      name,
      "default" in spec && spec.default !== undefined ? spec.default : "required",
    ]),
  );

test("the editor's grammar is the server's: names, contents, attributes, and the order of marks", () => {
  expect(grammarOf(getSchema(sectionExtensions()))).toEqual(grammarOf(sectionSchema));
});
