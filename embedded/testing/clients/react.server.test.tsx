// @vitest-environment jsdom
/** `convex/react` in a browser's DOM. */
import { act, cleanup, render, screen } from "@testing-library/react";
import {
  ConvexProvider,
  ConvexReactClient,
  useAction,
  useMutation,
  usePaginatedQuery,
  useQueries,
  useQuery,
} from "convex/react";
import { type ReactNode, useMemo } from "react";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { api } from "../fixture/convex/_generated/api";
import { useFixtureServer } from "../fixtureServer.ts";
import { until } from "../waiting.ts";

const server = useFixtureServer();
let client: ConvexReactClient;

beforeEach(() => {
  client = new ConvexReactClient(server().url, {
    logger: false,
    unsavedChangesWarning: false,
    webSocketConstructor: WebSocket as unknown as typeof globalThis.WebSocket,
  });
});

afterEach(async () => {
  cleanup();
  await client.close();
});

let rooms = 0;
const newRoom = () => `room ${rooms++}`;
const show = (children: ReactNode) =>
  render(<ConvexProvider client={client}>{children}</ConvexProvider>);
const send = (room: string, position: number, text = `m${position}`) =>
  client.mutation(api.conversations.send, { room, position, text });
/** Waits until the element with this test id shows the text. */
const shows = (id: string, text: string) =>
  until(
    () => screen.queryByTestId(id)?.textContent ?? null,
    (content) => content === text,
  );

describe("useQuery", () => {
  function Messages({ room }: { room: string }) {
    const messages = useQuery(api.conversations.list, { room });
    return <p data-testid="messages">{messages === undefined ? "loading" : messages.join(" ")}</p>;
  }

  test("loads, then follows", async () => {
    const room = newRoom();
    show(<Messages room={room} />);
    expect(screen.getByTestId("messages").textContent).toBe("loading");
    await shows("messages", "");
    await send(room, 1);
    await send(room, 2);
    await shows("messages", "m1 m2");
  });

  test("follows its arguments", async () => {
    const [first, second] = [newRoom(), newRoom()];
    await send(first, 1, "first");
    await send(second, 1, "second");
    const { rerender } = show(<Messages room={first} />);
    await shows("messages", "first");
    rerender(
      <ConvexProvider client={client}>
        <Messages room={second} />
      </ConvexProvider>,
    );
    await shows("messages", "second");
  });

  test("skips", async () => {
    function Skipped() {
      const messages = useQuery(api.conversations.list, "skip");
      return <p data-testid="skipped">{messages === undefined ? "nothing" : "something"}</p>;
    }
    show(
      <>
        <Skipped />
        <Messages room={newRoom()} />
      </>,
    );
    await shows("messages", "");
    expect(screen.getByTestId("skipped").textContent).toBe("nothing");
  });
});

describe("useQueries", () => {
  test("shows several at once, an error among them", async () => {
    const room = newRoom();
    await send(room, 1);
    function Several() {
      const queries = useMemo(
        () => ({
          good: { query: api.conversations.list, args: { room } },
          bad: { query: api.errors.throwPlainFromQuery, args: { message: "no" } },
        }),
        [],
      );
      const results = useQueries(queries);
      const good = results.good as string[] | undefined;
      const bad = results.bad as Error | undefined;
      return (
        <p data-testid="several">
          {good?.join(" ") ?? "loading"}, {bad instanceof Error ? "failed" : "loading"}
        </p>
      );
    }
    show(<Several />);
    await shows("several", "m1, failed");
  });
});

describe("useMutation and useAction", () => {
  test("a mutation with an optimistic update never flickers", async () => {
    const room = newRoom();
    const renders: string[] = [];
    let sendNow: ((text: string) => Promise<unknown>) | undefined;
    function Chat() {
      const messages = useQuery(api.conversations.list, { room });
      const mutate = useMutation(api.conversations.send).withOptimisticUpdate((store, args) => {
        const list = store.getQuery(api.conversations.list, { room: args.room });
        if (list !== undefined) {
          store.setQuery(api.conversations.list, { room: args.room }, [...list, args.text]);
        }
      });
      sendNow = (text) => mutate({ room, position: 1, text });
      const text = messages?.join(" ") ?? "loading";
      if (renders.at(-1) !== text) renders.push(text);
      return <p data-testid="chat">{text}</p>;
    }
    show(<Chat />);
    await shows("chat", "");
    await act(async () => {
      await sendNow?.("hello");
    });
    await shows("chat", "hello");
    await send(room, 2, "again");
    await shows("chat", "hello again");
    expect(renders).toEqual(["loading", "", "hello", "hello again"]);
  });

  test("an action answers", async () => {
    let call: (() => Promise<string[]>) | undefined;
    function Caller() {
      const run = useAction(api.calls.fromAction);
      call = () => run({ text: "t" });
      return <p data-testid="caller">ready</p>;
    }
    show(<Caller />);
    await shows("caller", "ready");
    expect(await call?.()).toEqual(["query t", "mutation t", "action t"]);
  });
});

