// npm run bench:scale: what pages cost in a district of 20,000 students, against one of a hundredth of its size.
//
//   --students <n>   of the large district (default 20000); the small one has a hundredth
//   --points <n>     of each of a student's eight goals (default 50)
//   --minutes <n>    stops filling then, and says how far it came
//   --data <folder>  where both databases go and stay: the next run goes on filling where this one stopped
//                    (default: a temporary folder, removed at the end)
//
// The districts are written by the product's own writers in internal mutations (convex/jobs/scale.ts), so sealed fields,
// counts and standings are what they would be. Documents are what Convex counts for the transaction; milliseconds are
// those of the official client, over HTTP, the median of 40 calls; points are logged in turns, a hundred in each.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { ConvexError } from "convex/values";
import { startBackend } from "../../scripts/lib/backend.mjs";
import { authSecret, Deployment, masterKey } from "../../scripts/lib/deployment.mjs";
import { Processes } from "../../scripts/lib/processes.mjs";

const SCHOOLS = 40;
const CASELOAD = 20;
/** Students of one mutation. */
const AT_ONCE = 1;
const ROUNDS = 40;
const LOGS = 100;
const LOG = "log a point";
const GIGABYTE = 1024 ** 3;
const MOST_BYTES = 20 * GIGABYTE;

const { values } = parseArgs({
  options: {
    students: { type: "string", default: "20000" },
    points: { type: "string", default: "50" },
    minutes: { type: "string", default: "600" },
    data: { type: "string" },
  },
});
const students = Number(values.students);
const pointsPerGoal = Number(values.points);
const folder = values.data ?? mkdtempSync(join(tmpdir(), "bench-scale-"));
const number = (value) => value.toLocaleString("en");

const call = (_kind, path) => makeFunctionReference(path);

class District {
  constructor(processes, data) {
    this.processes = processes;
    this.data = data;
  }

  async start() {
    mkdirSync(this.data, { recursive: true });
    const secrets = [await authSecret(this.data), await masterKey(this.data)];
    this.backend = await startBackend(this.processes, {
      ...{ data: this.data, backendPort: 0, sitePort: 0, mode: "production" },
    });
    const deployment = new Deployment(this.processes, this.backend, this.data);
    await deployment.setVariables({
      BETTER_AUTH_SECRET: secrets[0],
      TRELLIS_MASTER_KEY: secrets[1],
      SITE_URL: "http://localhost",
    });
    await deployment.push(console.log);
    this.admin = this.client();
  }

  /** The deployment's administrator, or a person of the district by the deployment's key. */
  client(subject) {
    const client = new ConvexHttpClient(this.backend.url, { logger: false });
    if (subject === undefined) client.setAdminAuth(this.backend.adminKey);
    else
      client.setAdminAuth(this.backend.adminKey, {
        ...{ subject, issuer: "https://scale.example", sessionId: `session-${subject}` },
        email: `${subject}@scale.example`,
      });
    return client;
  }

  /** On a busy machine a mutation may take longer than Convex allows; it has done nothing then, or is done once. */
  async run(path, args, tries = 20) {
    try {
      return await this.admin.mutation(call("mutation", path), args, { skipQueue: true });
    } catch (error) {
      if (tries === 0) throw error;
      if (/fetch failed/.test(String(error))) await this.start();
      else if (!/timed out/.test(String(error))) throw error;
      return this.run(path, args, tries - 1);
    }
  }

  /** @returns how many students it has, fewer than wanted if time or disk ran out */
  async fill(wanted, until) {
    const file = join(this.data, "filled.json");
    const state = readState(file) ?? {
      district: await this.run("jobs/scale:createDistrict", {
        ...{ schools: SCHOOLS, teachers: Math.max(1, Math.ceil(wanted / CASELOAD)) },
      }),
      done: 0,
    };
    const { district } = state;
    const [before, begun, first] = [freeBytes(this.data), performance.now(), state.done];
    while (state.done < wanted && Date.now() < until) {
      if (before - freeBytes(this.data) > MOST_BYTES) break;
      const count = Math.min(AT_ONCE, wanted - state.done);
      await this.run("jobs/scale:fillDistrict", {
        ...{ ...district, from: state.done, count, pointsPerGoal },
      });
      state.done += count;
      writeFileSync(file, JSON.stringify(state));
      if (state.done % 50 !== 0) continue;
      const pace = ((state.done - first) * 8 * pointsPerGoal * 1000) / (performance.now() - begun);
      console.log(
        `  ${number(state.done)} of ${number(wanted)} students, ${number(Math.round(pace))} points a second`,
      );
    }
    this.district = district;
    return state.done;
  }

