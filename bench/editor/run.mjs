// npm run bench:editor: writing together in the product's editor beside the same editor on Hocuspocus and Yjs, in turns on
// the same machine. No time of its own is asserted: only how many times as long the product takes.
//
//   --keys <n>     pressed for each number of people (default 60)
//   --rounds <n>   of opening the plan (default 8)
//
// Hocuspocus keeps its documents in memory and takes whatever comes. The product's server applies each step against the
// grammar, seals it and writes it to the disk before anybody sees it.
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { startBackend } from "../../scripts/lib/backend.mjs";
import { authSecret, Deployment, masterKey } from "../../scripts/lib/deployment.mjs";
import { Processes } from "../../scripts/lib/processes.mjs";

const PEOPLE = [2, 5, 10];
/** Of a printed page: some 3,000 characters. */
const PAGES = 40;
const PARAGRAPH = "She reads short texts aloud and tells what they say in her own words. ".repeat(
  5,
);
const TARGET = 1.5;

const { values } = parseArgs({
  options: { keys: { type: "string", default: "60" }, rounds: { type: "string", default: "8" } },
});
const [keys, rounds] = [Number(values.keys), Number(values.rounds)];
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The editor's sources, bundled for Node; packages stay where they are. */
async function bundled() {
  const outfile = join(ROOT, "node_modules", ".cache", "bench-editor", "clients.mjs");
  await esbuild.build({
    ...{ entryPoints: [join(ROOT, "bench/editor/clients.mjs")], outfile, bundle: true },
    ...{ format: "esm", platform: "node", target: "node20", packages: "external" },
  });
  return outfile;
}

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
const p95 = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)];

/** A process in which people have their editors. */
async function side(file, kind, options) {
  const child = fork(file, [kind, JSON.stringify(options)], { stdio: "inherit" });
  await new Promise((resolve) => child.once("message", resolve));
  let last = 0;
  return {
    run: (name, given) =>
      new Promise((resolve, reject) => {
        const id = (last += 1);
        const ended = (code) => reject(new Error(`The ${kind} clients ended with ${code}`));
        const listen = ({ id: answered, result, error }) => {
          if (answered !== id) return;
          child.off("message", listen);
          child.off("exit", ended);
          if (error === undefined) resolve(result);
          else reject(new Error(error));
        };
        child.on("message", listen);
        child.once("exit", ended);
        child.send({ id, name, options: given });
      }),
    end: () => child.kill(),
  };
}

/** The product's server with one student and a draft, as its case manager reaches it. */
async function trellis(processes, data) {
  const secrets = [await authSecret(data), await masterKey(data)];
  const backend = await startBackend(processes, {
    ...{ data, backendPort: 0, sitePort: 0, mode: "production" },
  });
  const deployment = new Deployment(processes, backend, data);
  await deployment.setVariables({
    BETTER_AUTH_SECRET: secrets[0],
    TRELLIS_MASTER_KEY: secrets[1],
    SITE_URL: "http://localhost",
  });
  await deployment.push(console.log);
  const { url, adminKey } = backend;
  const client = (identity) => {
    const http = new ConvexHttpClient(url, { logger: false });
    http.setAdminAuth(adminKey, identity);
    return http;
  };
  const call = (path) => makeFunctionReference(path);
  const admin = client();
  const district = await admin.mutation(call("jobs/scale:createDistrict"), {
    ...{ schools: 1, teachers: 1 },
  });
  await admin.mutation(call("jobs/scale:fillDistrict"), {
    ...{ ...district, from: 0, count: 1, pointsPerGoal: 1 },
  });
  const person = {
    ...{ subject: "scale-teacher-0", issuer: "https://scale.example" },
    ...{ sessionId: "session-bench", email: "scale-teacher-0@scale.example" },
  };
  const teacher = client(person);
  const { page } = await teacher.query(call("students:getStudentsByUser"), {
    paginationOpts: { numItems: 1, cursor: null },
  });
  const year = new Date().getFullYear();
  const iepId = await teacher.mutation(call("ieps:createIEP"), {
    ...{ studentId: page[0]._id, clientMutationId: "bench", placement: "Classroom" },
    ...{ effectiveDate: `${year + 1}-02-01`, expirationDate: `${year + 2}-01-31` },
    ...{ meetingDate: `${year + 1}-01-15`, serviceHours: { specialEducation: 1 } },
  });
  await teacher.mutation(call("sections:prepareSections"), { iepId });
  const records = [{ table: "ieps", id: iepId }];
  await teacher.mutation(call("records:openRecords"), { records });
  const { sections } = await teacher.query(call("sections:listSections"), { iepId });
  return { options: { url, adminKey, person, iepId }, sections: sections.map(({ _id }) => _id) };
}

