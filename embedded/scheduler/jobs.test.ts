import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  cancelJob,
  dueJobs,
  failInterruptedActions,
  finishJob,
  loadJob,
  nextDue,
  postponeJob,
  pruneJobs,
  scheduleJob,
  startJob,
} from "./jobs.ts";
import { refOf, TestStore } from "./testStore.ts";

const NOW = Date.UTC(2030, 0, 1);
const DAY = 24 * 60 * 60 * 1000;

let store: TestStore;

beforeEach(() => {
  store = new TestStore(NOW);
});

afterEach(() => {
  store.close();
});

function schedule(
  over: {
    dueMs?: number;
    component?: string;
    owner?: string;
    parentJob?: string;
    args?: string;
  } = {},
): string {
  return store.commit((tx) =>
    scheduleJob(tx, {
      component: "",
      path: "messages:incr",
      args: '{"by":2}',
      dueMs: NOW,
      ...over,
    }),
  );
}

function due(now = store.now, limit = 100) {
  return store.commit((tx) => dueJobs(tx, now, limit));
}

describe("scheduling", () => {
  test("writes the document that Convex shows and a job that can be loaded", () => {
    const id = schedule({ dueMs: NOW + 5000 });
    expect(store.document(id)).toEqual({
      _id: id,
      _creationTime: expect.any(Number) as number,
      name: "messages.js:incr",
      args: [{ by: 2 }],
      scheduledTime: NOW + 5000,
      state: { kind: "pending" },
    });
    const job = store.commit((tx) => loadJob(tx, refOf(id)));
    expect(job).toEqual({
      ...refOf(id),
      id,
      state: "pending",
      component: "",
      path: "messages:incr",
      args: '{"by":2}',
    });
    expect(store.commit(nextDue)).toBe(NOW + 5000);
    expect(due()).toEqual([]);
    expect(due(NOW + 5000)).toEqual([refOf(id)]);
  });

  test("keeps times as they were meant when they came as seconds", () => {
    const meant = 1_900_000_000_123;
    expect(store.document(schedule({ dueMs: (meant / 1000) * 1000 }))?.scheduledTime).toBe(meant);
  });

  test("the past is now, in the order of scheduling; then by time", () => {
    const later = schedule({ dueMs: NOW + 1 });
    const first = schedule({ dueMs: NOW });
    const past = schedule({ dueMs: NOW - DAY });
    const same = schedule({ dueMs: NOW });
    expect(due(NOW + 1)).toEqual([first, past, same, later].map(refOf));
    expect(due(NOW + 1, 2)).toEqual([first, past].map(refOf));
    expect(store.document(past)?.scheduledTime).toBe(NOW - DAY);
    expect(store.commit(nextDue)).toBe(NOW);
  });

  test.each([NaN, Infinity, NOW + 6 * 365 * DAY, NOW - 6 * 365 * DAY])(
    "refuses the time %s",
    (dueMs) => {
      expect(() => schedule({ dueMs })).toThrow(/five years/);
      expect(store.commit(nextDue)).toBeNull();
    },
  );

  test("the document stands with who schedules, the function runs where it is", () => {
    const id = schedule({ owner: "", component: "aggregate" });
    expect(store.commit((tx) => tx.catalog.tableByNumber(refOf(id).table)?.component)).toBe("");
    expect(store.commit((tx) => loadJob(tx, refOf(id)))?.component).toBe("aggregate");
  });

  test("goes with a rolled back transaction", () => {
    expect(() =>
      store.commit((tx) => {
        scheduleJob(tx, { component: "", path: "a:b", args: "{}", dueMs: NOW });
        throw new Error("no");
      }),
    ).toThrow("no");
    expect(store.commit(nextDue)).toBeNull();
  });
});

