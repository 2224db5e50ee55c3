/// <reference types="vite/client" />
import { useFixtureServer } from "../testing/fixtureServer.ts";
import type { ConformanceSuite } from "./adapter.ts";
import { embeddedDeployment } from "./embeddedDeployment.ts";

const suites = import.meta.glob<ConformanceSuite>("./*.conformance.ts", {
  eager: true,
  import: "default",
});
const deployment = embeddedDeployment(useFixtureServer());
for (const suite of Object.values(suites)) suite.register(deployment);