async function hocuspocus() {
  const child = fork(fileURLToPath(new URL("hocuspocus.mjs", import.meta.url)));
  const { url } = await new Promise((resolve) => child.once("message", resolve));
  return { child, url };
}

const report = [];
const compared = (what, ours, theirs, reference, target = TARGET) => {
  const ratio = median(ours) / median(theirs);
  report.push({
    ...{ what, "median ms": median(ours).toFixed(1), "p95 ms": p95(ours).toFixed(1) },
    ...{ [reference]: median(theirs).toFixed(1), "its p95": p95(theirs).toFixed(1) },
    ...{ ratio: ratio.toFixed(2), target, "": ratio <= target ? "ok" : "MISSED" },
  });
  return ratio <= target;
};

const processes = new Processes();
const data = mkdtempSync(join(tmpdir(), "bench-editor-"));
const ends = [];
try {
  const [product, other, file] = [
    await trellis(processes, data),
    await hocuspocus(),
    await bundled(),
  ];
  ends.push(() => other.child.kill());
  const ours = await side(file, "trellis", product.options);
  ends.push(() => ours.end());
  const theirs = await side(file, "yjs", { url: other.url });
  ends.push(() => theirs.end());
  const sections = product.sections.map((id, index) => ({ ours: id, theirs: `section-${index}` }));
  const good = [];

  for (const [index, people] of PEOPLE.entries()) {
    console.log(`${people} people write`);
    const section = sections[index];
    const options = { people, keys: keys + people };
    const mine = await ours.run("press", { ...options, section: section.ours });
    const reference = await theirs.run("press", { ...options, section: section.theirs });
    good.push(compared(`a key on another screen, ${people} people`, mine, reference, "Yjs ms"));
  }

  console.log(`A plan of ${PAGES} pages is written`);
  const plan = sections.slice(PEOPLE.length);
  const paragraphs = Math.ceil((PAGES * 3000) / plan.length / PARAGRAPH.length);
  const text = Array.from({ length: paragraphs }, (_, at) => `${at}: ${PARAGRAPH}`);
  for (const { ours: mine, theirs: reference } of plan) {
    await ours.run("write", { section: mine, paragraphs: text, changes: 40 });
    await theirs.run("write", { section: reference, paragraphs: text, changes: 40 });
  }
  const loadOf = (which) => ({
    sections: plan.map((section) => section[which]),
    rounds: rounds + 1,
  });
  const mine = await ours.run("load", loadOf("ours"));
  const reference = await theirs.run("load", loadOf("theirs"));
  const pages = Math.round(mine.characters / 3000);
  good.push(compared(`open a plan of ${pages} pages`, mine.times, reference.times, "Yjs ms"));

  console.log("A section is written in 3,000 changes");
  const [old, fresh] = [sections[0].ours, sections[1].ours];
  await ours.run("write", { section: old, paragraphs: text, changes: 3000 });
  await ours.run("write", { section: fresh, paragraphs: text, changes: 1 });
  // In turns: what else the machine does meets both.
  const opened = { old: [], fresh: [] };
  for (let round = 0; round < rounds; round += 1) {
    opened.old.push(...(await ours.run("load", { sections: [old], rounds: 2 })).times);
    opened.fresh.push(...(await ours.run("load", { sections: [fresh], rounds: 2 })).times);
  }
  report.push({});
  good.push(compared("open a section of 3,000 changes", opened.old, opened.fresh, "of one ms"));
  console.table(report);
  process.exitCode = good.every(Boolean) ? 0 : 1;
} finally {
  for (const end of ends) end();
  await processes.stop();
  rmSync(data, { recursive: true, force: true });
}
