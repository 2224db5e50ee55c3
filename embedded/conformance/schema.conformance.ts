import { expect, test } from "vitest";
import { api } from "../testing/fixture/convex/_generated/api";
import { describeConformance, expectDifference, expectRefusal } from "./adapter.ts";

const good = { name: "Ada", email: "a@b.example", role: "teacher", active: true };
const schemaError = { embedded: /does not match the schema/, convexTest: /Validator error/ };

export default describeConformance("schema", (deployment) => {
  const insert = (fields: Record<string, unknown>) =>
    deployment.mutation(api.documents.insertPerson, { fields });

  test("a document with every kind of field is stored", async () => {
    const manager = await insert(good);
    const fields = {
      ...good,
      role: 7,
      age: 1.5,
      tags: ["a", "b"],
      address: { city: "c", zip: "z" },
      manager,
      scores: { maths: 1, "a key": 2 },
      serial: 5n,
      portrait: new Uint8Array([1, 2]).buffer,
      nothing: null,
      anything: [{ deep: 1n }],
    };
    const id = await insert(fields);
    expect(await deployment.query(api.documents.getPerson, { id })).toMatchObject(fields);
  });

  test.each<[string, Record<string, unknown>]>([
    ["a missing field", { name: undefined }],
    ["a field of another type", { name: 1 }],
    ["an extra field", { unknown: 1 }],
    ["another literal", { role: "pupil" }],
    ["null for an optional field", { age: null }],
    ["a wrong element", { tags: ["a", 1] }],
    ["a missing inner field", { address: { zip: "z" } }],
    ["an extra inner field", { address: { city: "c", street: "s" } }],
    ["a float for an int64", { serial: 5 }],
    ["an id of no table", { manager: "nonsense" }],
  ])("%s is refused", async (_, change) => {
    await expectRefusal(deployment, insert({ ...good, ...change }), schemaError);
  });

  test("a wrong value in a record is refused", async () => {
    const call = insert({ ...good, scores: { maths: "1" } });
    await expectDifference(deployment, "records are not validated", {
      embedded: () => expectRefusal(deployment, call, schemaError),
      convexTest: async () => {
        expect(await call).toBeTypeOf("string");
      },
    });
  });

  test("an id of another table is refused", async () => {
    const manager = await deployment.mutation(api.values.save, { key: "k" });
    await expectRefusal(deployment, insert({ ...good, manager }), schemaError);
  });

  test("patch and replace are checked as a whole", async () => {
    const id = await insert(good);
    await expectRefusal(
      deployment,
      deployment.mutation(api.documents.patchPerson, { id, fields: { age: "old" } }),
      schemaError,
    );
    await expectRefusal(
      deployment,
      deployment.mutation(api.documents.replacePerson, { id, fields: { name: "only" } }),
      schemaError,
    );
    expect(await deployment.query(api.documents.getPerson, { id })).toMatchObject(good);
  });

  test("a table of a union takes each of its shapes and no mixture", async () => {
    const shape = (fields: Record<string, unknown>) =>
      deployment.mutation(api.documents.insertShape, { fields });
    await shape({ kind: "circle", radius: 1 });
    await shape({ kind: "square", side: 1 });
    await expectRefusal(deployment, shape({ kind: "circle", side: 1 }), schemaError);
    await expectRefusal(deployment, shape({ kind: "circle", radius: 1, side: 1 }), schemaError);
  });

  test("system fields cannot be inserted", async () => {
    for (const fields of [{ _id: "x" }, { _creationTime: 1 }]) {
      await expect(insert({ ...good, ...fields })).rejects.toThrow();
    }
  });
});