describe("running", () => {
  test("pending, in progress, success", () => {
    const id = schedule();
    expect(store.commit((tx) => startJob(tx, refOf(id)))).toBe(true);
    expect(store.state(id)).toEqual({ kind: "inProgress" });
    expect(due()).toEqual([]);
    expect(store.commit((tx) => startJob(tx, refOf(id)))).toBe(false);
    store.now += 10;
    store.commit((tx) => finishJob(tx, refOf(id), { ok: true }));
    expect(store.document(id)).toMatchObject({
      state: { kind: "success" },
      completedTime: NOW + 10,
      scheduledTime: NOW,
    });
    store.commit((tx) => finishJob(tx, refOf(id), { ok: false, error: "late" }));
    expect(store.state(id)).toEqual({ kind: "success" });
    expect(store.commit(nextDue)).toBeNull();
  });

  test("a failure keeps its message", () => {
    const id = schedule();
    store.commit((tx) => {
      startJob(tx, refOf(id));
      finishJob(tx, refOf(id), { ok: false, error: "Uncaught Error: no" });
    });
    expect(store.state(id)).toEqual({ kind: "failed", error: "Uncaught Error: no" });
  });

  test("a crash in the middle of a mutation leaves it to run once", () => {
    const id = schedule();
    let runs = 0;
    const run = (tx: Parameters<typeof startJob>[0]) => {
      if (!startJob(tx, refOf(id))) return;
      tx.sql("INSERT INTO env VALUES(?, 'ran')", `run${String(runs++)}`);
      finishJob(tx, refOf(id), { ok: true });
    };
    store.crash(run);
    expect(due()).toEqual([refOf(id)]);
    store.commit(run);
    store.commit(run);
    expect(store.commit((tx) => tx.sql("SELECT count(*) AS n FROM env")[0]?.n)).toBe(1);
  });

  test("a crash in the middle of an action fails it, and only once", () => {
    const action = schedule();
    const waiting = schedule();
    store.commit((tx) => startJob(tx, refOf(action)));
    store.restart();
    expect(store.commit(failInterruptedActions)).toBe(1);
    expect(store.state(action)).toEqual({
      kind: "failed",
      error: "Transient error while executing action",
    });
    expect(store.state(waiting)).toEqual({ kind: "pending" });
    expect(store.commit(failInterruptedActions)).toBe(0);
    expect(due()).toEqual([refOf(waiting)]);
  });

  test("a job whose table is gone does not come up again", () => {
    const id = schedule({ component: "gone" });
    store.commit((tx) => tx.sql("DELETE FROM documents"));
    expect(due()).toEqual([refOf(id)]);
    expect(store.commit((tx) => loadJob(tx, refOf(id)))).toBeNull();
    expect(due()).toEqual([]);
  });

  test("postponed, it is due later and still shows its own time", () => {
    const id = schedule();
    store.commit((tx) => {
      postponeJob(tx, refOf(id), NOW + 700);
    });
    expect(store.commit(nextDue)).toBe(NOW + 700);
    expect(store.document(id)?.scheduledTime).toBe(NOW);
    store.commit((tx) => {
      startJob(tx, refOf(id));
      postponeJob(tx, refOf(id), NOW + 900);
    });
    expect(due(NOW + 1000)).toEqual([]);
  });
});

describe("canceling", () => {
  const cancel = (id: string, component = "") => {
    store.commit((tx) => {
      cancelJob(tx, component, id);
    });
  };

  test("what is pending never runs", () => {
    const id = schedule();
    cancel(id);
    expect(store.document(id)).toMatchObject({ state: { kind: "canceled" }, completedTime: NOW });
    expect(due()).toEqual([]);
    expect(store.commit((tx) => startJob(tx, refOf(id)))).toBe(false);
    expect(store.state(id)).toEqual({ kind: "canceled" });
  });

  test("an action in progress ends as canceled, and what it schedules afterwards is canceled", () => {
    const parent = schedule();
    store.commit((tx) => startJob(tx, refOf(parent)));
    const before = schedule({ parentJob: parent });
    cancel(parent);
    const after = schedule({ parentJob: parent, dueMs: NOW + DAY });
    store.commit((tx) => {
      finishJob(tx, refOf(parent), { ok: true });
    });
    expect(store.state(parent)).toEqual({ kind: "canceled" });
    expect(store.state(before)).toEqual({ kind: "pending" });
    expect(store.document(after)).toMatchObject({
      state: { kind: "canceled" },
      scheduledTime: NOW,
      completedTime: NOW,
    });
    expect(due(NOW + 2 * DAY)).toEqual([refOf(before)]);
  });

  test("what has ended stays as it is", () => {
    const id = schedule();
    store.commit((tx) => {
      startJob(tx, refOf(id));
      finishJob(tx, refOf(id), { ok: true });
    });
    cancel(id);
    expect(store.state(id)).toEqual({ kind: "success" });
  });

  test("only ids of the component's own scheduled functions are taken", () => {
    const id = schedule({ component: "child" });
    const other = store.commit((tx) => tx.insert(tx.ensureTable("", "notes"), {}));
    for (const wrong of ["", "nonsense", other, id])
      expect(() => {
        cancel(wrong);
      }).toThrow(/_scheduled_functions/);
    expect(store.state(id)).toEqual({ kind: "pending" });
    cancel(id, "child");
    expect(store.state(id)).toEqual({ kind: "canceled" });
  });
});

describe("forgetting", () => {
  test("what ended seven days ago goes, in steps, and nothing else", () => {
    const old = [schedule(), schedule(), schedule()];
    store.commit((tx) => {
      for (const id of old) cancelJob(tx, "", id);
    });
    store.now = NOW + DAY;
    const recent = schedule();
    store.commit((tx) => {
      cancelJob(tx, "", recent);
    });
    const pending = schedule({ dueMs: NOW + 30 * DAY });
    const running = schedule();
    store.commit((tx) => startJob(tx, refOf(running)));

    expect(store.commit((tx) => pruneJobs(tx, NOW + 7 * DAY - 1, 2))).toBe(NOW + 7 * DAY);
    expect(old.every((id) => store.document(id) !== undefined)).toBe(true);
    expect(store.commit((tx) => pruneJobs(tx, NOW + 7 * DAY, 2))).toBe(NOW + 7 * DAY);
    expect(old.filter((id) => store.document(id) !== undefined)).toHaveLength(1);
    expect(store.commit((tx) => pruneJobs(tx, NOW + 7 * DAY, 2))).toBe(NOW + 8 * DAY);
    expect(old.filter((id) => store.document(id) !== undefined)).toHaveLength(0);
    expect(store.commit((tx) => pruneJobs(tx, NOW + 90 * DAY, 10))).toBeNull();
    expect(store.document(recent)).toBeUndefined();
    expect(store.state(pending)).toEqual({ kind: "pending" });
    expect(store.state(running)).toEqual({ kind: "inProgress" });
  });
});