describe("usePaginatedQuery", () => {
  /** All lists of positions that were ever on the screen. */
  function Pages({ room, renders }: { room: string; renders: number[][] }) {
    const { results, status, loadMore } = usePaginatedQuery(
      api.conversations.page,
      { room },
      { initialNumItems: 3 },
    );
    const positions = results.map((message) => message.position);
    if (renders.at(-1)?.join() !== positions.join()) renders.push(positions);
    return (
      <>
        <p data-testid="positions">{positions.join(" ")}</p>
        <p data-testid="status">{status}</p>
        <button
          data-testid="more"
          onClick={() => {
            loadMore(3);
          }}
        />
      </>
    );
  }
  const more = () => {
    act(() => {
      screen.getByTestId("more").click();
    });
  };
  /** No list was ever out of order or had a row twice. */
  function expectSound(renders: number[][]): void {
    for (const positions of renders) {
      expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
    }
  }

  test("loads page by page to the end", async () => {
    const room = newRoom();
    for (let i = 1; i <= 7; i++) await send(room, i * 10);
    const renders: number[][] = [];
    show(<Pages room={room} renders={renders} />);
    await shows("positions", "10 20 30");
    await shows("status", "CanLoadMore");
    more();
    await shows("positions", "10 20 30 40 50 60");
    more();
    await shows("positions", "10 20 30 40 50 60 70");
    await shows("status", "Exhausted");
    expectSound(renders);
  });

  test("rows that arrive before, inside and after a page leave no gap and no duplicate", async () => {
    const room = newRoom();
    for (let i = 1; i <= 7; i++) await send(room, i * 10);
    const renders: number[][] = [];
    show(<Pages room={room} renders={renders} />);
    await shows("positions", "10 20 30");
    more();
    await shows("positions", "10 20 30 40 50 60");
    await send(room, 5);
    await shows("positions", "5 10 20 30 40 50 60");
    await send(room, 25);
    await shows("positions", "5 10 20 25 30 40 50 60");
    await send(room, 35);
    await shows("positions", "5 10 20 25 30 35 40 50 60");
    await send(room, 65);
    await send(room, 45);
    await shows("positions", "5 10 20 25 30 35 40 45 50 60");
    more();
    await shows("positions", "5 10 20 25 30 35 40 45 50 60 65 70");
    await shows("status", "Exhausted");
    await send(room, 80);
    await shows("positions", "5 10 20 25 30 35 40 45 50 60 65 70 80");
    expectSound(renders);
  });

  test("rows that go leave no gap, the last of a page included", async () => {
    const room = newRoom();
    const ids = [];
    for (let i = 1; i <= 7; i++) ids.push(await send(room, i * 10));
    const renders: number[][] = [];
    show(<Pages room={room} renders={renders} />);
    await shows("positions", "10 20 30");
    more();
    await shows("positions", "10 20 30 40 50 60");
    const third = ids[2];
    const fourth = ids[3];
    if (third === undefined || fourth === undefined) throw new Error("ids expected");
    await client.mutation(api.conversations.remove, { id: third });
    await shows("positions", "10 20 40 50 60");
    await client.mutation(api.conversations.remove, { id: fourth });
    await shows("positions", "10 20 50 60");
    more();
    await shows("positions", "10 20 50 60 70");
    expectSound(renders);
  });

  test("a page that grows far is split, and stays whole", async () => {
    const room = newRoom();
    for (let i = 1; i <= 4; i++) await send(room, i * 1000);
    const renders: number[][] = [];
    show(<Pages room={room} renders={renders} />);
    await shows("positions", "1000 2000 3000");
    const added = Array.from({ length: 40 }, (_, i) => 1001 + i);
    await Promise.all(added.map((position) => send(room, position)));
    await shows("positions", [1000, ...added, 2000, 3000].join(" "));
    expectSound(renders);
  });
});
