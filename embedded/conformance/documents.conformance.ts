import { expect, test } from "vitest";
import { api } from "../testing/fixture/convex/_generated/api";
import type { Id } from "../testing/fixture/convex/_generated/dataModel";
import { describeConformance, expectRefusal } from "./adapter.ts";

const ada = { name: "Ada", email: "ada@school.example", role: "teacher", active: true } as const;

export default describeConformance("documents", (deployment) => {
  const insert = (fields: Record<string, unknown> = ada) =>
    deployment.mutation(api.documents.insertPerson, { fields });

  test("insert gives an id and a creation time", async () => {
    const before = Date.now();
    const id = await insert();
    const person = await deployment.query(api.documents.getPerson, { id });
    expect(person).toEqual({ ...ada, _id: id, _creationTime: expect.any(Number) as number });
    expect(person?._creationTime).toBeGreaterThan(before - 1000);
    expect(person?._creationTime).toBeLessThan(Date.now() + 1000);
  });

  test("creation times grow in the order of the inserts", async () => {
    for (let i = 0; i < 5; i++) await insert();
    const times = await deployment.query(api.documents.creationTimes);
    expect(times).toHaveLength(5);
    expect(new Set(times).size).toBe(5);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test("get of a deleted document is null", async () => {
    const id = await insert();
    expect(await deployment.mutation(api.documents.deletePerson, { id })).toBeNull();
    expect(await deployment.query(api.documents.getPerson, { id })).toBeNull();
  });

  test("get with the table's name finds the document", async () => {
    const id = await insert();
    const found = await deployment.query(api.documents.getByAnyId, { id, table: "people" });
    expect(found).toMatchObject(ada);
  });

  test("get with another table's name than the id's is refused", async () => {
    const id = await deployment.mutation(api.values.save, { key: "a thing" });
    await expectRefusal(
      deployment,
      deployment.query(api.documents.getByAnyId, { id, table: "people" }),
      /people/,
    );
  });

  test("normalizeId knows the table's ids only", async () => {
    const person = await insert();
    const thing = await deployment.mutation(api.values.save, { key: "a thing" });
    const normalize = (text: string) => deployment.query(api.documents.normalizePersonId, { text });
    expect(await normalize(person)).toBe(person);
    expect(await normalize(thing)).toBeNull();
    expect(await normalize("")).toBeNull();
    expect(await normalize("no id at all!")).toBeNull();
  });

  test("patch merges the top level and leaves the rest", async () => {
    const id = await insert({ ...ada, age: 36, address: { city: "London", zip: "W1" } });
    const patched = await deployment.mutation(api.documents.patchPerson, {
      id,
      fields: { age: 37, address: { city: "Paris" } },
    });
    expect(patched).toMatchObject({ ...ada, age: 37 });
    expect(patched?.address).toEqual({ city: "Paris" });
  });

  test("patch with undefined removes the field", async () => {
    const id = await insert({ ...ada, age: 36 });
    const patched = await deployment.mutation(api.documents.removePersonField, {
      id,
      field: "age",
    });
    expect(patched).toMatchObject(ada);
    expect(patched).not.toHaveProperty("age");
  });

  test("patch may not remove a required field", async () => {
    const id = await insert();
    await expect(
      deployment.mutation(api.documents.removePersonField, { id, field: "name" }),
    ).rejects.toThrow();
    expect(await deployment.query(api.documents.getPerson, { id })).toMatchObject(ada);
  });

  test("patch and replace accept the document's own system fields", async () => {
    const id = await insert();
    const person = await deployment.query(api.documents.getPerson, { id });
    const whole = { ...person, age: 1 };
    expect(await deployment.mutation(api.documents.patchPerson, { id, fields: whole })).toEqual(
      whole,
    );
    const other = { ...person, age: 2 };
    expect(await deployment.mutation(api.documents.replacePerson, { id, fields: other })).toEqual(
      other,
    );
  });

  test("patch and replace refuse other system fields", async () => {
    const id = await insert();
    const other = await insert();
    for (const fields of [{ _id: other }, { _creationTime: 1 }]) {
      await expect(deployment.mutation(api.documents.patchPerson, { id, fields })).rejects.toThrow(
        /does not match/,
      );
      await expect(
        deployment.mutation(api.documents.replacePerson, { id, fields: { ...ada, ...fields } }),
      ).rejects.toThrow(/does not match/);
    }
  });

  test("replace drops the fields that it does not name", async () => {
    const id = await insert({ ...ada, age: 36, tags: ["a"] });
    const created = (await deployment.query(api.documents.getPerson, { id }))?._creationTime;
    const fields = { ...ada, name: "Grace" };
    const replaced = await deployment.mutation(api.documents.replacePerson, { id, fields });
    expect(replaced).toEqual({ ...fields, _id: id, _creationTime: created });
  });

  test("writing a document that is gone is refused", async () => {
    const id = await insert();
    await deployment.mutation(api.documents.deletePerson, { id });
    await expectRefusal(
      deployment,
      deployment.mutation(api.documents.patchPerson, { id, fields: { age: 1 } }),
      { embedded: /nonexistent document/, convexTest: /non-existent document/ },
    );
    await expectRefusal(
      deployment,
      deployment.mutation(api.documents.replacePerson, { id, fields: ada }),
      { embedded: /nonexistent document/, convexTest: /non-existent document/ },
    );
    await expectRefusal(deployment, deployment.mutation(api.documents.deletePerson, { id }), {
      embedded: /nonexistent document/,
      convexTest: /non-existent doc/,
    });
  });

  test("writing through another table's id is refused", async () => {
    const id: string = await deployment.mutation(api.values.save, { key: "a thing" });
    await expect(deployment.mutation(api.documents.patchWithWrongTable, { id })).rejects.toThrow();
    expect(await deployment.query(api.values.load, { key: "a thing" })).toBeNull();
  });

  test("an argument that must be an id of the table is checked", async () => {
    const thing: string = await deployment.mutation(api.values.save, { key: "a thing" });
    await expect(
      deployment.query(api.documents.getPerson, { id: thing as Id<"people"> }),
    ).rejects.toThrow();
    await expect(
      deployment.query(api.documents.getPerson, { id: "nonsense" as Id<"people"> }),
    ).rejects.toThrow();
  });

  test("a transaction sees its own inserts, patches, replaces and deletes", async () => {
    expect(await deployment.mutation(api.documents.writeAndReadBack)).toEqual([
      { name: "first", count: 10 },
      { name: "third", count: 30 },
    ]);
  });

  test("rows may be deleted while a query iterates over them", async () => {
    for (const name of ["a", "b", "c"]) {
      await deployment.mutation(api.transactions.incrementCounter, { name });
    }
    expect(await deployment.mutation(api.documents.deleteWhileIterating)).toEqual({
      seen: ["a", "b", "c"],
      left: 0,
    });
  });

  test("a table without fields of its own takes any object", async () => {
    const id = await deployment.mutation(api.documents.insertDraft, {
      fields: { any: { thing: [1n, "x"] } },
    });
    expect(await deployment.query(api.documents.getByAnyId, { id })).toMatchObject({
      any: { thing: [1n, "x"] },
    });
  });
});
