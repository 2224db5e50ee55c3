/// <reference types="vite/client" />
import { beforeEach, describe, expect, test } from "vitest";
import { api } from "./_generated/api";
import type { FunctionArgs } from "convex/server";
import type { Id } from "./_generated/dataModel";
import { as } from "./testing/sessions.helpers";
import { type Actor, buildWorld, newApp, type TestApp, type World } from "./testing/world.helpers";

type Place = FunctionArgs<typeof api.bank.addItem>["place"];
type Item = FunctionArgs<typeof api.bank.addItem>["item"];

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
});

const phrase = (text: string, more: Partial<Item> = {}): Item => ({
  ...{ kind: "phrase", language: "en", area: "strengths", title: "", text },
  ...more,
});
let counter = 0;
const add = (actor: Actor, place: Place, item: Item): Promise<Id<"bankItems">> =>
  as(app, actor).mutation(api.bank.addItem, {
    ...{ place, item, clientMutationId: `item-${String((counter += 1))}` },
  });
const list = async (
  actor: Actor,
  place: Place,
  more: Partial<FunctionArgs<typeof api.bank.listItems>> = {},
) => {
  const { page } = await as(app, actor).query(api.bank.listItems, {
    ...{ place, kind: "phrase", language: "en", search: "", isActive: true },
    paginationOpts: { numItems: 50, cursor: null },
    ...more,
  });
  return page.map(({ text }) => text);
};
const refused = (code: string) => ({ data: { code } });

describe("whose bank it is", () => {
  test("one's own is read and written by nobody else, not even by administrators", async () => {
    const mine = world.users.caseManager;
    const id = await add("caseManager", mine, phrase("Works well in pairs"));
    expect(await list("caseManager", mine)).toEqual(["Works well in pairs"]);
    for (const other of ["teamTeacher", "schoolAdmin", "districtAdmin"] as const) {
      await expect(list(other, mine)).rejects.toMatchObject(refused("NOT_FOUND"));
      await expect(add(other, mine, phrase("x"))).rejects.toMatchObject(refused("NOT_FOUND"));
      const retire = { itemId: id, retired: true };
      await expect(as(app, other).mutation(api.bank.retireItem, retire)).rejects.toMatchObject(
        refused("NOT_FOUND"),
      );
    }
  });

  test("the district is no school of itself: its bank has one name", async () => {
    const { _id } = await as(app, "districtAdmin").query(api.organizations.getOrganization);
    await expect(add("districtAdmin", _id, phrase("x"))).rejects.toMatchObject(
      refused("NOT_FOUND"),
    );
  });

  test("a school's is written by its administrators and read by its staff", async () => {
    const { schoolId, sisterSchoolId } = world.own;
    await add("schoolAdmin", schoolId, phrase("Of the school"));
    expect(await list("teamTeacher", schoolId)).toEqual(["Of the school"]);
    expect(await list("districtAdmin", schoolId)).toEqual(["Of the school"]);
    await expect(add("caseManager", schoolId, phrase("x"))).rejects.toMatchObject(
      refused("FORBIDDEN"),
    );
    await expect(add("schoolAdmin", sisterSchoolId, phrase("x"))).rejects.toMatchObject(
      refused("NOT_FOUND"),
    );
    await expect(list("movedTeacher", schoolId)).rejects.toMatchObject(refused("NOT_FOUND"));
  });

  test("what a person can choose from says where they write", async () => {
    const banks = async (actor: Actor) =>
      (await as(app, actor).query(api.bank.listBanks, {})).map(({ scope, name, canWrite }) => [
        ...[scope, name, canWrite],
      ]);
    expect(await banks("caseManager")).toEqual([
      ["personal", "", true],
      ["school", "First School", false],
      ["district", "Own District", false],
    ]);
    expect(await banks("sisterAdmin")).toEqual([
      ["personal", "", true],
      ["school", "Sister School", true],
      ["district", "Own District", false],
    ]);
    expect((await banks("districtAdmin")).every(([, , canWrite]) => canWrite)).toBe(true);
    expect(await banks("specialist")).toHaveLength(4);
  });
});

describe("what it holds", () => {
  test("is in the order of areas and names, narrowed by area, language and search", async () => {
    const mine = world.users.caseManager;
    await add("caseManager", mine, phrase("Zeal for maps"));
    await add("caseManager", mine, phrase("Likes to draw", { title: "Art" }));
    await add("caseManager", mine, phrase("The family asks for calls", { area: "parentConcerns" }));
    await add("caseManager", mine, phrase("Dibuja mucho", { language: "es" }));
    expect(await list("caseManager", mine)).toEqual([
      ...["The family asks for calls", "Likes to draw", "Zeal for maps"],
    ]);
    expect(await list("caseManager", mine, { area: "strengths" })).toHaveLength(2);
    expect(await list("caseManager", mine, { language: "es" })).toEqual(["Dibuja mucho"]);
    expect(await list("caseManager", mine, { search: "ÁRT" })).toEqual(["Likes to draw"]);
    expect(await list("caseManager", mine, { search: "map" })).toEqual(["Zeal for maps"]);
    expect(await list("caseManager", mine, { search: "family", area: "strengths" })).toEqual([]);
    expect(await list("caseManager", mine, { kind: "accommodation" })).toEqual([]);
  });

  test("is retired and comes back; a change in two windows is noticed; the same request again adds nothing", async () => {
    const mine = world.users.caseManager;
    const me = as(app, "caseManager");
    const request = { place: mine, item: phrase("Once"), clientMutationId: "same" };
    const itemId = await me.mutation(api.bank.addItem, request);
    expect(await me.mutation(api.bank.addItem, request)).toBe(itemId);
    const admin = as(app, "schoolAdmin");
    const elsewhere = { ...request, place: world.own.schoolId };
    const copyId = await admin.mutation(api.bank.addItem, elsewhere);
    expect(copyId).not.toBe(itemId);
    expect(await admin.mutation(api.bank.addItem, elsewhere)).toBe(copyId);
    await me.mutation(api.bank.editItem, { itemId, item: phrase("Twice"), expectedVersion: 1 });
    await expect(
      me.mutation(api.bank.editItem, { itemId, item: phrase("x"), expectedVersion: 1 }),
    ).rejects.toMatchObject(refused("CONFLICT"));
    await me.mutation(api.bank.retireItem, { itemId, retired: true });
    expect(await list("caseManager", mine)).toEqual([]);
    expect(await list("caseManager", mine, { isActive: false })).toEqual(["Twice"]);
    await me.mutation(api.bank.retireItem, { itemId, retired: false });
    expect(await list("caseManager", mine, { search: "twice" })).toEqual(["Twice"]);
  });

  test("a goal says how it is measured, nothing else does, and an area is one of its kind", async () => {
    const mine = world.users.caseManager;
    const measure = {
      kind: "trials",
      direction: "increase",
      unit: "",
      criterion: "in 4 of 5",
    } as const;
    const wrong = async (item: Item, field: string) =>
      expect(add("caseManager", mine, item)).rejects.toMatchObject({
        data: { code: "INVALID", problems: [{ field }] },
      });
    await wrong(phrase("x", { kind: "goal", area: "academic" }), "measure");
    await wrong(phrase("x", { measure }), "measure");
    await wrong(phrase("x", { area: "academic" }), "area");
    await wrong(phrase(" "), "text");
    const goal = phrase("{student} will read", { kind: "goal", area: "academic", measure });
    await add("caseManager", mine, goal);
    expect(await list("caseManager", mine, { kind: "goal" })).toEqual(["{student} will read"]);
  });
});
