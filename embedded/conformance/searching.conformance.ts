import { expect, test } from "vitest";
import { api } from "../testing/fixture/convex/_generated/api";
import { describeConformance, expectDifference } from "./adapter.ts";

const notes = [
  { title: "reading", body: "Reading goals for the autumn term", owner: "ada", pinned: true },
  { title: "maths", body: "Maths: goals, and goals again!", owner: "ada" },
  { title: "speech", body: "Speech therapy notes", owner: "grace", pinned: false },
  { title: "read", body: "She can read aloud", owner: "grace" },
];

export default describeConformance("text search", (deployment) => {
  const add = () => deployment.mutation(api.searching.addNotes, { notes });
  const search = async (
    text: string,
    filter: { owner?: string; pinned?: boolean; take?: number } = {},
  ) => deployment.query(api.searching.searchNotes, { text, ...filter });
  const found = async (...args: Parameters<typeof search>) => (await search(...args)).sort();

  test("finds whole words whatever their case", async () => {
    await add();
    expect(await found("THERAPY")).toEqual(["speech"]);
    expect(await found("goals")).toEqual(["maths", "reading"]);
    expect(await found("absent")).toEqual([]);
  });

  test("words are separated by punctuation too", async () => {
    await add();
    await expectDifference(deployment, "search splits words at blanks only", {
      embedded: async () => expect(await found("again notes")).toEqual(["maths", "speech"]),
      convexTest: async () => {
        expect(await found("maths:")).toEqual(["maths"]);
        expect(await found("goals again?")).toEqual(["maths", "reading"]);
      },
    });
  });

  test("any of the words suffices", async () => {
    await add();
    expect(await found("therapy autumn")).toEqual(["reading", "speech"]);
  });

  test("the last word matches as a prefix", async () => {
    await add();
    expect(await found("rea")).toEqual(["read", "reading"]);
    expect(await found("therapy autu")).toEqual(["reading", "speech"]);
  });

  test("the words before the last one match whole", async () => {
    await add();
    await expectDifference(deployment, "search takes every word as a prefix", {
      embedded: async () => expect(await found("ther autumn")).toEqual(["reading"]),
      convexTest: async () => expect(await found("ther autumn")).toEqual(["reading", "speech"]),
    });
  });

  test("better matches come first", async () => {
    await add();
    await deployment.mutation(api.searching.addNotes, {
      notes: [{ title: "best", body: "therapy speech therapy speech", owner: "x" }],
    });
    const titles = await search("therapy speech");
    await expectDifference(deployment, "search does not rank", {
      embedded: () => {
        expect(titles).toEqual(["best", "speech"]);
      },
      convexTest: () => {
        expect(titles).toEqual(["speech", "best"]);
      },
    });
  });

  test("of equally good matches the newest comes first", async () => {
    await deployment.mutation(api.searching.addNotes, {
      notes: ["oldest", "middle", "newest"].map((title) => ({
        title,
        body: "the very same words",
        owner: "x",
      })),
    });
    const titles = await search("words");
    await expectDifference(deployment, "search does not rank", {
      embedded: () => {
        expect(titles).toEqual(["newest", "middle", "oldest"]);
      },
      convexTest: () => {
        expect(titles).toEqual(["oldest", "middle", "newest"]);
      },
    });
  });

  test("filters on equal fields", async () => {
    await add();
    expect(await found("rea", { owner: "grace" })).toEqual(["read"]);
    expect(await found("goals", { owner: "ada", pinned: true })).toEqual(["reading"]);
    expect(await found("goals", { owner: "grace" })).toEqual([]);
    expect(await found("speech", { pinned: false })).toEqual(["speech"]);
  });

  test("take limits", async () => {
    await add();
    expect(await search("goals", { take: 1 })).toHaveLength(1);
  });

  test("follows changes and deletions", async () => {
    const ids = await add();
    const [reading, maths] = ids;
    if (reading === undefined || maths === undefined) throw new Error("ids expected");
    await deployment.mutation(api.searching.rewriteNote, { id: reading, body: "Something else" });
    await deployment.mutation(api.searching.deleteNote, { id: maths });
    expect(await found("goals")).toEqual([]);
    expect(await found("something")).toEqual(["reading"]);
  });

  test("a transaction finds what it wrote itself", async () => {
    expect(
      await deployment.mutation(api.searching.addAndSearch, {
        body: "written a moment ago",
        text: "moment",
      }),
    ).toEqual(["own"]);
  });

  test("pages of results join", async () => {
    await deployment.mutation(api.searching.addNotes, {
      notes: Array.from({ length: 7 }, (_, i) => ({
        title: `n${i}`,
        body: "same words everywhere",
        owner: "x",
      })),
    });
    const seen: string[] = [];
    let cursor: string | null = null;
    for (;;) {
      const result: { page: string[]; isDone: boolean; continueCursor: string } =
        await deployment.query(api.searching.paginateNotes, {
          text: "words",
          paginationOpts: { numItems: 3, cursor },
        });
      seen.push(...result.page);
      if (result.isDone) break;
      cursor = result.continueCursor;
    }
    expect(seen.sort()).toEqual(["n0", "n1", "n2", "n3", "n4", "n5", "n6"]);
  });

  test("a search for no word finds nothing", async () => {
    await add();
    expect(await found("  ")).toEqual([]);
  });
});