  async measure() {
    const { district } = this;
    const { goalId } = await this.run("jobs/scale:deepenGoal", { ...district, points: 200 });
    const teacher = this.client("scale-teacher-0");
    const admin = this.client("scale-admin");
    const [schoolId] = district.schools;
    // Of a list, what is read for each of its rows: a small district fills no page.
    const pages = {
      "Today (20 students)": [[teacher, "goals:listTodayGoals", {}]],
      "goal page, 200 points": [
        [teacher, "goals:getGoal", { goalId }],
        [teacher, "progress:getGoalProgress", { goalId }],
      ],
      "caseload dashboard": [[teacher, "dashboards:getCaseload", {}]],
      "district dashboard": [[admin, "dashboards:getOrganizationCounts", {}]],
      "one school's goals off track": [
        [
          ...[admin, "dashboards:listGoals", { schoolId, filter: "offTrack", cursor: null }],
          ({ students: rows }) => rows.length,
        ],
      ],
      "students, first page": [
        [
          ...[admin, "students:getStudentsByUser"],
          ...[{ paginationOpts: { numItems: 50, cursor: null } }, ({ page }) => page.length],
        ],
      ],
    };
    const figures = {};
    for (const [page, queries] of Object.entries(pages)) {
      let rows = 1;
      for (const [client, path, args, rowsOf] of queries) {
        const answer = await opened(client, path, args);
        rows = Math.max(rows, rowsOf?.(answer) ?? 1);
      }
      let documents = 0;
      for (const [client, path, args] of queries)
        documents += (await client.query(call("query", "jobs/scale:measureQuery"), { path, args }))
          .documents;
      // Each call is another one for the server: what it has kept is not measured.
      const times = await timed(async () => {
        for (const [client, path, args] of queries)
          await client.query(call("query", "jobs/scale:measureQuery"), { path, args });
      });
      figures[page] = { documents, rows, ms: times };
    }
    return { figures, log: await this.logging(teacher, goalId) };
  }

  /** What logging a point reads, and logs one. */
  async logging(teacher, goalId) {
    const run = Math.random().toString(36).slice(2);
    const point = (index) => ({
      ...{ goalId, recordedDate: today(), settingType: "other" },
      measurement: { kind: "trials", correct: index % 10, total: 10 },
      clientMutationId: `bench-${run}-${index}`,
    });
    const path = "progress:logPoint";
    const { documents } = await teacher.mutation(call("mutation", "jobs/scale:measureMutation"), {
      ...{ path, args: point(0) },
    });
    let index = 0;
    const act = () => {
      index += 1;
      return teacher.mutation(call("mutation", path), point(index), { skipQueue: true });
    };
    return { documents, act };
  }
}

/** Where the demo's calendar is. */
function today() {
  return new Intl.DateTimeFormat("en-CA", { timeZone: "America/Chicago" }).format(new Date());
}

/** Opens the records that the query asks for, as the pages do. */
async function opened(client, path, args) {
  try {
    return await client.query(call("query", path), args);
  } catch (error) {
    if (!(error instanceof ConvexError) || error.data.code !== "RECORD_NOT_OPEN") throw error;
    await client.mutation(call("mutation", "records:openRecords"), { records: error.data.records });
    return client.query(call("query", path), args);
  }
}

async function timeOf(act) {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
}

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

async function timed(act) {
  const times = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await timeOf(act));
  return median(times);
}

/** A point in the one, then one in the other: the disk's moods meet both. */
async function timedInTurns(first, second) {
  const times = { first: [], second: [] };
  for (let round = 0; round < LOGS; round++) {
    times.first.push(await timeOf(first));
    times.second.push(await timeOf(second));
  }
  return { first: median(times.first), second: median(times.second) };
}

function readState(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

function freeBytes(path) {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

const processes = new Processes();
try {
  const until = Date.now() + Number(values.minutes) * 60_000;
  const large = new District(processes, join(folder, "large"));
  await large.start();
  console.log(`The large district: up to ${number(students)} students`);
  const reached = await large.fill(students, until);
  const small = new District(processes, join(folder, "small"));
  await small.start();
  const hundredth = Math.max(CASELOAD, Math.round(reached / 100));
  console.log(`The small district: ${number(hundredth)} students`);
  await small.fill(hundredth, Number.POSITIVE_INFINITY);
  // In turns: what else the machine does meets both.
  await small.measure();
  const { figures: ofLarge, log: logLarge } = await large.measure();
  const { figures: ofSmall, log: logSmall } = await small.measure();
  const logged = await timedInTurns(logLarge.act, logSmall.act);
  ofLarge[LOG] = { documents: logLarge.documents, rows: 1, ms: logged.first };
  ofSmall[LOG] = { documents: logSmall.documents, rows: 1, ms: logged.second };
  const size = (count) =>
    `${number(count)} students with IEPs, ${number(count * 8)} goals, ${number(count * 8 * pointsPerGoal)} points`;
  console.log(`\nlarge: ${size(reached)}\nsmall: ${size(hundredth)}\n${SCHOOLS} schools in both`);
  let missed = false;
  console.table(
    Object.entries(ofLarge).map(([page, { documents, rows, ms }]) => {
      const reference = ofSmall[page];
      const read = documents / rows / (reference.documents / reference.rows);
      const time = ms / reference.ms;
      const isLog = page === LOG;
      const good = read <= 1.2 && (!isLog || time <= 1.3);
      missed ||= !good;
      return {
        page,
        documents: rows > 1 ? `${documents} for ${rows} rows` : documents,
        "of small":
          reference.rows > 1
            ? `${reference.documents} for ${reference.rows} rows`
            : reference.documents,
        ratio: read.toFixed(2),
        ms: ms.toFixed(1),
        "ms of small": reference.ms.toFixed(1),
        "ratio of ms": time.toFixed(2),
        target: isLog ? "1.2 documents, 1.3 ms" : "1.2 documents",
        "": good ? "ok" : "MISSED",
      };
    }),
  );
  process.exitCode = missed ? 1 : 0;
} finally {
  await processes.stop();
  if (values.data === undefined) rmSync(folder, { recursive: true, force: true });
}
